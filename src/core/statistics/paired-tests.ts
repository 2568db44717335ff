import { binomialTest } from "./binomial.ts";

/** Two agents on the same tasks: where only one of them passed, and what that is worth. */
export interface McNemar {
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided. 1 where the two differ on no task. */
  readonly pValue: number;
}

/**
 * McNemar's test in its exact form: if both agents were equally good, each task that one of them alone
 * passes would be either's with the chance 1/2. Takes which tasks each passed, in the same order.
 * Throws a RangeError where the lists differ in length.
 *
 * Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
 * percentages", Psychometrika 12 (1947), 153-157; exact form: A. Agresti, "Categorical Data Analysis".
 */
export function mcnemarTest(first: readonly boolean[], second: readonly boolean[]): McNemar {
  if (first.length !== second.length) {
    throw new RangeError(`${first.length} and ${second.length} outcomes are of different tasks`);
  }
  const onlyFirst = first.filter((passed, task) => passed && !second[task]).length;
  const onlySecond = second.filter((passed, task) => passed && !first[task]).length;
  const pValue = binomialTest(onlyFirst, onlyFirst + onlySecond, 1 / 2);
  return { onlyFirst, onlySecond, pValue };
}

/** Pairs of runs, by which of the two is higher. */
export interface SignTest {
  readonly positive: number;
  readonly negative: number;
  /** Dropped: they speak for neither. */
  readonly ties: number;
  /** Two-sided. 1 where every pair is tied. */
  readonly pValue: number;
}

/**
 * The exact sign test of paired runs, on each pair's difference. It asks nothing of how the differences
 * are distributed, and five pairs that all agree are not enough for 5 % (p = 0.0625): six are.
 * Throws a RangeError for a difference that is no number.
 *
 * Source: W. J. Dixon and A. M. Mood, "The statistical sign test", Journal of the American Statistical
 * Association 41 (1946), 557-566.
 */
export function signTest(differences: readonly number[]): SignTest {
  if (differences.some((difference) => Number.isNaN(difference))) {
    throw new RangeError("a difference is no number");
  }
  const positive = differences.filter((difference) => difference > 0).length;
  const negative = differences.filter((difference) => difference < 0).length;
  const ties = differences.length - positive - negative;
  return { positive, negative, ties, pValue: binomialTest(positive, positive + negative, 1 / 2) };
}
