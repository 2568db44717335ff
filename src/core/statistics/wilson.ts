import type { Interval } from "./interval.ts";

/** The 0.975 quantile of the standard normal distribution: a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

/**
 * The Wilson score interval of a proportion, without continuity correction. Unlike the textbook
 * interval it stays within 0 to 1 and keeps its coverage for few tasks and for none or all passed.
 * Throws a RangeError unless `total` is positive and `passed` lies within 0 to `total`.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
 * Journal of the American Statistical Association 22 (1927), 209-212.
 */
export function wilsonInterval(passed: number, total: number, z = Z_95): Interval {
  if (!(total > 0 && passed >= 0 && passed <= total)) {
    throw new RangeError(`${passed} of ${total} is no proportion`);
  }
  const rate = passed / total;
  const scale = 1 + z ** 2 / total;
  const centre = (rate + z ** 2 / (2 * total)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / total + z ** 2 / (4 * total ** 2));
  // At the ends the formula is exact and only rounding would leave them.
  return {
    low: passed === 0 ? 0 : centre - half,
    high: passed === total ? 1 : centre + half,
  };
}
