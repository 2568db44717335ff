import type { RunEnding, RunFacts } from "./journal.ts";
import { asksNone, type ScoreRow } from "./records.ts";
import { bootstrapCurves, bootstrapMean } from "./statistics/bootstrap.ts";
import type { Interval } from "./statistics/interval.ts";

/** One of several runs of the same configuration. */
export interface Replicate {
  /** Of its folder: run-01, run-02, … */
  readonly name: string;
  readonly facts: RunFacts;
  /** Of generations 0, 1, 2, … */
  readonly rows: readonly ScoreRow[];
  /** Null for a run that is at work or was killed. */
  readonly ended: RunEnding | null;
  /** SHA-256 of its journal's last line. */
  readonly head: string;
}

/** Resamples of every interval over runs. */
export const RESAMPLES = 10_000;
export const LEVEL = 0.95;

/** A mean over runs with its percentile bootstrap interval; no interval for fewer than two runs. */
export interface Estimate {
  readonly mean: number;
  readonly interval: Interval | null;
}

/** The mean of one value a run; null for no run. The same seed gives the same interval everywhere. */
export function estimate(values: readonly number[], seed: number): Estimate | null {
  if (values.length === 0) return null;
  return {
    mean: meanOf(values),
    interval: bootstrapMean(values, { seed, resamples: RESAMPLES, level: LEVEL }),
  };
}

/** The same at each generation of curves of one length, of which whole ones are drawn. */
export function estimateCurve(curves: readonly (readonly number[])[], seed: number): Estimate[] {
  const intervals = bootstrapCurves(curves, { seed, resamples: RESAMPLES, level: LEVEL });
  const [first = []] = curves;
  return first.map((_, generation) => ({
    mean: meanOf(curves.map((curve) => curve[generation] ?? Number.NaN)),
    interval: intervals?.[generation] ?? null,
  }));
}

/**
 * A value of each run's standing agent by generation, as curves of one length. A run with a perfect score, which
 * ends it, stands there to the end; where another run is shorter, all are cut to its length. No curve where
 * a value is missing.
 */
export function alignedCurves(
  runs: readonly (readonly ScoreRow[])[],
  value: (row: ScoreRow) => number | null,
): number[][] {
  const open = runs.filter((rows) => !isPerfect(rows));
  const lengths = (open.length > 0 ? open : runs).map((rows) => rows.length);
  const length = open.length > 0 ? Math.min(...lengths) : Math.max(0, ...lengths);
  const curves = runs.map((rows) =>
    Array.from({ length }, (_, generation) => {
      const row = rows[generation] ?? rows.at(-1);
      return row === undefined ? null : value(row);
    }),
  );
  const whole = curves.map((curve) => curve.filter((one) => one !== null));
  return whole.some((curve) => curve.length < length) ? [] : whole;
}

function isPerfect(rows: readonly ScoreRow[]): boolean {
  const last = rows.at(-1);
  return last !== undefined && last.passed === last.total;
}

/**
 * Whether a run is a control of another: of the same tasks, begun with the same agent unless that is what it
 * is about. Controls that ask no model stand beside runs of a model, too.
 */
export function isControlOf(control: ScoreRow, run: ScoreRow): boolean {
  if (control.control === null || control.generation !== 0) return false;
  const isOfKind =
    control.run_type === run.run_type ||
    (asksNone(control.control) && control.run_type === "search" && run.run_type === "api");
  const begins = control.control === "every-part" || control.agent_sha256 === run.agent_sha256;
  return isOfKind && begins && control.benchmark === run.benchmark && control.total === run.total;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
