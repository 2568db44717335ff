import { z } from "zod";

import type { RunBenchmark } from "../benchmark/choice.ts";
import type { BenchmarkOptions } from "../config.ts";
import type { EventOf } from "../core/journal.ts";
import { oneLine } from "../core/one-line.ts";
import type { Proposal, TranscriptEntry } from "../core/ports.ts";
import type { Task } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { fromRecord } from "../loop/proposal.ts";
import type { RecordedChild } from "../proposer/replay.ts";
import { type ReadRun, readRun } from "../store/read-run.ts";

type ExchangeEvent = EventOf<"request" | "response" | "request-failed">;

/** A run that is over or was stopped: its journal is in order, and all that it may hold is known. */
export interface RecordedRun extends ReadRun {
  readonly ended: EventOf<"run-ended">;
  readonly seedSource: string;
  readChild(generation: number, child: number): Promise<RecordedChild>;
}

/** Bounds of what `self-improve` takes: a journal from elsewhere can ask for no more. */
const Replayable = z.object({
  candidates: z.number().max(64),
  timeout_seconds: z.number().min(0.1).max(3600),
});

/** Throws a UserError that says why a folder's run cannot be replayed. */
export async function readRecordedRun(folder: string): Promise<RecordedRun> {
  const run = await readRun(folder);
  const { ended } = run.record;
  if (ended === null) {
    throw new UserError(
      `The run in ${folder} has not ended: it is at work, or was killed. Let it end, or go on with it by self-improve --resume, and replay it then.`,
    );
  }
  const { settings } = run.started.facts;
  const bounded = Replayable.safeParse(settings);
  if (!bounded.success) {
    const [issue] = bounded.error.issues;
    throw new UserError(
      `The run in ${folder} cannot be replayed: ${issue?.path.join(".")}: ${issue?.message}.`,
    );
  }
  const exchanges = exchangesByChild(run);
  return {
    ...run,
    ended,
    seedSource: await run.objects.read(settings.seed_agent_sha256),
    readChild: (generation, child) =>
      readChild(exchanges.get(`${generation}/${child}`) ?? [], run.objects),
  };
}

function exchangesByChild({ content }: ReadRun): Map<string, ExchangeEvent[]> {
  const exchanges = new Map<string, ExchangeEvent[]>();
  for (const { event } of content.lines) {
    if (event.type !== "request" && event.type !== "response" && event.type !== "request-failed") {
      continue;
    }
    const whose = `${event.generation}/${event.child}`;
    const known = exchanges.get(whose) ?? [];
    known.push(event);
    exchanges.set(whose, known);
  }
  return exchanges;
}

async function readChild(
  events: readonly ExchangeEvent[],
  objects: ReadRun["objects"],
): Promise<RecordedChild> {
  let last: Proposal | null = null;
  const exchanges: RecordedChild["exchanges"][number][] = [];
  for (const event of events) {
    const recorded = event.type === "response" ? event.proposal : null;
    const proposal = recorded === null ? undefined : await fromRecord(recorded, objects);
    last = proposal ?? last;
    // Where only the answer is known, the loop notes it again.
    if (event.entry_sha256 === null) continue;
    exchanges.push({ entry: await readEntry(event.type, event.entry_sha256, objects), proposal });
  }
  return { exchanges, proposal: last };
}

const TYPES = { request: "request", response: "response", "request-failed": "error" } as const;

/** Throws a UserError for a text that is no such entry, or would be recorded as another text. */
async function readEntry(
  event: ExchangeEvent["type"],
  sha256: string,
  objects: ReadRun["objects"],
): Promise<TranscriptEntry> {
  const text = await objects.read(sha256);
  const value = parseJson(text);
  const entry = z.looseObject({ type: z.literal(TYPES[event]) }).safeParse(value);
  if (entry.success && JSON.stringify(entry.data) === text) return entry.data;
  throw new UserError(
    `The text ${sha256} is no ${event} as metai records it, though the journal says so: the run cannot be replayed.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The benchmark that a run was made on, unless another is named: it is checked once it is read. */
export function withRecordedBenchmark(
  options: BenchmarkOptions,
  { started }: RecordedRun,
): BenchmarkOptions {
  if (options.benchmark !== undefined) return options;
  const { name } = started.facts.benchmark;
  const known = ["humaneval", "fresh"].find((one) => one === name.toLowerCase());
  if (known !== undefined) return { ...options, benchmark: known };
  throw new UserError(
    `The run was made on the tasks of ${oneLine(name, 60)}: name that file with --benchmark PATH.`,
  );
}

/** The tasks that a run holds out. Throws a UserError where a benchmark is not the one that it was made on. */
export function recordedHeldOut(
  { started }: RecordedRun,
  { name, contentSha256, tasks, heldOut }: RunBenchmark,
): readonly Task[] {
  const { benchmark } = started.facts;
  if (benchmark.content_sha256 !== contentSha256) {
    throw new UserError(
      `The run was made on other tasks than these of ${oneLine(name, 60)}: the SHA-256 of their content is ` +
        `${benchmark.content_sha256} in the run and ${contentSha256} here.`,
    );
  }
  const held = heldOut.slice(0, started.held_out.length);
  if (haveIds(tasks, started.tasks) && haveIds(held, started.held_out)) return held;
  throw new UserError(
    `The run's journal names other tasks than metai takes from ${oneLine(name, 60)}: it cannot be replayed.`,
  );
}

function haveIds(tasks: readonly Task[], ids: readonly string[]): boolean {
  return tasks.length === ids.length && tasks.every(({ task_id }, at) => task_id === ids[at]);
}
