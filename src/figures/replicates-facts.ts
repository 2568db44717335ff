import type { ScoreRow } from "../core/records.ts";
import { alignedCurves, type Estimate, estimateCurve } from "../core/replicates.ts";
import { type ControlLine, controlLines } from "./control-facts.ts";
import { refusal, refuseMixtures, refuseMock } from "./refusals.ts";
import { provenanceOfRuns, titleOfRuns } from "./replicates-words.ts";
import type { RunEnd } from "./run-end.ts";

/** One of several runs of the same configuration. */
export interface ReplicateRun {
  readonly rows: readonly ScoreRow[];
  /** That tells it from the others; null where none does. */
  readonly seed: number | null;
  readonly end: RunEnd;
}

export interface ReplicatesOptions {
  readonly allowMock: boolean;
  /** That the bootstrap intervals are drawn from, a whole number from 0. */
  readonly seed: number;
  /** The scores of each control run beside the runs; of several of one control the mean is drawn. */
  readonly controls?: readonly (readonly ScoreRow[])[];
}

/** Everything a curve of several runs shows. */
export interface ReplicatesFacts {
  readonly mock: boolean;
  readonly title: string;
  readonly total: number;
  readonly lastGeneration: number;
  /** What each run's standing agent passes, by generation. */
  readonly runs: readonly (readonly number[])[];
  /** Over all runs, as far as all have come. */
  readonly mean: readonly Estimate[];
  /** Of the held-out tasks, as numbers of them; null where not all runs are scored. */
  readonly heldOut: { readonly total: number; readonly mean: readonly Estimate[] } | null;
  readonly controls: readonly ControlLine[];
  readonly provenance: readonly (readonly [label: string, value: string])[];
  readonly lastTimestamp: Date;
}

/** Throws a UserError where the runs allow no honest curve. */
export function replicatesFacts(
  runs: readonly ReplicateRun[],
  { allowMock, seed, controls = [] }: ReplicatesOptions,
): ReplicatesFacts {
  const curves = runs.map(({ rows }) => rows.toSorted((a, b) => a.generation - b.generation));
  const rows = curves.flat();
  const [first] = rows;
  if (first === undefined || curves.some((curve) => curve.length === 0)) {
    throw refusal("There are no scores to draw; run `metai self-improve --runs K` first.");
  }
  refuseMixtures(rows);
  refuseMock(first, allowMock);
  const lastGeneration = Math.max(...rows.map(({ generation }) => generation));
  const mean = estimateCurve(
    alignedCurves(curves, ({ passed }) => passed),
    seed,
  );
  const heldOut = heldOutOf(curves, seed);
  return {
    mock: first.run_type === "mock",
    title: titleOfRuns(first, { runs: runs.length, lastGeneration }),
    total: first.total,
    lastGeneration,
    runs: curves.map((curve) => curve.map(({ passed }) => passed)),
    mean,
    heldOut,
    controls: controlLines(controls, first),
    provenance: provenanceOfRuns(runs, { rows, first, mean, heldOut, seed }),
    lastTimestamp: new Date(Math.max(...rows.map(({ timestamp }) => Date.parse(timestamp)))),
  };
}

function heldOutOf(curves: readonly ScoreRow[][], seed: number): ReplicatesFacts["heldOut"] {
  const total = curves[0]?.[0]?.held_out_total ?? null;
  const passed = alignedCurves(curves, ({ held_out_passed, held_out_total }) =>
    held_out_total === total ? held_out_passed : null,
  );
  return total === null || passed.length === 0
    ? null
    : { total, mean: estimateCurve(passed, seed) };
}
