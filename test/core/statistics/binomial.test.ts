import { describe, expect, test } from "vitest";
import {
  binomialDistribution,
  binomialTest,
  upperTail,
} from "../../../src/core/statistics/binomial.ts";

describe("the binomial distribution", () => {
  test("is Pascal's triangle for a fair coin", () => {
    const chances = binomialDistribution(6, 0.5).map((chance) => chance * 64);
    for (const [k, count] of [1, 6, 15, 20, 15, 6, 1].entries()) {
      expect(chances[k]).toBeCloseTo(count, 12);
    }
  });

  test.each([
    [0, 0.3],
    [1, 0],
    [7, 1],
    [10, 0.01],
    [3000, 0.5],
    [3000, 0.999],
  ])("of %d trials of chance %f has the mean and the variance it must have", (trials, rate) => {
    const chances = binomialDistribution(trials, rate);
    const mean = chances.reduce((sum, chance, k) => sum + k * chance, 0);
    const variance = chances.reduce((sum, chance, k) => sum + (k - mean) ** 2 * chance, 0);
    expect(mean).toBeCloseTo(trials * rate, 8);
    expect(variance).toBeCloseTo(trials * rate * (1 - rate), 6);
  });

  test.each([
    [-1, 0.5],
    [1.5, 0.5],
    [3, 1.1],
    [3, Number.NaN],
  ])("does not exist for %f trials of chance %f", (trials, rate) => {
    expect(() => binomialDistribution(trials, rate)).toThrow(RangeError);
  });
});

describe("the exact binomial test", () => {
  test("gives the p-value that R's documentation prints for Conover's peas", () => {
    expect(binomialTest(682, 682 + 243, 3 / 4)).toBeCloseTo(0.3825, 4);
  });

  test("does not change when passed and failed change places", () => {
    for (let passed = 0; passed <= 17; passed++) {
      expect(binomialTest(passed, 17, 0.3)).toBeCloseTo(binomialTest(17 - passed, 17, 0.7), 12);
    }
  });

  // Two-tailed critical values at 0.05 and 0.01 of the sign test: M. F. Triola, "Elementary Statistics",
  // table A-7, as (n, the largest count of the rarer sign that is significant).
  test.each([
    [8, 0.05, 0],
    [10, 0.05, 1],
    [20, 0.05, 5],
    [25, 0.05, 7],
    [10, 0.01, 0],
    [20, 0.01, 3],
    [25, 0.01, 5],
  ])("of %d signs at %f is significant up to %d", (signs, alpha, most) => {
    expect(binomialTest(most, signs, 0.5)).toBeLessThanOrEqual(alpha);
    expect(binomialTest(most + 1, signs, 0.5)).toBeGreaterThan(alpha);
  });

  test("rejects the truth no more often than it says", () => {
    for (const rate of [0.05, 0.3, 0.5, 0.93]) {
      const chances = binomialDistribution(30, rate);
      const rejected = chances.filter((_, passed) => binomialTest(passed, 30, rate) <= 0.05);
      expect(rejected.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(0.05);
    }
  });

  test.each([-1, 11, 2.5])("refuses %f of 10", (passed) => {
    expect(() => binomialTest(passed, 10, 0.5)).toThrow(RangeError);
  });
});

test("a tail far out keeps its digits", () => {
  expect(upperTail(100, 100, 0.5) * 2 ** 100).toBeCloseTo(1, 9);
});
