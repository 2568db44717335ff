/** One task's samples: how many there are and how many of them passed. */
export interface Tally {
  readonly samples: number;
  readonly passed: number;
}

/**
 * The probability, from 0 to 1, that at least one of `k` samples passes, drawn without replacement from
 * the `samples` of one task of which `passed` passed: the unbiased estimator 1 - C(n - c, k) / C(n, k),
 * as a product that neither overflows nor cancels.
 * Throws a RangeError unless 1 <= k <= samples and 0 <= passed <= samples.
 *
 * Source: M. Chen et al., "Evaluating Large Language Models Trained on Code", arXiv 2107.03374 (2021),
 * equation 1 and figure 3.
 */
export function passAtK({ samples, passed }: Tally, k: number): number {
  if (!(k >= 1 && k <= samples && passed >= 0 && passed <= samples)) {
    throw new RangeError(`no pass@${k} of ${passed} passed of ${samples} samples`);
  }
  if (samples - passed < k) return 1;
  let noneOfK = 1;
  for (let i = samples - passed + 1; i <= samples; i++) noneOfK *= 1 - k / i;
  return 1 - noneOfK;
}

/** pass@k over a benchmark's tasks. */
export interface PassAtK {
  /** The mean over the tasks, each of the same weight. */
  readonly mean: number;
  /**
   * The standard error of that mean, s / sqrt(T) over the T tasks, each with its samples one cluster: it
   * holds for tasks like these. Null for a single task, which tells nothing of others.
   *
   * Source: E. Miller, "Adding Error Bars to Evals", arXiv 2411.00640 (2024), section 2.
   */
  readonly standardError: number | null;
}

/** Null where a task has fewer than `k` samples, or there is no task: the estimator has no value there. */
export function benchmarkPassAtK(tallies: readonly Tally[], k: number): PassAtK | null {
  const count = tallies.length;
  if (count === 0 || tallies.some(({ samples }) => samples < k)) return null;
  const values = tallies.map((tally) => passAtK(tally, k));
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, standardError: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
