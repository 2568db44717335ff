import { z } from "zod";

import { Task } from "../core/records.ts";
import { HUMANEVAL } from "./humaneval.ts";

/** One HumanEval record as published. */
export const HumanEvalRecord = z.strictObject({
  ...Task.shape,
  /** The body that completes the prompt. */
  canonical_solution: z.string(),
});
export type HumanEvalRecord = z.infer<typeof HumanEvalRecord>;

/** Reads the decompressed archive: one JSON record a line. The bytes must have been verified. */
export function parseRecords(content: Buffer): HumanEvalRecord[] {
  const lines = content.toString("utf8").trimEnd().split("\n");
  return lines.map((line) => HumanEvalRecord.parse(JSON.parse(line)));
}

/** The ten tasks, in the order of the archive and with the fields in the order of `tasks.json`. */
export function firstTenTasks(records: readonly HumanEvalRecord[]): Task[] {
  return records
    .slice(0, HUMANEVAL.checksums.first_ten_records.length)
    .map(({ task_id, prompt, entry_point, test }) => ({ task_id, prompt, entry_point, test }));
}

/** The text of `tasks.json`. */
export function renderTasks(tasks: readonly Task[]): string {
  return `${JSON.stringify(tasks, null, 2)}\n`;
}
