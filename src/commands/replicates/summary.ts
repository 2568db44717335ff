import type { RunEnding } from "../../core/journal.ts";
import type { Control, ScoreRow } from "../../core/records.ts";
import {
  alignedCurves,
  type Estimate,
  estimate,
  estimateCurve,
  LEVEL,
  meanOf,
  type Replicate,
  RESAMPLES,
} from "../../core/replicates.ts";
import { sumOf } from "../../core/run-record.ts";
import { UserError } from "../../errors.ts";

/**
 * What several runs of one configuration come to, drawn from their journals alone: what `replicates.json` holds
 * and `--json` prints. Scores are numbers of tasks, means over runs.
 */
export interface ReplicatesSummary {
  readonly run_type: ScoreRow["run_type"];
  readonly control: Control | null;
  readonly benchmark: string;
  readonly models: readonly string[];
  readonly base_url: string | null;
  readonly sandbox: ScoreRow["sandbox"];
  /** After the seed. */
  readonly generations: number;
  readonly total: number;
  readonly held_out_total: number | null;
  /** Of every interval: percentile bootstrap of whole runs. */
  readonly bootstrap: {
    readonly seed: number;
    readonly resamples: number;
    readonly level: number;
  };
  readonly runs: readonly ReplicateSummary[];
  /**
   * Null unless every run is over: a mean over those that are would favour the ones that ended early. The
   * held-out tasks are scored then, too, unless none is held out.
   */
  readonly selection: Means | null;
  readonly held_out: Means | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  /** US dollars; null where no price is known. */
  readonly cost_usd: number | null;
}

export interface ReplicateSummary {
  /** Its folder. */
  readonly run: string;
  readonly seed: number | null;
  readonly model: string;
  /** Null for a run that is at work or was killed. */
  readonly ended: RunEnding | null;
  /** What the standing agent passes, by generation from the seed on. */
  readonly passed: readonly number[];
  readonly held_out_passed: readonly (number | null)[];
  readonly head_sha256: string;
}

export interface Means {
  readonly seed: number;
  readonly final: EstimateFields;
  readonly gain: EstimateFields;
  /** By generation; a run that stopped early at a perfect score stands there to the end. */
  readonly curve: readonly EstimateFields[];
}

export interface EstimateFields {
  readonly mean: number;
  /** Null for fewer than two runs. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Throws a UserError where there is no run. */
export function replicatesSummary(runs: readonly Replicate[]): ReplicatesSummary {
  const [first] = runs;
  const [row] = first?.rows ?? [];
  if (first === undefined || row === undefined) {
    throw new UserError("There are no runs to summarise.");
  }
  const { facts } = first;
  const seed = bootstrapSeed(runs);
  const isOver = runs.every(isComplete);
  const rows = runs.flatMap((run) => run.rows);
  return {
    run_type: facts.run_type,
    control: facts.control,
    benchmark: facts.benchmark.name,
    models: [...new Set(runs.map((run) => run.facts.model))],
    base_url: facts.base_url,
    sandbox: facts.evaluator.sandbox,
    generations: facts.settings.generations,
    total: row.total,
    held_out_total: facts.settings.held_out || null,
    bootstrap: { seed, resamples: RESAMPLES, level: LEVEL },
    runs: runs.map(summaryOf),
    selection: isOver ? meansOf(runs, ON.selection, seed) : null,
    held_out: isOver ? meansOf(runs, ON.held_out, seed) : null,
    prompt_tokens: sumOf(rows.map((one) => one.prompt_tokens)),
    completion_tokens: sumOf(rows.map((one) => one.completion_tokens)),
    cost_usd: sumOf(rows.map((one) => one.cost_usd)),
  };
}

/** The bytes of `replicates.json`. */
export function summaryFile(summary: ReplicatesSummary): string {
  return JSON.stringify(summary, null, 2) + "\n";
}

/** The seed of the first run is what the intervals over runs are drawn from. */
export function bootstrapSeed([first]: readonly Replicate[]): number {
  return first?.facts.settings.seed ?? 1;
}

/** Whether nothing is left to be done in it. */
export function isComplete({ ended }: Replicate): boolean {
  return ended === "completed" || ended === "perfect";
}

function summaryOf({ name, facts, rows, ended, head }: Replicate): ReplicateSummary {
  return {
    run: name,
    seed: facts.settings.seed,
    model: facts.model,
    ended,
    passed: rows.map(ON.selection),
    held_out_passed: rows.map(ON.held_out),
    head_sha256: head,
  };
}

/** The scores of a row. */
export const ON = {
  selection: ({ passed }: ScoreRow) => passed,
  held_out: ({ held_out_passed: passed }: ScoreRow) => passed,
};

function meansOf(
  runs: readonly Replicate[],
  value: (row: ScoreRow) => number | null,
  seed: number,
): Means | null {
  const curves = alignedCurves(
    runs.map(({ rows }) => rows),
    value,
  );
  const first = curves.map((curve) => curve[0] ?? 0);
  const last = curves.map((curve) => curve.at(-1) ?? 0);
  const final = estimate(last, seed);
  const gain = estimate(
    last.map((passed, run) => passed - (first[run] ?? 0)),
    seed,
  );
  if (final === null || gain === null) return null;
  const curve = estimateCurve(curves, seed).map(fields);
  return { seed: meanOf(first), final: fields(final), gain: fields(gain), curve };
}

export function fields({ mean, interval }: Estimate): EstimateFields {
  return { mean, interval: interval === null ? null : [interval.low, interval.high] };
}
