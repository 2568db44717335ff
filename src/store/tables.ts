import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";

import { CandidateRow, ScoreRow, TaskOutcome } from "../core/records.ts";
import { messageOf, UserError } from "../errors.ts";
import { readFileOfRun } from "./plain-file.ts";

/**
 * One row of `task_outcomes.csv`: what the seed (generation 0) or a generation's candidate did. And of
 * `held_out_outcomes.csv`: what the agent that began to stand in a generation did on the held-out tasks.
 */
export const OutcomeRow = z.strictObject({
  generation: z.int().nonnegative(),
  ...TaskOutcome.shape,
});
export type OutcomeRow = z.infer<typeof OutcomeRow>;

export function scoresCsv(rows: readonly ScoreRow[]): string {
  return csv(Object.keys(ScoreRow.shape), rows);
}

export function outcomesCsv(rows: readonly OutcomeRow[]): string {
  return csv(Object.keys(OutcomeRow.shape), rows);
}

export function candidatesCsv(rows: readonly CandidateRow[]): string {
  return csv(Object.keys(CandidateRow.shape), rows);
}

/** Null becomes an empty cell. */
function csv(columns: string[], rows: readonly object[]): string {
  const cast = { boolean: (value: boolean) => String(value), string: defuse };
  return stringify([...rows], { header: true, columns, cast });
}

/**
 * Reasons and model names come from outside, so a text that a spreadsheet would run as a formula gets
 * an apostrophe in front. `asWritten` takes it away again: csv-stringify's own `escape_formulas` leaves
 * a text that begins with apostrophes as it is, and so could not be undone.
 */
function defuse(text: string): string {
  return /^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

function asWritten(cell: string): string {
  return /^'+[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

/** The rows of a `scores.csv`. Throws a UserError that names the line for anything that is no such row. */
export async function readScores(path: string): Promise<ScoreRow[]> {
  const rows = await readRows(path, ScoreRow);
  for (const [index, { generation, passed, total }] of rows.entries()) {
    if (generation !== index || passed > total) {
      throw new UserError(
        `${path}, row ${index + 1}: rows must be generations 0, 1, 2, … with passed not above total.`,
      );
    }
  }
  return rows;
}

/** The rows of a `candidates.csv`; errors as of `readScores`. */
export function readCandidates(path: string): Promise<CandidateRow[]> {
  return readRows(path, CandidateRow);
}

async function readRows<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  return parseCsv(path, (await readFileOfRun(path)).toString("utf8")).map((cells, index) => {
    const row = schema.safeParse(Object.fromEntries(Object.entries(cells).map(fromCell)));
    if (row.success) return row.data;
    const [issue] = row.error.issues;
    const column = issue?.path.join(".") ?? "";
    throw new UserError(`${path}, row ${index + 1}: ${column}: ${issue?.message}.`);
  });
}

const Cells = z.array(z.record(z.string(), z.string()));

function parseCsv(path: string, text: string): Record<string, string>[] {
  try {
    return Cells.parse(parse(text, { columns: true, bom: true }));
  } catch (error) {
    throw new UserError(`${path} is no readable CSV file: ${messageOf(error)}.`, { cause: error });
  }
}

/** Columns of text stay text: a model may be called "4" or "true". */
const TEXT = new Set([
  "run_type",
  "benchmark",
  "model",
  "decision",
  "sandbox",
  "status",
  "reason",
  "timestamp",
]);
const NULLABLE_TEXT = new Set(["control", "response_model", "base_url", "agent_sha256"]);

function fromCell([column, cell]: [string, string]): [string, unknown] {
  if (TEXT.has(column)) return [column, asWritten(cell)];
  if (cell === "") return [column, null];
  if (NULLABLE_TEXT.has(column)) return [column, asWritten(cell)];
  if (cell === "true" || cell === "false") return [column, cell === "true"];
  return [column, /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell];
}
