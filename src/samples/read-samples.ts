import { createHash } from "node:crypto";

import type { Sample } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { BadLine, readLines, type ReadOptions } from "../jsonl.ts";
import { readSample, type SampleLine } from "./sample-line.ts";

/** The longest line of a file of samples, in bytes. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

/**
 * The samples of a `.jsonl` or `.jsonl.gz` file, one JSON object a line, in constant memory. Throws a
 * UserError that names the first line that is none.
 */
export async function* readSamples(path: string): AsyncGenerator<Sample> {
  for await (const { sample } of readSampleLines(path)) yield sample;
}

/** The same, each with its line. */
export async function* readSampleLines(
  path: string,
  onBytes?: ReadOptions["onBytes"],
): AsyncGenerator<SampleLine> {
  for await (const { number, text } of readLines(path, { maxBytes: MAX_LINE_BYTES, onBytes })) {
    const read = readSample(text);
    if (!read.ok) throw new BadLine(path, number, read.problem);
    yield { line: number, sample: read.sample, written: read.written };
  }
}

/** What a whole file of samples holds. */
export interface Census {
  readonly samples: number;
  /** How many there are of each task that has any, in the order of their first ones. */
  readonly perTask: ReadonlyMap<string, number>;
  /** Of the file as it is, packed or not. */
  readonly sha256: string;
}

/**
 * Reads a file of samples from end to end before anything is run, so that nothing is evaluated in vain.
 * Throws a UserError that names the first line that is no sample of one of the tasks.
 */
export async function checkSamples(
  path: string,
  tasks: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Census> {
  const hash = createHash("sha256");
  const perTask = new Map<string, number>();
  let samples = 0;
  for await (const { line, sample } of readSampleLines(path, (bytes) => hash.update(bytes))) {
    signal.throwIfAborted();
    const { task_id } = sample;
    if (!tasks.has(task_id)) throw new BadLine(path, line, unknownTask(task_id, tasks));
    perTask.set(task_id, (perTask.get(task_id) ?? 0) + 1);
    samples++;
  }
  if (samples === 0) throw new UserError(`${path} is empty: it holds no sample.`);
  return { samples, perTask, sha256: hash.digest("hex") };
}

function unknownTask(id: string, tasks: ReadonlySet<string>): string {
  const known = [...tasks];
  const range = known.length > 2 ? `${known[0]} to ${known.at(-1)}` : known.join(" and ");
  return `task_id ${JSON.stringify(id.slice(0, 100))} is none of the ${known.length} tasks (${range})`;
}
