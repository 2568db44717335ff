import { type FileHandle, open } from "node:fs/promises";

import type { JournalEvent } from "../core/journal.ts";
import { hasCode, UserError } from "../errors.ts";
import { type JournalContent, type JournalLine, parseJournal, seal } from "./journal.ts";
import { LARGEST_JOURNAL, readFileOfRun } from "./plain-file.ts";

/** Reads a journal; null where there is none. What is wrong with its content is part of the answer. */
export async function readJournal(path: string): Promise<JournalContent | null> {
  try {
    return parseJournal(await readFileOfRun(path, LARGEST_JOURNAL));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Throws a UserError where a journal is damaged, which a torn last line does not count as. */
export function refuseDamage(path: string, { problem }: JournalContent): void {
  if (problem === null) return;
  throw new UserError(
    `${path}, line ${problem.line}: ${problem.words}. The journal was changed or damaged; ` +
      `put back the one that the run wrote, or run again.`,
    { kind: "refused" },
  );
}

interface Waiting {
  readonly text: string;
  readonly line: JournalLine;
  readonly done: (error?: unknown) => void;
}

/**
 * A journal that is appended to, a line at a time. Lines that come while others are on their way to the disk
 * are flushed together. Once one cannot be written none is taken any more.
 */
export class JournalFile {
  readonly #file: FileHandle;
  readonly #onLine: (line: JournalLine) => Promise<void>;
  #last: JournalLine | null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  private constructor(
    file: FileHandle,
    last: JournalLine | null,
    onLine: (line: JournalLine) => Promise<void>,
  ) {
    this.#file = file;
    this.#last = last;
    this.#onLine = onLine;
  }

  /**
   * Opens the journal to go on after what it holds; a torn last line is cut off, and nothing else is ever
   * changed. `onLine` is awaited for each line once it is on disk, before `append` resolves.
   */
  static async open(
    path: string,
    { lines, bytes, torn }: Pick<JournalContent, "lines" | "bytes" | "torn">,
    onLine: (line: JournalLine) => Promise<void>,
  ): Promise<JournalFile> {
    const file = await open(path, "a");
    try {
      if (torn) {
        await file.truncate(bytes);
        await file.sync();
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    return new JournalFile(file, lines.at(-1) ?? null, onLine);
  }

  /** Where the journal stands: its last line, flushed or on its way. */
  get last(): JournalLine | null {
    return this.#last;
  }

  /** Resolves once the line is on disk. */
  append(event: JournalEvent): Promise<void> {
    const { line, text } = seal(event, this.#last, new Date());
    this.#last = line;
    return new Promise((resolve, reject) => {
      const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ text, line, done });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve(); // what is appended in the same breath goes along
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      await this.#write(lines);
    }
    this.#writing = null;
  }

  async #write(lines: readonly Waiting[]): Promise<void> {
    try {
      if (this.#failure !== null) throw this.#failure.error;
      await this.#file.appendFile(lines.map(({ text }) => text + "\n").join(""));
      await this.#file.datasync();
      for (const { line, done } of lines) {
        await this.#onLine(line);
        done();
      }
    } catch (error) {
      this.#failure ??= { error };
      for (const { done } of lines) done(error);
    }
  }
}
