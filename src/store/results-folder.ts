import { appendFile, lstat, open, readdir, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import type { JournalEvent } from "../core/journal.ts";
import type { Journal } from "../core/ports.ts";
import { RunRecord } from "../core/run-record.ts";
import { makeFolder, writeFileWhole } from "../files.ts";
import { deriveFiles, DerivedFiles, type FileChange } from "./derived-files.ts";
import type { JournalContent, JournalLine } from "./journal.ts";
import { JournalFile } from "./journal-file.ts";
import {
  CHILDREN,
  CONTROLS,
  isOwnChild,
  isOwnFile,
  isOwnObject,
  isOwnTranscript,
  JOURNAL,
  OBJECTS,
  SCORES,
  TRANSCRIPTS,
} from "./layout.ts";
import { Objects } from "./objects.ts";
import { readFileOfRun } from "./plain-file.ts";
import { runFoldersBelow } from "./run-folders.ts";
import { hasCode } from "../errors.ts";

/**
 * The results folder of one run at work: its journal, and the files that are made from it as it grows. Each is
 * written whole, or appended to a line at a time.
 */
export class ResultsFolder implements Journal {
  /** What the journal held when it was opened, and the start of the run. */
  readonly past: RunRecord;
  /** The lines that the journal held then. */
  readonly pastLines: readonly JournalLine[];
  readonly #journal: JournalFile;
  readonly #objects: Objects;

  private constructor(journal: JournalFile, objects: Objects, lines: readonly JournalLine[]) {
    this.#journal = journal;
    this.#objects = objects;
    this.pastLines = lines;
    this.past = RunRecord.of(lines.map(({ event }) => event));
  }

  /** The folder of a run that begins with these events, which are on disk when this resolves. */
  static async create(
    folder: string,
    events: readonly JournalEvent[],
    texts: readonly string[] = [],
  ): Promise<ResultsFolder> {
    await makeFolder(folder);
    const nothing = { lines: [], bytes: 0, torn: false };
    const results = await ResultsFolder.#open(folder, nothing, new Objects(folder));
    for (const text of texts) await results.keep(text);
    await results.#begin(events);
    return results;
  }

  /**
   * The folder of a run that goes on with these events after what its journal holds. Whatever is not as the
   * journal tells it is put right first.
   */
  static async reopen(
    folder: string,
    content: JournalContent,
    events: readonly JournalEvent[],
  ): Promise<ResultsFolder> {
    const objects = new Objects(folder);
    await rebuildFiles(folder, await deriveFiles(content.lines, objects));
    const results = await ResultsFolder.#open(folder, content, objects);
    await results.#begin(events);
    return results;
  }

  static async #open(
    folder: string,
    content: Pick<JournalContent, "lines" | "bytes" | "torn">,
    objects: Objects,
  ): Promise<ResultsFolder> {
    const derived = new DerivedFiles(objects);
    for (const line of content.lines) await derived.apply(line);
    const journal = await JournalFile.open(join(folder, JOURNAL), content, async (line) => {
      for (const change of await derived.apply(line)) await writeChange(folder, change);
    });
    return new ResultsFolder(journal, objects, content.lines);
  }

  async #begin(events: readonly JournalEvent[]): Promise<void> {
    for (const event of events) {
      await this.append(event);
      this.past.apply(event);
    }
  }

  append(event: JournalEvent): Promise<void> {
    return this.#journal.append(event);
  }

  keep(text: string): Promise<string> {
    return this.#objects.keep(text);
  }

  read(sha256: string): Promise<string> {
    return this.#objects.read(sha256);
  }

  /** SHA-256 of the journal's last line. */
  get head(): string {
    return this.#journal.last?.sha256 ?? "";
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

async function writeChange(folder: string, change: FileChange): Promise<void> {
  const path = join(folder, change.path);
  if ("content" in change) return writeFileWhole(path, change.content);
  await makeFolder(dirname(path));
  await appendFile(path, change.line + "\n");
}

/** Writes those of the files that are not there or differ; returns their paths below the folder. */
export async function rebuildFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<string[]> {
  const written: string[] = [];
  for (const [name, content] of files) {
    const path = join(folder, name);
    if ((await contentOf(path)) === content) continue;
    await writeFileWhole(path, content);
    written.push(name);
  }
  return written;
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return (await readFileOfRun(path)).toString("utf8");
  } catch {
    return null; // not there, or nothing that can be read: writing it will tell
  }
}

/** Every file below a results folder that metai wrote, as paths; none if there is no such folder. */
export async function ownFiles(folder: string): Promise<string[]> {
  const files = await Promise.all([folder, ...(await runFoldersBelow(folder))].map(filesOfRun));
  return files.flat();
}

/** The folders of a run's folder, and which files there are metai's. */
const INNER = [
  [CHILDREN, isOwnChild],
  [TRANSCRIPTS, isOwnTranscript],
  [OBJECTS, isOwnObject],
] as const;

/** Every file of one run's folder that metai wrote, without the runs below it. */
export async function filesOfRun(folder: string): Promise<string[]> {
  const top = await filesIn(folder, isOwnFile);
  const below = await Promise.all(
    INNER.map(([name, isOwn]) => filesIn(join(folder, name), isOwn, true)),
  );
  return [...top, ...below.flat()];
}

/** Removes what metai wrote in a results folder, and nothing else. */
export async function resetResults(folder: string): Promise<void> {
  const files = await ownFiles(folder);
  // The journals and scores go first: if this is killed, no line speaks of a file that is gone.
  const first = files.filter((path) => [JOURNAL, SCORES].includes(basename(path)));
  for (const path of [...first, ...files]) await rm(path, { force: true });
  const below = await runFoldersBelow(folder);
  const inner = [folder, ...below].flatMap((run) => INNER.map(([name]) => join(run, name)));
  for (const path of [...inner, ...below, join(folder, CONTROLS)]) {
    try {
      await rmdir(path);
    } catch {
      // not there, or it holds something that is not ours
    }
  }
}

/** Throws the system's error if the folder cannot be written to. */
export async function checkWritable(folder: string): Promise<void> {
  await makeFolder(folder);
  const probe = join(folder, ".metai-can-write");
  await (await open(probe, "w")).close();
  await rm(probe);
}

/** None where there is no such folder. What is no folder holds none either, where it is one of a run's. */
async function filesIn(
  folder: string,
  isOwn: (name: string) => boolean,
  isInner = false,
): Promise<string[]> {
  try {
    if (isInner && (await lstat(folder)).isSymbolicLink()) return []; // what it leads to is not ours
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && isOwn(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch (error) {
    if (hasCode(error, "ENOENT") || (hasCode(error, "ENOTDIR") && isInner)) return [];
    throw error;
  }
}
