import { z } from "zod";

import type { EventOf } from "../../core/journal.ts";
import type { Journal, Proposal, TranscriptEntry } from "../../core/ports.ts";
import { UserError } from "../../errors.ts";
import { fromRecord } from "../../loop/proposal.ts";
import type { RecordedChild } from "../../proposer/replay.ts";
import { readPlainJournal } from "../../store/evidence.ts";
import { type ReadRun, readRun } from "../../store/read-run.ts";
import type { CheckName, Finding } from "../../verify/findings.ts";
import type { RecordedRun } from "../../verify/recorded-run.ts";
import { checkFolder } from "../verify/run.ts";

type ExchangeEvent = EventOf<"request" | "response" | "request-failed">;

/** A run that is over or was stopped, with a journal that is in order and all the texts that it speaks of. */
export interface ReplayableRun extends Omit<ReadRun, "objects">, RecordedRun {
  readonly objects: Pick<Journal, "read">;
  readonly ended: EventOf<"run-ended">;
  /** Where the run's own files are not what its journal comes to. */
  readonly ownFiles: readonly Finding[];
  readonly readChild: (generation: number, child: number) => Promise<RecordedChild>;
}

/** What has to hold before a run is replayed. Whatever else does not hold, its replay shows. */
const NEEDED: readonly CheckName[] = ["journal", "order", "end", "facts", "objects"];

/** Throws a UserError that says why a folder's run cannot be replayed; of kind "refused" where it was changed. */
export async function readReplayableRun(folder: string): Promise<ReplayableRun> {
  const found = await readPlainJournal(folder);
  if (found !== null && "problem" in found) {
    throw new UserError(`The journal of ${folder} cannot be gone by: ${found.problem}.`, {
      kind: "refused",
    });
  }
  const read = await readRun(folder);
  const { ended } = read.record;
  if (ended === null) {
    throw new UserError(
      `The run in ${folder} has not ended: it is at work, or was killed. Let it end, or go on with it ` +
        `(metai self-improve with --resume), and replay it then.`,
    );
  }
  const { run, verification } = await checkFolder(folder);
  const findingsOf = (names: readonly CheckName[]) =>
    verification.checks.filter(({ check }) => names.includes(check)).flatMap((one) => one.findings);
  const [first] = findingsOf(NEEDED);
  if (run === null || first !== undefined) {
    throw new UserError(
      `The run in ${folder} cannot be replayed, for ${first?.where ?? "its journal"}: ` +
        `${first?.words ?? "cannot be gone by"}. metai verify tells all that is wrong with it.`,
      { kind: "refused" },
    );
  }
  const exchanges = exchangesByChild(run);
  const objects = { read: async (sha256: string) => run.texts.get(sha256) ?? "" };
  return {
    ...read,
    ...run,
    objects,
    ended,
    ownFiles: findingsOf(["files"]),
    readChild: (generation, child) =>
      readChild(exchanges.get(`${generation}/${child}`) ?? [], objects),
  };
}

function exchangesByChild({ events }: RecordedRun): Map<string, ExchangeEvent[]> {
  const exchanges = new Map<string, ExchangeEvent[]>();
  for (const event of events) {
    if (event.type !== "request" && event.type !== "response" && event.type !== "request-failed") {
      continue;
    }
    const whose = `${event.generation}/${event.child}`;
    const known = exchanges.get(whose);
    if (known === undefined) exchanges.set(whose, [event]);
    else known.push(event);
  }
  return exchanges;
}

async function readChild(
  events: readonly ExchangeEvent[],
  objects: ReplayableRun["objects"],
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
  objects: ReplayableRun["objects"],
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
