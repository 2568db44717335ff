import { readFile } from "node:fs/promises";

import { z } from "zod";

import { Verdict } from "../core/records.ts";
import { hasCode, UserError } from "../errors.ts";
import { parseJson, readLines } from "../jsonl.ts";
import { MAX_LINE_BYTES, readSampleLines } from "./read-samples.ts";
import { resultLine } from "./sample-line.ts";

/** All that verdicts rest on: results of two evaluations go into one file only where it is the same. */
export const Conditions = z.strictObject({
  samples_sha256: z.string(),
  tasks_sha256: z.string(),
  timeout_seconds: z.number(),
  sandbox: z.string(),
  python: z.string(),
  metai: z.string(),
});
export type Conditions = z.infer<typeof Conditions>;

const IN_WORDS: Readonly<Record<keyof Conditions, string>> = {
  samples_sha256: "the file of samples",
  tasks_sha256: "the tasks",
  timeout_seconds: "--timeout",
  sandbox: "the sandbox level",
  python: "the Python version",
  metai: "the metai version",
};

/** In words, what differs between two sets of conditions; empty where nothing does. */
export function differences(before: Conditions, now: Conditions): string[] {
  return Conditions.keyof().options.flatMap((key) => {
    if (before[key] === now[key]) return [];
    const values = key.endsWith("_sha256") ? "" : ` (${before[key]}, now ${now[key]})`;
    return [`${IN_WORDS[key]}${values}`];
  });
}

/** Null where there are none, or none that this version can read. */
export async function readConditions(path: string): Promise<Conditions | null> {
  try {
    const parsed = parseJson(await readFile(path, "utf8"));
    return parsed.ok ? (Conditions.safeParse(parsed.value).data ?? null) : null;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** A line of results is longer than its sample's by a verdict. */
const MAX_RESULT_BYTES = MAX_LINE_BYTES + 64 * 1024;

/** What of an unfinished file of results can be kept. */
export interface Kept {
  /** How many results, of the first samples in order. */
  readonly results: number;
  /** The length of the file up to their end, in bytes. */
  readonly bytes: number;
}

/**
 * Holds an unfinished file of results against its samples, line by line. It is good up to the first line
 * that is not exactly what would be written for the sample in its place: a line that a kill or a loss of
 * power tore, or anything that is not ours.
 */
export async function keptOf(
  partial: string,
  samples: string,
  onKept: (taskId: string, verdict: Verdict) => void,
  signal: AbortSignal,
): Promise<Kept> {
  const sampleLines = readSampleLines(samples);
  let results = 0;
  let bytes = 0;
  try {
    for await (const { text, end, ended } of readLines(partial, { maxBytes: MAX_RESULT_BYTES })) {
      signal.throwIfAborted();
      if (!ended) break;
      const verdict = verdictIn(text);
      const next = verdict && (await sampleLines.next());
      if (!next || next.done || resultLine(next.value.written, verdict) !== text) break;
      onKept(next.value.sample.task_id, verdict);
      results++;
      bytes = end;
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error; // a torn line need not be text
  } finally {
    await sampleLines.return(undefined);
  }
  return { results, bytes };
}

function verdictIn(text: string): Verdict | null {
  const parsed = parseJson(text);
  return parsed.ok ? (Verdict.safeParse(parsed.value).data ?? null) : null;
}
