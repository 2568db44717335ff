import { below, sfc32 } from "../random.ts";
import type { Interval } from "./interval.ts";

export interface BootstrapOptions {
  /** A whole number from 0; the same seed gives the same interval on every machine. */
  readonly seed: number;
  /** Default: 10,000. */
  readonly resamples?: number;
  /** Confidence, above 0 and below 1. Default: 0.95. */
  readonly level?: number;
}

/**
 * The percentile bootstrap interval of the mean of replicates, one value a run. Null for fewer than two
 * runs, which say nothing of how runs differ.
 *
 * With few runs it is too narrow, since it knows only the runs that were drawn: of means of normal
 * values, a 95 % interval from 5 runs holds the truth 84 times in 100, from 10 runs 90, from 20 runs 93.
 *
 * Source: B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), section 13.3.
 */
export function bootstrapMean(
  values: readonly number[],
  options: BootstrapOptions,
): Interval | null {
  const curves = values.map((value) => [value]);
  return bootstrapCurves(curves, options)?.[0] ?? null;
}

/**
 * The same at each generation of curves, one curve a run. Runs are drawn whole, so that each resample is
 * made of curves as they were seen. The intervals hold one generation at a time, not the whole curve at
 * once. Null for fewer than two runs.
 * Throws a RangeError where the curves differ in length, or the resamples are too few for the level.
 */
export function bootstrapCurves(
  curves: readonly (readonly number[])[],
  { seed, resamples = 10_000, level = 0.95 }: BootstrapOptions,
): Interval[] | null {
  const length = curves[0]?.length ?? 0;
  if (curves.some((curve) => curve.length !== length)) {
    throw new RangeError("the curves differ in length");
  }
  const low = Math.floor((resamples + 1) * ((1 - level) / 2));
  if (!(low >= 1)) throw new RangeError(`${resamples} resamples are too few for ${level}`);
  if (curves.length < 2) return null;
  const means = resampledMeans(curves, { seed, resamples, length });
  return means.map((sorted) => ({
    low: sorted[low - 1] ?? Number.NaN,
    high: sorted[resamples - low] ?? Number.NaN,
  }));
}

/** For each generation, the means of all resamples in ascending order. */
function resampledMeans(
  curves: readonly (readonly number[])[],
  { seed, resamples, length }: { seed: number; resamples: number; length: number },
): Float64Array[] {
  // The low and the high word of the seed, as PractRand's sfc32 takes one of 64 bits.
  const random = sfc32(0, seed, Math.floor(seed / 0x1_0000_0000));
  const means = Array.from({ length }, () => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    const drawn = curves.map(() => curves[below(random, curves.length)] ?? []);
    for (const [generation, at] of means.entries()) {
      const sum = drawn.reduce((total, curve) => total + (curve[generation] ?? Number.NaN), 0);
      at[resample] = sum / curves.length;
    }
  }
  for (const at of means) at.sort();
  return means;
}
