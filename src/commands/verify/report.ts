import { type Criterion, shortLines } from "../../core/criteria.ts";
import { oneLine } from "../../core/one-line.ts";
import type { CheckResult } from "../../verify/findings.ts";
import { alignColumns, colorsFor } from "../terminal/style.ts";
import type { RunVerification } from "./run.ts";

/** Of a check, so that a run that is all wrong can still be read about. */
const MOST_SHOWN = 8;

export function verdictOf(runs: readonly RunVerification[]): {
  readonly ok: boolean;
  readonly words: string;
} {
  const findings = runs.flatMap(({ checks }) => checks.flatMap((check) => check.findings)).length;
  const own = runs.filter((run) => run.run_type !== null);
  const [first] = runs;
  const isOne = own.every(({ folder }) => folder.startsWith(first?.folder ?? ""));
  const head = isOne ? `journal head ${first?.head ?? "none"}` : "journal heads as above";
  const what = own.length === 1 ? "the run" : `all ${own.length} runs`;
  const part = own.find(({ ended }) => ended !== "completed" && ended !== "perfect");
  if (findings === 0 && part !== undefined) {
    const words = `Verified as far as it went (${part.ended ?? "not over"}): ${what}, ${head}`;
    return { ok: true, words };
  }
  if (findings === 0) return { ok: true, words: `Verified: ${what}, ${head}` };
  const found = findings === 1 ? "one thing does" : `${findings} things do`;
  return { ok: false, words: `NOT verified: ${found} not hold, ${head}` };
}

/** All there is to say, as `--json` prints it. */
export function verificationOnRecord(runs: readonly RunVerification[]) {
  const { ok, words } = verdictOf(runs);
  return { ok, verdict: words, runs };
}

/** A table of the checks of each run with what they found, the four criteria and, where all holds, the verdict. */
export function printVerification(runs: readonly RunVerification[]): void {
  for (const run of runs) printRun(run);
  const verdict = verdictOf(runs);
  if (verdict.ok) console.log(colorsFor(process.stdout).green(verdict.words));
}

const MARKS = { ok: "ok", failed: "FAILED", "not done": "not done" } as const;

function printRun({ folder, head, checks, criteria, run_type }: RunVerification): void {
  const { bold, green, red, dim } = colorsFor(process.stdout);
  const paint = { ok: green, failed: red, "not done": dim };
  console.log(bold(folder));
  if (head !== null) console.log(`  journal head ${head}`);
  const rows = alignColumns(
    checks.map(({ check, status, about }) => [check, MARKS[status], oneLine(about, 160)]),
  );
  for (const [index, check] of checks.entries()) {
    const row = rows[index] ?? "";
    console.log(`  ${row.replace(MARKS[check.status], paint[check.status](MARKS[check.status]))}`);
    for (const line of remarksOf(check)) console.log(`      ${line}`);
  }
  if (criteria.length > 0) printCriteria(criteria);
  if (run_type === "mock") {
    console.log("  MOCK RUN: its answers were scripted, so these show that the plumbing works.");
  }
  console.log("");
}

function remarksOf({ findings, notes }: CheckResult): string[] {
  const shown = findings.slice(0, MOST_SHOWN);
  const more = findings.length - shown.length;
  return [
    ...shown.map(({ where, words }) => `${oneLine(where, 120)}: ${oneLine(words, 240)}`),
    ...(more > 0 ? [`and ${more} more (--json shows all)`] : []),
    ...notes.map((note) => `note: ${oneLine(note, 240)}`),
  ];
}

/** Where a reader finds it, besides in the journal. */
const FILES = new Map([
  ["inspectable target", "agent_gen*.py, candidates/"],
  ["meta-level modifier", "transcripts/"],
  ["feedback-directed selection", "scores.csv, task_outcomes.csv, candidates.csv"],
  ["recursive continuation", "scores.csv, agent_gen*.py"],
]);

function printCriteria(criteria: readonly Criterion[]): void {
  console.log("  The four criteria, by lines of journal.jsonl and files:");
  for (const { name, shownBy } of criteria) {
    if (shownBy.length === 0) console.log(`    ${name}: not shown by this run`);
    for (const { lines, words } of shownBy.slice(0, MOST_SHOWN)) {
      const where = `${shortLines(lines)}; ${FILES.get(name)}`;
      console.log(`    ${name}: ${words} (${where})`);
    }
  }
}
