import type { ScoreRow } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { distinct } from "./curve-words.ts";

/** What a figure never mixes, and what it counts. */
const KINDS: readonly [plural: string, field: (row: ScoreRow) => string][] = [
  ["mix run types", (row) => row.run_type],
  ["mix controls", (row) => row.control ?? "none"],
  ["mix benchmarks", (row) => row.benchmark],
  ["count different numbers of tasks", (row) => String(row.total)],
];

/** Throws a UserError where rows are not of one kind. */
export function refuseMixtures(rows: readonly ScoreRow[]): void {
  for (const [what, field] of KINDS) {
    const kinds = distinct(rows, field);
    if (kinds.length < 2) continue;
    throw refusal(
      `The scores ${what} (${kinds.join(", ")}), which no one curve can show; draw each run from a results folder of its own.`,
    );
  }
}

/** Throws a UserError for a mock run, unless it may be drawn. */
export function refuseMock({ run_type }: ScoreRow, allowMock: boolean): void {
  if (run_type !== "mock" || allowMock) return;
  throw refusal(
    "These scores come from a mock run, whose answers are scripted: there is no self-improvement to draw; add --allow-mock to draw them marked MOCK.",
  );
}

export function refusal(message: string): UserError {
  return new UserError(message, { kind: "refused" });
}
