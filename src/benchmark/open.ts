import { join } from "node:path";

import { UserError, messageOf } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { sha256 } from "./checks.ts";
import type { BenchmarkEvent } from "./events.ts";
import { type Benchmark, type FindOptions, damagedInDataFolder, findBenchmark } from "./find.ts";
import { ARCHIVE_NAME, HUMANEVAL, METADATA_NAME, TASKS_NAME } from "./humaneval.ts";
import { renderTasks } from "./humaneval-records.ts";
import { readMetadata, renderMetadata } from "./metadata.ts";
import { readIfThere } from "./read-file.ts";
import { sourceOnRecord } from "./sources.ts";

/** What became of one file of the data folder. */
export interface DataFile {
  readonly path: string;
  readonly status: "written" | "restored" | "unchanged";
}

/** HumanEval, verified, with its files in the data folder. */
export interface OpenedBenchmark extends Benchmark {
  readonly files: readonly DataFile[];
}

/**
 * Finds HumanEval and produces its files in the data folder: the archive, `tasks.json` and a completed
 * `source_metadata.json`. What is there and right is not rewritten. The tasks always come from the
 * verified bytes, never from a `tasks.json`.
 */
export async function openBenchmark(options: FindOptions): Promise<OpenedBenchmark> {
  const benchmark = await findBenchmark(options);
  try {
    const files = await produceFiles(benchmark, options);
    return { ...benchmark, files };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The data folder ${options.dataDir} cannot be written (${messageOf(error)}): make it writable, or run metai in another folder.`,
      { cause: error },
    );
  }
}

async function produceFiles(benchmark: Benchmark, options: FindOptions): Promise<DataFile[]> {
  const files: DataFile[] = [];
  const add = (file: DataFile): void => {
    files.push(file);
    if (file.status !== "unchanged") options.onEvent?.(eventOf(file));
  };
  if (benchmark.archive) add(await produceArchive(benchmark.archive, options));
  const tasks = renderTasks(benchmark.tasks);
  add(await produceTasks(tasks, options.dataDir));
  add(await produceMetadata(benchmark, tasks, options.dataDir));
  return files;
}

async function produceArchive(archive: Buffer, options: FindOptions): Promise<DataFile> {
  const path = join(options.dataDir, ARCHIVE_NAME);
  const existing = await readIfThere(path);
  if (existing?.equals(archive)) return { path, status: "unchanged" };
  if (existing && !options.force) {
    const { sha256: expected } = HUMANEVAL.checksums.archive;
    const hashes = `SHA-256 of the archive expected ${expected}, found ${sha256(existing)}`;
    throw damagedInDataFolder(path, hashes);
  }
  await writeFileWhole(path, archive);
  return { path, status: existing ? "restored" : "written" };
}

async function produceTasks(text: string, dataDir: string): Promise<DataFile> {
  const path = join(dataDir, TASKS_NAME);
  const existing = await readIfThere(path);
  if (existing?.equals(Buffer.from(text))) return { path, status: "unchanged" };
  await writeFileWhole(path, text);
  return { path, status: existing ? "restored" : "written" };
}

/** Written once, so that a checkout, which holds the file without a retrieval, changes only once. */
async function produceMetadata(
  benchmark: Benchmark,
  tasks: string,
  dataDir: string,
): Promise<DataFile> {
  const path = join(dataDir, METADATA_NAME);
  const existing = await readIfThere(path);
  const reading = existing && readMetadata(existing.toString("utf8"));
  const archiveBytes = benchmark.archive?.length ?? null;
  if (reading?.ok && reading.retrieved) {
    const complete = reading.retrieved.archive_bytes !== null || archiveBytes === null;
    if (complete) return { path, status: "unchanged" };
  }
  const retrieved = {
    at: new Date().toISOString(),
    from: sourceOnRecord(benchmark.source),
    archive_bytes: archiveBytes,
    content_bytes: HUMANEVAL.checksums.content.bytes,
    tasks_json_bytes: Buffer.byteLength(tasks),
    tasks_json_sha256: sha256(tasks),
  };
  await writeFileWhole(path, renderMetadata(retrieved));
  return { path, status: reading?.ok === false ? "restored" : "written" };
}

function eventOf(file: DataFile): BenchmarkEvent {
  return { type: file.status === "restored" ? "restored" : "written", path: file.path };
}
