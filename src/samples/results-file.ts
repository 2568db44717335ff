import { copyFile, open, realpath, rename, stat, type FileHandle } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Verdict } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { makeFolder, removeFile, TEMPORARY_SUFFIX, writeFileWhole } from "../files.ts";
import {
  type Conditions,
  differences,
  type Kept,
  keptOf,
  readConditions,
} from "./partial-results.ts";
import { resultLine } from "./sample-line.ts";

/** Where the results of a file of samples go, as the official harness names it. */
export function defaultOutput(samples: string): string {
  return `${samples}_results.jsonl`;
}

/** Where results gather until they are complete; a stopped evaluation leaves it behind, to go on from. */
export function partialOf(output: string): string {
  return `${output}.partial`;
}

/** Under which conditions those were found. */
function conditionsOf(output: string): string {
  return `${partialOf(output)}.json`;
}

/** Refuses an output that would destroy something other than earlier results. */
export async function checkOutput(output: string, inputs: readonly string[]): Promise<void> {
  const found = await stat(output).catch(() => null);
  if (found === null) return;
  if (!found.isFile()) {
    throw new UserError(`${output} is no regular file: name another with --output FILE.`);
  }
  const place = await placeOf(output);
  for (const input of inputs) {
    if ((await placeOf(input)) === place) {
      throw new UserError(
        `The results would overwrite ${input}: name another file with --output FILE.`,
      );
    }
  }
}

async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

export interface OpenOptions {
  readonly samples: string;
  /** They may become known later: a new file asks for them before its first result. */
  readonly conditions: () => Promise<Conditions>;
  /** Drop what an unfinished evaluation has left. */
  readonly restart: boolean;
  /** Is given each result that is taken over. */
  readonly onKept: (taskId: string, verdict: Verdict) => void;
  readonly signal: AbortSignal;
}

/** Characters that may wait to be written; and for how long, in milliseconds. */
const BUFFERED = 64 * 1024;
const FLUSH_MS = 200;

/**
 * A file of results in the making: appended a line at a time beside its final place, and moved there once
 * it is complete. A kill at any moment leaves what an earlier evaluation had completed, and a file to go on
 * from. Whoever opens it takes it over: an earlier one that is still at work then fails, and harms nothing.
 */
export class ResultsFile {
  /** How many results were taken over. */
  readonly kept: number;
  readonly #output: string;
  readonly #file: FileHandle;
  /** Those of a new file, until they are written. */
  #conditions: (() => Promise<Conditions>) | null;
  #lines: number;
  #bytes: number;
  #buffer = "";
  #buffered = 0;
  #flushed = performance.now();

  private constructor(
    output: string,
    file: FileHandle,
    kept: Kept,
    conditions: (() => Promise<Conditions>) | null,
  ) {
    this.#output = output;
    this.#file = file;
    this.#conditions = conditions;
    this.kept = kept.results;
    this.#lines = kept.results;
    this.#bytes = kept.bytes;
  }

  /** Throws a UserError where an unfinished evaluation has left results that cannot be taken over. */
  static async open(output: string, options: OpenOptions): Promise<ResultsFile> {
    const { samples, conditions, onKept, signal } = options;
    const partial = partialOf(output);
    if (!options.restart && (await isUnfinished(output, conditions))) {
      const kept = await keptOf(partial, samples, onKept, signal);
      return new ResultsFile(output, await takeOver(partial, kept), kept, null);
    }
    await makeFolder(dirname(partial));
    await removeFile(partial);
    await removeFile(partial + TEMPORARY_SUFFIX);
    const nothing = { results: 0, bytes: 0 };
    return new ResultsFile(output, await open(partial, "wx"), nothing, conditions);
  }

  /** How many results are on disk, with those that were taken over. */
  get lines(): number {
    return this.#lines;
  }

  async append(written: string, verdict: Verdict): Promise<void> {
    this.#buffer += resultLine(written, verdict) + "\n";
    this.#buffered++;
    const waited = performance.now() - this.#flushed;
    if (this.#buffer.length > BUFFERED || waited > FLUSH_MS) await this.#flush();
  }

  /** Moves the complete file to its place. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#file.sync();
    await this.#file.close();
    await rename(partialOf(this.#output), this.#output);
    await removeFile(conditionsOf(this.#output));
  }

  /** Leaves the file to be gone on from; or nothing, where there is no result. */
  async leave(): Promise<void> {
    try {
      if (this.#buffered > 0) await this.#flush();
      if (this.#lines > 0 || !(await this.#isOurs())) return;
      await removeFile(partialOf(this.#output));
      await removeFile(conditionsOf(this.#output));
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#buffer);
    const lines = this.#buffered;
    this.#buffer = "";
    this.#buffered = 0;
    if (!(await this.#isOurs())) {
      throw new UserError(`Another evaluation has taken over ${partialOf(this.#output)}.`);
    }
    await this.#writeConditions();
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, done, null, this.#bytes);
      done += bytesWritten;
      this.#bytes += bytesWritten;
    }
    this.#lines += lines;
    this.#flushed = performance.now();
  }

  /** Before there is a result: none is ever seen with the conditions of an earlier file. */
  async #writeConditions(): Promise<void> {
    if (this.#conditions === null) return;
    const text = JSON.stringify(await this.#conditions(), null, 2) + "\n";
    await writeFileWhole(conditionsOf(this.#output), text);
    this.#conditions = null;
  }

  /** Whether what lies in its place is the file that is being written. */
  async #isOurs(): Promise<boolean> {
    const ours = await this.#file.stat({ bigint: true });
    const there = await stat(partialOf(this.#output), { bigint: true }).catch(() => null);
    return there !== null && there.ino === ours.ino && there.dev === ours.dev;
  }
}

/** Replaces an unfinished file by a copy of what of it is kept, which nobody else has open. */
async function takeOver(partial: string, kept: Kept): Promise<FileHandle> {
  const copy = partial + TEMPORARY_SUFFIX;
  await copyFile(partial, copy);
  const file = await open(copy, "r+");
  try {
    await file.truncate(kept.bytes);
    await rename(copy, partial);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Whether there is an unfinished evaluation to go on with. */
async function isUnfinished(output: string, now: () => Promise<Conditions>): Promise<boolean> {
  const partial = partialOf(output);
  const found = await stat(partial).catch(() => null);
  if (found === null || found.size === 0) return false;
  const before = await readConditions(conditionsOf(output));
  const changed = before === null ? ["what it was made under"] : differences(before, await now());
  if (before !== null && changed.length === 0) return true;
  throw new UserError(
    `${partial} holds an unfinished evaluation, and ${changed.join(", ")} ${before ? "changed" : "is not known"}: ` +
      `add --restart to drop it and start afresh, or go back to go on with it.`,
  );
}
