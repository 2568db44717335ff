import { describe, expect, test } from "vitest";

import { benchmarkPassAtK, passAtK } from "../../src/core/pass-at-k.ts";

describe("pass@k of a task", () => {
  /** From exact fractions: 1 - C(n - c, k) / C(n, k). */
  test.for([
    [1, 1, 1, 1],
    [1, 0, 1, 0],
    [5, 2, 1, 0.4],
    [10, 3, 5, 0.9166666666666666],
    [200, 37, 10, 0.8773745673794602],
    [200, 1, 100, 0.5],
    [200, 37, 100, 0.9999999999998803],
    [200, 199, 1, 0.995],
    [1000, 3, 500, 0.8753753753753754],
    [20_000, 7, 10_000, 0.9921957014840879],
    [20_000, 1, 1, 5e-5],
  ] as const)("%i samples, %i passed, k = %i", ([samples, passed, k, expected]) => {
    expect(passAtK({ samples, passed }, k)).toBeCloseTo(expected, 12);
  });

  test.for([
    [5, 2, 6],
    [5, 2, 0],
    [5, 6, 1],
    [5, -1, 1],
  ] as const)("has no value: %i samples, %i passed, k = %i", ([samples, passed, k]) => {
    expect(() => passAtK({ samples, passed }, k)).toThrow(RangeError);
  });
});

describe("pass@k of a benchmark", () => {
  test("weighs every task the same, however many samples it has", () => {
    const tallies = [
      { samples: 1, passed: 1 },
      { samples: 99, passed: 0 },
    ];
    expect(benchmarkPassAtK(tallies, 1)).toEqual({ mean: 0.5, standardError: 0.5 });
  });

  test("has the standard error of a proportion where each task has one sample", () => {
    const tallies = Array.from({ length: 164 }, (_, task) => ({
      samples: 1,
      passed: task < 41 ? 1 : 0,
    }));
    const { mean, standardError } = benchmarkPassAtK(tallies, 1) ?? {};
    expect(mean).toBeCloseTo(0.25, 12);
    expect(standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 163), 12);
  });

  test("tells nothing of other tasks from one", () => {
    expect(benchmarkPassAtK([{ samples: 4, passed: 1 }], 2)).toEqual({
      mean: 0.5,
      standardError: null,
    });
  });

  test("has no value where a task has too few samples, or there is no task", () => {
    const tallies = [
      { samples: 10, passed: 1 },
      { samples: 9, passed: 9 },
    ];
    expect(benchmarkPassAtK(tallies, 10)).toBeNull();
    expect(benchmarkPassAtK([], 1)).toBeNull();
  });
});
