/**
 * The chances of 0 to `trials` successes, each success of chance `rate`. Every chance comes from its
 * neighbour's, outwards from the likeliest: nothing overflows, and a tail that underflows is below 1e-300.
 * Throws a RangeError unless `trials` is a whole number from 0 and `rate` lies within 0 to 1.
 */
export function binomialDistribution(trials: number, rate: number): readonly number[] {
  if (!(Number.isInteger(trials) && trials >= 0 && rate >= 0 && rate <= 1)) {
    throw new RangeError(`${trials} trials of chance ${rate} have no binomial distribution`);
  }
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const weights = Array<number>(trials + 1).fill(0);
  weights[mode] = 1;
  let weight = 1;
  for (let k = mode; k < trials; k++) {
    weight *= ((trials - k) * rate) / ((k + 1) * (1 - rate));
    weights[k + 1] = weight;
  }
  weight = 1;
  for (let k = mode; k > 0; k--) {
    weight *= (k * (1 - rate)) / ((trials - k + 1) * rate);
    weights[k - 1] = weight;
  }
  const total = sum(weights);
  return weights.map((one) => one / total);
}

/** How far two chances may differ and be held equal, as R's binom.test has it: only rounding divides them. */
const EQUAL = 1 + 1e-7;

/**
 * The exact two-sided binomial test: the p-value of `passed` successes in `trials`, if each has the chance
 * `rate`. It is the chance of all outcomes that are no likelier than the one seen.
 * Throws a RangeError unless 0 <= passed <= trials and `rate` lies within 0 to 1.
 *
 * Source: R's binom.test; W. J. Conover, "Practical Nonparametric Statistics" (1971), pages 97-104.
 */
export function binomialTest(passed: number, trials: number, rate: number): number {
  const chances = binomialDistribution(trials, rate);
  const seen = chances[passed];
  if (seen === undefined) throw new RangeError(`${passed} of ${trials} is no count`);
  const asRare = chances.filter((chance) => chance <= seen * EQUAL);
  return Math.min(1, sum(asRare));
}

/** The chance of `passed` successes or more. */
export function upperTail(passed: number, trials: number, rate: number): number {
  return Math.min(1, sum(binomialDistribution(trials, rate).slice(passed)));
}

function sum(terms: readonly number[]): number {
  return terms.reduce((total, term) => total + term, 0);
}
