import type { Control, ScoreRow } from "../core/records.ts";
import { alignedCurves, isControlOf, meanOf } from "../core/replicates.ts";
import { refusal, refuseMixtures } from "./refusals.ts";

/** A control beside a run: what stood in each of its generations, on average where it was run several times. */
export interface ControlLine {
  readonly name: Control;
  readonly runs: number;
  /** What passed, by generation from the seed on. */
  readonly passed: readonly number[];
}

/** The controls of the run that has this row. Throws a UserError for a control of another experiment. */
export function controlLines(
  controls: readonly (readonly ScoreRow[])[],
  run: ScoreRow,
): ControlLine[] {
  const lines = new Map<Control, ScoreRow[][]>();
  for (const rows of controls) {
    refuseMixtures(rows);
    const sorted = rows.toSorted((a, b) => a.generation - b.generation);
    const [first] = sorted;
    if (first === undefined) continue;
    const name = first.control;
    if (name === null || !isControlOf(first, run)) {
      throw refusal(
        "The controls beside the run belong to another experiment, and no figure mixes them: run again, or take the folder controls away.",
      );
    }
    lines.set(name, [...(lines.get(name) ?? []), sorted]);
  }
  return [...lines].map(([name, runs]) => ({ name, runs: runs.length, passed: meanCurve(runs) }));
}

function meanCurve(runs: readonly ScoreRow[][]): number[] {
  const curves = alignedCurves(runs, ({ passed }) => passed);
  const [first = []] = curves;
  return first.map((_, generation) => meanOf(curves.map((curve) => curve[generation] ?? 0)));
}
