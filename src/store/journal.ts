import { z } from "zod";

import { JournalEvent, Sha256 } from "../core/journal.ts";
import { sha256 } from "./objects.ts";

/** Where an event stands in its journal. */
const Envelope = z.strictObject({
  /** From 0. */
  seq: z.int().nonnegative(),
  /** UTC, ISO 8601. */
  time: z.iso.datetime(),
  /** SHA-256 of the line before, without its line feed; null for the first. */
  previous: Sha256.nullable(),
});
const LooseEnvelope = z.looseObject(Envelope.shape);

/** One line of a `journal.jsonl`. */
export interface JournalLine extends z.infer<typeof Envelope> {
  readonly event: JournalEvent;
  /** SHA-256 of the line itself; of the last one it is the journal's head. */
  readonly sha256: string;
}

/** An event as a line of text, to be put after the line of this place and hash. */
export function seal(
  event: JournalEvent,
  last: Pick<JournalLine, "seq" | "sha256"> | null,
  time: Date,
): { readonly line: JournalLine; readonly text: string } {
  const envelope = {
    seq: last === null ? 0 : last.seq + 1,
    time: time.toISOString(),
    previous: last?.sha256 ?? null,
  };
  const parsed = JournalEvent.parse(event);
  const text = JSON.stringify({ ...envelope, ...parsed });
  return { line: { ...envelope, event: parsed, sha256: sha256(text) }, text };
}

/** What a journal's bytes hold, as far as they are in order. */
export interface JournalContent {
  readonly lines: readonly JournalLine[];
  /** Bytes of these lines. */
  readonly bytes: number;
  /** Whether something stands after them that no line feed ends: a line that was being written. */
  readonly torn: boolean;
  /** Why the next line is none, or null. Nothing after it is read. */
  readonly problem: { readonly line: number; readonly words: string } | null;
}

const LINE_FEED = 0x0a;

/** Reads a journal from anywhere. Never throws: what is wrong with it is part of the answer. */
export function parseJournal(content: Uint8Array): JournalContent {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const lines: JournalLine[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const here = { lines, bytes: start };
    if (end === -1) return { ...here, torn: start < bytes.length, problem: null };
    const line = parseLine(bytes.subarray(start, end), lines.at(-1) ?? null);
    if (typeof line === "string") {
      return { ...here, torn: false, problem: { line: lines.length + 1, words: line } };
    }
    lines.push(line);
    start = end + 1;
  }
}

/** The line, or why it is none. */
function parseLine(bytes: Buffer, last: JournalLine | null): JournalLine | string {
  const text = bytes.toString("utf8");
  const value = parseJson(text);
  const envelope = LooseEnvelope.safeParse(value);
  if (!envelope.success) return `it is no line of a journal (${issueOf(envelope.error)})`;
  const { seq, time, previous, ...rest } = envelope.data;
  const event = JournalEvent.safeParse(rest);
  if (!event.success) return `it is no event that metai knows (${issueOf(event.error)})`;
  if (seq !== (last === null ? 0 : last.seq + 1)) return `its number is ${seq}: one is missing`;
  if (previous !== (last?.sha256 ?? null)) return "the line before it is not the one it follows";
  // Any other spelling of the same, such as a space or bytes that are no UTF-8, was not written by metai.
  const again = Buffer.from(JSON.stringify({ seq, time, previous, ...event.data }));
  if (!again.equals(bytes)) return "it is not as metai writes it";
  return { seq, time, previous, event: event.data, sha256: sha256(bytes) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issueOf({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  return `${field}${issue?.message ?? "unknown"}`;
}
