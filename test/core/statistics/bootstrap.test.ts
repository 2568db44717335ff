import { describe, expect, test } from "vitest";
import { sfc32 } from "../../../src/core/random.ts";
import { bootstrapCurves, bootstrapMean } from "../../../src/core/statistics/bootstrap.ts";

describe("the bootstrap of a mean", () => {
  test("of two runs is what can be counted: a quarter of all resamples draws one run twice", () => {
    expect(bootstrapMean([2, 8], { seed: 1 })).toEqual({ low: 2, high: 8 });
    expect(bootstrapMean([2, 8], { seed: 1, level: 0.4 })).toEqual({ low: 5, high: 5 });
  });

  test("is near the exact interval where that is known", () => {
    // The resampled mean of 100 zeros and ones, half each, is binomial: its 2.5 % quantile is 0.40.
    const values = Array.from({ length: 100 }, (_, run) => run % 2);
    const interval = bootstrapMean(values, { seed: 3 });
    expect(Math.abs((interval?.low ?? 0) - 0.4)).toBeLessThan(0.015); // a step is 0.01
    expect(Math.abs((interval?.high ?? 0) - 0.6)).toBeLessThan(0.015);
  });

  test("is the same for the same seed and another for another, beyond 32 bits too", () => {
    const values = [0.1, 0.35, 0.4, 0.77, 0.9];
    const of = (seed: number) => bootstrapMean(values, { seed, resamples: 199 });
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
    expect(of(7)).not.toEqual(of(7 + 2 ** 32));
  });

  test("mirrored values have nearly the mirrored interval", () => {
    const values = [1, 2, 2, 3, 9];
    const plain = bootstrapMean(values, { seed: 5 });
    const mirrored = bootstrapMean(
      values.map((value) => 10 - value),
      { seed: 6 },
    );
    expect(plain?.low).toBeCloseTo(10 - (mirrored?.high ?? 0), 0);
    expect(plain?.high).toBeCloseTo(10 - (mirrored?.low ?? 0), 0);
  });

  test("of one run or none is none", () => {
    expect(bootstrapMean([0.5], { seed: 1 })).toBeNull();
    expect(bootstrapMean([], { seed: 1 })).toBeNull();
  });

  test("refuses fewer resamples than its level needs", () => {
    expect(() => bootstrapMean([1, 2], { seed: 1, resamples: 38 })).toThrow(RangeError);
  });

  // The numbers of the docstring. Each is a share of 3,000, so its standard error is below 0.7 %.
  test.each([
    [5, 0.84],
    [10, 0.9],
    [20, 0.93],
  ])("of %d runs holds the truth as often as documented", (runs, expected) => {
    const random = sfc32(runs, 0, 0);
    const TIMES = 3000;
    let held = 0;
    for (let time = 0; time < TIMES; time++) {
      const values = Array.from({ length: runs }, () => normal(random.fraction));
      const interval = bootstrapMean(values, { seed: time, resamples: 399 });
      if (interval && interval.low <= 0 && interval.high >= 0) held++;
    }
    expect(Math.abs(held / TIMES - expected)).toBeLessThan(0.02);
  });
});

/** A standard normal draw (G. E. P. Box and M. E. Muller, 1958). */
function normal(fraction: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
}

describe("the bootstrap of curves", () => {
  const curves = [
    [0, 4, 4],
    [0, 0, 6],
    [0, 1, 2],
  ];

  test("has an interval a generation, each that of its values alone", () => {
    const intervals = bootstrapCurves(curves, { seed: 9 });
    const second = bootstrapMean([4, 0, 1], { seed: 9 });
    expect(intervals).toHaveLength(3);
    expect(intervals?.[0]).toEqual({ low: 0, high: 0 });
    expect(intervals?.[1]).toEqual(second);
  });

  test("keeps a run's curve together", () => {
    // Generations that always sum to 10 in a run: so do the ends of the two intervals, crosswise.
    const opposed = [1, 3, 4, 8].map((value) => [value, 10 - value]);
    const [first, second] = bootstrapCurves(opposed, { seed: 2 }) ?? [];
    expect((first?.low ?? 0) + (second?.high ?? 0)).toBe(10);
    expect((first?.high ?? 0) + (second?.low ?? 0)).toBe(10);
  });

  test("of a single run has none; of unequal runs is refused", () => {
    expect(bootstrapCurves([[1, 2, 3]], { seed: 1 })).toBeNull();
    expect(() => bootstrapCurves([[1, 2], [1]], { seed: 1 })).toThrow(RangeError);
  });
});
