import type { BenchmarkChoice } from "../../benchmark/choice.ts";
import type { RunEnding } from "../../core/journal.ts";
import { oneLine } from "../../core/one-line.ts";
import type { ReadRun } from "../../store/read-run.ts";

import type { Compared } from "./compare.ts";
import type { ReplayableRun } from "./replayable-run.ts";
import { whereToFind } from "../options/benchmark.ts";
import { asArgument } from "../options/run-folder.ts";
import { alignColumns, colorsFor, thousands } from "../terminal/style.ts";

/** What a replay says on standard output; with --json, literally this. */
export interface ReplaySummary {
  readonly run: string;
  readonly results: string;
  /** SHA-256 of the last line of the journal whose answers were replayed, and of the new one's. */
  readonly replay_of: string;
  readonly head_sha256: string;
  readonly run_type: string;
  readonly model: string;
  readonly ended: RunEnding | null;
  /** Answers that were taken from the record. */
  readonly answers: number;
  readonly identical: boolean;
  readonly compared: readonly Compared[];
  /** What the reader should know beside. */
  readonly notes: readonly string[];
}

export function replaySummary(
  recorded: ReplayableRun,
  replayed: ReadRun,
  compared: readonly Compared[],
): ReplaySummary {
  const { run_type, model } = recorded.started.facts;
  const answers = replayed.content.lines.filter(
    ({ event }) => event.type === "response" && event.proposal !== null,
  );
  return {
    run: recorded.folder,
    results: replayed.folder,
    replay_of: recorded.head,
    head_sha256: replayed.head,
    run_type,
    model,
    ended: replayed.record.ended?.ended ?? null,
    answers: answers.length,
    identical: compared.every(({ differences }) => differences.length === 0),
    compared,
    notes: [...notesOn(recorded, replayed, compared)],
  };
}

function* notesOn(
  { started: { facts: before }, ended }: ReplayableRun,
  { started: { facts: now } }: ReadRun,
  compared: readonly Compared[],
): Generator<string> {
  if (ended.ended !== "completed" && ended.ended !== "perfect") {
    yield `The run was stopped (${ended.ended}): it was replayed as far as its record goes.`;
  }
  const [was, is] = [before.evaluator.sandbox, now.evaluator.sandbox];
  if (was !== is) {
    yield `Agents ran under ${was} in the run and under ${is} here, so scores.csv differs in its column sandbox; --sandbox ${was} leaves it the same.`;
  }
  if (compared.some(({ differences }) => differences.some((words) => words.includes("timeout")))) {
    yield "A task that ends near the time limit may time out in one run and not in the next: replay again, or with --workers 1, to tell that from a change.";
  }
}

/** Differences of one thing that are printed; JSON holds all. */
const SHOWN = 10;

/** `choice` is the benchmark as it was asked for. */
export function printReplay(summary: ReplaySummary, choice: BenchmarkChoice): void {
  const { compared, identical, notes, run, results, model, answers } = summary;
  const color = colorsFor(process.stdout);
  console.log(
    `\nReplayed ${run}: ${thousands(answers)} recorded answers of ${oneLine(model, 60)}, every agent judged afresh\n`,
  );
  const rows = compared.map(({ what, count, differences }) => [
    what,
    thousands(count),
    differences.length === 0 ? "identical" : `${thousands(differences.length)} differ`,
  ]);
  for (const line of alignColumns(rows)) console.log(line);
  for (const { what, differences } of compared.filter((one) => one.differences.length > 0)) {
    console.log(`\n${color.bold(what)}`);
    for (const words of differences.slice(0, SHOWN)) console.log(`  ${oneLine(words, 300)}`);
    const more = differences.length - SHOWN;
    if (more > 0) console.log(`  and ${thousands(more)} more (--json tells all)`);
  }
  const verdict = identical
    ? color.green("Identical, times and durations aside.")
    : color.red("Not identical.");
  console.log(`\n${[verdict, ...notes].join("\n")}`);
  const check = `npx metai verify${asArgument(results)}${whereToFind(choice)}`;
  console.log(`\nEverything is in ${results}. Check it: ${check}`);
  console.log(`Replayed head: ${summary.replay_of}\nJournal head: ${summary.head_sha256}`);
}
