import type { JournalEvent } from "../../core/journal.ts";
import { oneLine } from "../../core/one-line.ts";
import { ScoreRow, type TaskOutcome } from "../../core/records.ts";
import { deriveFiles } from "../../store/derived-files.ts";
import { TRANSCRIPTS } from "../../store/layout.ts";
import type { ReadRun } from "../../store/read-run.ts";
import { scoresCsv } from "../../store/tables.ts";
import { isOver } from "../run/open-results.ts";
import type { ReplayableRun } from "./replayable-run.ts";
import { scoreRows } from "../../core/run-tables.ts";

/** One thing that a replay should leave as it was. */
export interface Compared {
  readonly what: string;
  /** How many there are in the recorded run. */
  readonly count: number;
  /** Where the two differ, in words; none where they are identical. */
  readonly differences: readonly string[];
}

/**
 * Holds a replay against the run that it replays: files byte by byte, rows and outcomes with their durations
 * aside. Of a run that was stopped, what its record holds. The level of the sandbox is the machine's, and no
 * part of the comparison.
 */
export async function compareRuns(recorded: ReplayableRun, replayed: ReadRun): Promise<Compared[]> {
  const before = await deriveFiles(recorded.content.lines, recorded.objects);
  const now = await deriveFiles(replayed.content.lines, replayed.objects);
  const whole = isOver(recorded.record);
  const facts = (what: string, read: (run: Told) => Facts) =>
    compare(what, read(recorded), read(replayed), { whole, inWords: valueInWords });
  const files = (what: string, isOne: (path: string) => boolean) =>
    compare(what, only(before, isOne), only(now, isOne), { whole, inWords: fileInWords });
  return [
    compareOwnFiles(recorded, before),
    files("agents", (path) => path.endsWith(".py")),
    files("transcripts", (path) => path.startsWith(TRANSCRIPTS)),
    facts("decisions", decisionsOf),
    compareScores(recorded, replayed),
    facts("candidates", candidatesOf),
    facts("task outcomes", outcomesOf),
    facts("held-out outcomes", heldOutOf),
  ];
}

/** A run as its journal tells it. */
type Told = Pick<ReadRun, "content" | "record" | "started">;

/** Texts by what each is of. */
type Facts = ReadonlyMap<string, string>;

interface Comparing {
  /** Whether the replay may hold nothing more. */
  readonly whole: boolean;
  readonly inWords: (key: string, before: string | undefined, now: string | undefined) => string;
}

function compare(what: string, before: Facts, now: Facts, { whole, inWords }: Comparing): Compared {
  const keys = new Set([...before.keys(), ...(whole ? now.keys() : [])]);
  const differences = [...keys]
    .filter((key) => before.get(key) !== now.get(key))
    .map((key) => inWords(key, before.get(key), now.get(key)));
  return { what, count: before.size, differences };
}

function fileInWords(path: string, before: string | undefined, now: string | undefined): string {
  if (before === undefined) return `${path} is in the replay only`;
  return `${path} ${now === undefined ? "is missing in the replay" : "differs"}`;
}

function valueInWords(key: string, before: string | undefined, now: string | undefined): string {
  return `${key}: ${shown(before)} in the run, ${shown(now)} in the replay`;
}

function shown(value: string | undefined): string {
  return value === undefined ? "nothing" : oneLine(value, 120);
}

function only(files: Facts, isOne: (path: string) => boolean): Facts {
  return new Map([...files].filter(([path]) => isOne(path)));
}

/** What is replayed is the journal: a table beside it that says otherwise is not confirmed by that. */
function compareOwnFiles({ ownFiles }: ReplayableRun, files: Facts): Compared {
  const differences = ownFiles.map(({ where, words }) => `${where}: ${words}`);
  return { what: "its own files", count: files.size, differences };
}

function compareScores(recorded: Told, replayed: Told): Compared {
  const { sandbox } = recorded.started.facts.evaluator;
  const rows = scoreRows(recorded.record);
  const now = scoreRows(replayed.record).map((row) => ({ ...row, sandbox }));
  const same = scoresCsv(rows) === scoresCsv(now);
  return { what: "scores.csv", count: 1, differences: same ? [] : rowsInWords(rows, now) };
}

function rowsInWords(before: readonly ScoreRow[], now: readonly ScoreRow[]): string[] {
  const places = Array.from({ length: Math.max(before.length, now.length) }, (_, place) => place);
  return places.flatMap((place) => {
    const [was, is] = [before[place], now[place]];
    if (was === undefined) return [`generation ${place} is in the replay only`];
    if (is === undefined) return [`generation ${place} is missing in the replay`];
    return ScoreRow.keyof().options.flatMap((column) => {
      if (was[column] === is[column]) return [];
      const values = [String(was[column]), String(is[column])] as const;
      return [valueInWords(`generation ${place}, ${column}`, ...values)];
    });
  });
}

function decisionsOf(run: Told): Facts {
  return factsOf(run, (event) => {
    if (event.type !== "decision") return null;
    const { type: _, generation, child, words, ...rule } = event;
    const text = `child ${child}, ${words} (${Object.values(rule).join(", ")})`;
    return [`generation ${generation}`, text];
  });
}

function candidatesOf(run: Told): Facts {
  return factsOf(run, (event) => {
    if (event.type !== "judged") return null;
    const { generation, child, status, passed, reason } = event;
    const agent = run.record.child(generation, child)?.candidate?.agent_sha256 ?? "no agent";
    const text = [status, passed, reason, agent].join(", ");
    return [`generation ${generation}, child ${child}`, text];
  });
}

function outcomesOf(run: Told): Facts {
  return factsOf(run, (event) => {
    if (event.type !== "outcome") return null;
    const { generation, agent_sha256: agent, task_id } = event;
    return [`generation ${generation}, agent ${agent.slice(0, 8)}, ${task_id}`, verdictOf(event)];
  });
}

function heldOutOf(run: Told): Facts {
  return factsOf(run, (event) => {
    if (event.type !== "held-out-outcome") return null;
    return [`agent ${event.agent_sha256.slice(0, 8)}, ${event.task_id}`, verdictOf(event)];
  });
}

function verdictOf({ outcome, reason }: Pick<TaskOutcome, "outcome" | "reason">): string {
  return reason === "" ? outcome : `${outcome} (${reason})`;
}

function factsOf(
  { content }: Told,
  read: (event: JournalEvent) => readonly [key: string, value: string] | null,
): Facts {
  const facts = new Map<string, string>();
  for (const { event } of content.lines) {
    const fact = read(event);
    if (fact !== null) facts.set(...fact);
  }
  return facts;
}
