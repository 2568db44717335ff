import { binomialTest, upperTail } from "./binomial.ts";

export interface PowerOptions {
  /** Runs of the same protocol, each from the same start. */
  readonly runs: number;
  /** Tasks on which each is judged. */
  readonly tasks: number;
  /** The pass rate at the start, from 0 to 1: known, not sampled. */
  readonly from: number;
  /** The significance level of the two-sided test. Default: 0.05. */
  readonly alpha?: number;
}

/**
 * The chance that runs whose true pass rate is `to` are found to be better than `from`: that the exact
 * two-sided binomial test rejects `from` at `alpha`, upwards.
 *
 * It takes the runs times the tasks as independent trials. They are not: the runs of a protocol share
 * their tasks, and tasks differ in difficulty, so the true power is rather lower.
 */
export function powerOf(options: PowerOptions & { readonly to: number }): number {
  const trials = options.runs * options.tasks;
  const needed = fewestThatTell(options);
  return needed === null ? 0 : upperTail(needed, trials, options.to);
}

/**
 * The smallest true gain in pass rate, as a proportion, that is found with the chance `power` (default:
 * 0.8), under the assumptions of `powerOf`. Null where even a gain up to a rate of 1 would not be found.
 */
export function smallestGain(options: PowerOptions & { readonly power?: number }): number | null {
  const { runs, tasks, from, power = 0.8 } = options;
  const needed = fewestThatTell(options);
  if (needed === null) return null;
  let tooLow = from;
  let enough = 1;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (tooLow + enough) / 2;
    if (upperTail(needed, runs * tasks, middle) >= power) enough = middle;
    else tooLow = middle;
  }
  return enough - from;
}

/** The fewest passes above the start's rate at which the test rejects it; null where not even all do. */
function fewestThatTell({ runs, tasks, from, alpha = 0.05 }: PowerOptions): number | null {
  const trials = runs * tasks;
  const rejects = (passed: number) => binomialTest(passed, trials, from) <= alpha;
  if (from === 1 || !rejects(trials)) return null;
  // Above the mean the p-value only falls.
  let tooFew = Math.floor(trials * from);
  let enough = trials;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (rejects(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
