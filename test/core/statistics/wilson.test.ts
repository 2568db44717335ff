import { describe, expect, test } from "vitest";
import { wilsonInterval } from "../../../src/core/statistics/wilson.ts";

describe("wilsonInterval", () => {
  // The last four are the score intervals of R. G. Newcombe, "Two-sided confidence intervals for the
  // single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [9, 10, 0.5958, 0.9821],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%d of %d is the published interval", (passed, total, low, high) => {
    const interval = wilsonInterval(passed, total);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test("its ends are exact when no task or every task passed", () => {
    for (let total = 1; total <= 200; total++) {
      expect(wilsonInterval(0, total).low).toBe(0);
      expect(wilsonInterval(total, total).high).toBe(1);
    }
  });

  test("less confidence is a narrower interval", () => {
    const narrow = wilsonInterval(4, 10, 1.281551565544601);
    const wide = wilsonInterval(4, 10);
    expect(narrow.low).toBeGreaterThan(wide.low);
    expect(narrow.high).toBeLessThan(wide.high);
  });

  test.each([
    [0, 0],
    [-1, 10],
    [11, 10],
    [Number.NaN, 10],
  ])("%d of %d is refused", (passed, total) => {
    expect(() => wilsonInterval(passed, total)).toThrow(RangeError);
  });
});
