import { createHash } from "node:crypto";
import { open, readdir, rm, rmdir } from "node:fs/promises";
import { basename, join } from "node:path";

import type { Store, TranscriptEntry } from "../core/ports.ts";
import type { CandidateRow, ScoreRow, TaskOutcome } from "../core/records.ts";
import { makeFolder, writeFileWhole } from "../files.ts";
import {
  agentFile,
  CANDIDATES,
  candidateFile,
  childFile,
  CHILDREN,
  CONTROL_FOLDERS,
  CONTROLS,
  HELD_OUT_OUTCOMES,
  isOwnChild,
  isOwnFile,
  isOwnTranscript,
  MANIFEST,
  SCORES,
  TASK_OUTCOMES,
  transcriptFile,
  TRANSCRIPTS,
} from "./layout.ts";
import type { Manifest } from "./manifest.ts";
import { candidatesCsv, outcomesCsv, scoresCsv, type OutcomeRow } from "./tables.ts";

/** The results folder of one new run. Files are written whole, or appended a line at a time. */
export class ResultsFolder implements Store {
  readonly #folder: string;
  readonly #scores: ScoreRow[] = [];
  readonly #outcomes: OutcomeRow[] = [];
  readonly #children: CandidateRow[] = [];
  readonly #heldOut: OutcomeRow[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async writeManifest(manifest: Manifest): Promise<void> {
    await this.#write(MANIFEST, JSON.stringify(manifest, null, 2) + "\n");
  }

  async recordExchange(
    generation: number,
    child: number | null,
    entry: TranscriptEntry,
  ): Promise<void> {
    const folder = join(this.#folder, TRANSCRIPTS);
    await makeFolder(folder);
    const file = await open(join(folder, transcriptFile(generation, child)), "a");
    try {
      await file.appendFile(JSON.stringify(entry) + "\n");
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async writeChild(generation: number, child: number, source: string): Promise<string> {
    await makeFolder(join(this.#folder, CHILDREN));
    return this.#writeSource(join(CHILDREN, childFile(generation, child)), source);
  }

  writeCandidate(generation: number, source: string): Promise<string> {
    return this.#writeSource(candidateFile(generation), source);
  }

  writeAgent(generation: number, source: string): Promise<string> {
    return this.#writeSource(agentFile(generation), source);
  }

  /** The row of scores comes last: where it stands, everything it speaks of is on disk. */
  async closeGeneration(
    row: ScoreRow,
    outcomes: readonly TaskOutcome[],
    children: readonly CandidateRow[],
  ): Promise<void> {
    const { generation } = row;
    this.#outcomes.push(...outcomes.map((outcome) => ({ generation, ...outcome })));
    this.#children.push(...children);
    this.#scores.push(row);
    await this.#write(TASK_OUTCOMES, outcomesCsv(this.#outcomes));
    await this.#write(CANDIDATES, candidatesCsv(this.#children));
    await this.#write(SCORES, scoresCsv(this.#scores));
  }

  async closeHeldOut(
    generation: number,
    outcomes: readonly TaskOutcome[],
    rows: readonly ScoreRow[],
  ): Promise<void> {
    this.#heldOut.push(...outcomes.map((outcome) => ({ generation, ...outcome })));
    await this.#write(HELD_OUT_OUTCOMES, outcomesCsv(this.#heldOut));
    await this.#write(SCORES, scoresCsv(rows));
  }

  async #writeSource(name: string, source: string): Promise<string> {
    await this.#write(name, source);
    return createHash("sha256").update(source).digest("hex");
  }

  async #write(name: string, content: string): Promise<void> {
    await writeFileWhole(join(this.#folder, name), content);
  }
}

/** Every file below a results folder that metai wrote, as paths; none if there is no such folder. */
export async function ownFiles(folder: string): Promise<string[]> {
  const files = await Promise.all([folder, ...controlFolders(folder)].map(filesOfRun));
  return files.flat();
}

async function filesOfRun(folder: string): Promise<string[]> {
  const top = await filesIn(folder, isOwnFile);
  const children = await filesIn(join(folder, CHILDREN), isOwnChild);
  return [...top, ...children, ...(await filesIn(join(folder, TRANSCRIPTS), isOwnTranscript))];
}

function controlFolders(folder: string): string[] {
  return CONTROL_FOLDERS.map((name) => join(folder, CONTROLS, name));
}

/** Removes what metai wrote in a results folder, and nothing else. */
export async function resetResults(folder: string): Promise<void> {
  const files = await ownFiles(folder);
  // The scores go first: if this is killed, no row speaks of a file that is gone.
  const scores = files.filter((path) => basename(path) === SCORES);
  for (const path of [...scores, ...files]) await rm(path, { force: true });
  const controls = controlFolders(folder);
  const inner = [folder, ...controls].flatMap((run) =>
    [CHILDREN, TRANSCRIPTS].map((name) => join(run, name)),
  );
  for (const path of [...inner, ...controls, join(folder, CONTROLS)]) {
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

async function filesIn(folder: string, isOwn: (name: string) => boolean): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && isOwn(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
