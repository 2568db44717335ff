import { join } from "node:path";

import type { Control, ScoreRow } from "../../core/records.ts";
import { estimate, isControlOf, type Replicate } from "../../core/replicates.ts";
import { signTest } from "../../core/statistics/paired-tests.ts";
import { CONTROL_FOLDERS, CONTROLS } from "../../store/layout.ts";
import { readReplicates } from "./folder.ts";
import { bootstrapSeed, type EstimateFields, fields, isComplete, ON } from "./summary.ts";

/** Runs held against those of a control that have the same seeds, on their final scores. */
export interface Comparison {
  readonly control: Control;
  readonly on: "selection" | "held_out";
  readonly pairs: number;
  /** The run's final score less the control's. */
  readonly difference: EstimateFields;
  readonly higher: number;
  readonly lower: number;
  readonly tied: number;
  /** Of the exact two-sided sign test. */
  readonly p_value: number;
}

/**
 * Holds runs that are over against each control beside them that was run several times. Throws what
 * `readReplicates` throws.
 */
export async function comparisonsOf(
  folder: string,
  runs: readonly Replicate[],
): Promise<Comparison[]> {
  const seedRow = runs[0]?.rows[0];
  if (seedRow === undefined) return [];
  const seed = bootstrapSeed(runs);
  const found: Comparison[] = [];
  for (const name of CONTROL_FOLDERS) {
    const controls = (await readReplicates(join(folder, CONTROLS, name))).filter(
      ({ rows: [first] }) => first?.control === name && isControlOf(first, seedRow),
    );
    for (const on of ["selection", "held_out"] as const) {
      const differences = runs.flatMap((run) => differenceTo(controls, run, ON[on]));
      const difference = estimate(differences, seed);
      if (difference === null) continue;
      const { positive: higher, negative: lower, ties: tied, pValue } = signTest(differences);
      const pairs = differences.length;
      const counts = { higher, lower, tied, p_value: pValue };
      found.push({ control: name, on, pairs, difference: fields(difference), ...counts });
    }
  }
  return found;
}

/** To the control of the same seed, where both are over and scored. */
function differenceTo(
  controls: readonly Replicate[],
  run: Replicate,
  value: (row: ScoreRow) => number | null,
): number[] {
  const { seed } = run.facts.settings;
  const control = controls.find((one) => seed !== null && one.facts.settings.seed === seed);
  if (control === undefined || !isComplete(control) || !isComplete(run)) return [];
  const [last, beside] = [run.rows.at(-1), control.rows.at(-1)];
  if (last === undefined || beside === undefined) return [];
  const [passed, without] = [value(last), value(beside)];
  const isOfSameTasks = last.held_out_total === beside.held_out_total || value === ON.selection;
  return passed === null || without === null || !isOfSameTasks ? [] : [passed - without];
}
