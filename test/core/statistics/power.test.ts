import { describe, expect, test } from "vitest";
import { powerOf, smallestGain } from "../../../src/core/statistics/power.ts";

describe("power", () => {
  test("is that of the printed binomial table", () => {
    // n = 20, p = 0.5: the two-sided 5 % test rejects from 15 on; P(X <= 14 | 20, 0.8) = 0.1958.
    expect(powerOf({ runs: 2, tasks: 10, from: 0.5, to: 0.8 })).toBeCloseTo(1 - 0.1958, 4);
  });

  test("is the test's own size where nothing is gained, upwards only", () => {
    // P(X >= 15 | 20, 0.5) = 0.0207 in the same tables.
    expect(powerOf({ runs: 1, tasks: 20, from: 0.5, to: 0.5 })).toBeCloseTo(0.0207, 4);
  });
});

describe("the smallest gain", () => {
  test.each([
    [1, 10, 0.5],
    [3, 10, 0.1],
    [5, 154, 0.5],
    [20, 10, 0.3],
  ])("of %d runs of %d tasks from %f is found with the power asked for", (runs, tasks, from) => {
    for (const power of [0.5, 0.8, 0.95]) {
      const gain = smallestGain({ runs, tasks, from, power });
      expect(powerOf({ runs, tasks, from, to: from + (gain ?? 0) })).toBeCloseTo(power, 8);
    }
  });

  test("from nothing is the rate at which one pass is likely enough", () => {
    // 1 - (1 - rate)^n = 0.8
    expect(smallestGain({ runs: 1, tasks: 10, from: 0 })).toBeCloseTo(1 - 0.2 ** 0.1, 9);
  });

  test("falls as runs are added", () => {
    const gains = [1, 3, 5, 10, 20].map((runs) => smallestGain({ runs, tasks: 10, from: 0.5 }));
    expect(gains).toEqual(gains.toSorted((a, b) => (b ?? 1) - (a ?? 1)));
    expect(new Set(gains).size).toBe(5);
  });

  test("does not exist where even ten of ten are no surprise", () => {
    expect(smallestGain({ runs: 1, tasks: 10, from: 0.9 })).toBeNull(); // 0.9^10 = 0.35
    expect(smallestGain({ runs: 100, tasks: 10, from: 1 })).toBeNull();
  });
});
