import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";

import { BENCHMARK_NAMES } from "../core/benchmarks.ts";
import type { Task } from "../core/records.ts";
import { hasCode, UserError } from "../errors.ts";
import { isGzip, sha256 } from "./checks.ts";
import type { BenchmarkEvent } from "./events.ts";
import { type FindOptions, findBenchmark } from "./find.ts";
import { HUMANEVAL } from "./humaneval.ts";
import { openBenchmark } from "./open.ts";
import { readProblemFile } from "./problem-file.ts";
import { readShipped, SHIPPED, type ShippedName } from "./shipped.ts";

/** A benchmark as it was asked for: the official HumanEval, one of metai's own, or a file in HumanEval's format. */
export type BenchmarkChoice =
  | ({ readonly kind: "humaneval" } & Pick<FindOptions, "path" | "dataDir" | "env">)
  | { readonly kind: "shipped"; readonly name: ShippedName }
  | { readonly kind: "file"; readonly path: string };

/** Tasks that a run selects on; the others are held out. Where there are fewer, all are selected on. */
const SELECTION = HUMANEVAL.checksums.first_ten_records.length;

/** What a run needs of a benchmark. */
export interface RunBenchmark {
  /** As records and figures name it: HumanEval, Fresh, Practice, or the name of a file. */
  readonly name: string;
  /** The first ten, on which candidates are selected. */
  readonly tasks: readonly Task[];
  /** All others, in order, which selection never sees. Empty where there are no more than ten. */
  readonly heldOut: readonly Task[];
  /** SHA-256 of the unpacked bytes. */
  readonly contentSha256: string;
  /** SHA-256 of the packed file; null where it was not packed. */
  readonly archiveSha256: string | null;
}

interface Watching extends Pick<FindOptions, "urls"> {
  readonly signal: AbortSignal;
  readonly onEvent: (event: BenchmarkEvent) => void;
}

/** The benchmark for a run. HumanEval leaves its files in the data folder; the others write nothing. */
export async function openForRun(
  choice: BenchmarkChoice,
  watching: Watching,
): Promise<RunBenchmark> {
  if (choice.kind === "file") return openFile(choice.path);
  if (choice.kind === "shipped") {
    const { dataset: name, sha256: contentSha256 } = SHIPPED[choice.name];
    const records = await readShipped(choice.name);
    return { name, ...split(records), contentSha256, archiveSha256: null };
  }
  const { records, contentSha256, archiveSha256 } = await openBenchmark({ ...choice, ...watching });
  return { name: HUMANEVAL.dataset, ...split(records), contentSha256, archiveSha256 };
}

/** The same to check a run with, for which nothing is written but HumanEval's cache. */
export async function openForCheck(
  choice: BenchmarkChoice,
  watching: Watching,
): Promise<RunBenchmark> {
  if (choice.kind !== "humaneval") return openForRun(choice, watching);
  const { records, contentSha256, archiveSha256 } = await findBenchmark({ ...choice, ...watching });
  return { name: HUMANEVAL.dataset, ...split(records), contentSha256, archiveSha256 };
}

/** All tasks of a benchmark, in order. Nothing is written but HumanEval's cache. */
export async function readAllTasks(
  choice: BenchmarkChoice,
  watching: Watching,
): Promise<readonly Task[]> {
  if (choice.kind === "file") return readTasks(choice.path);
  if (choice.kind === "shipped") return readShipped(choice.name);
  return (await findBenchmark({ ...choice, ...watching })).records;
}

/** Those of a benchmark's tasks that a run selects on. */
export function selectionOf<T>(tasks: readonly T[]): readonly T[] {
  return tasks.slice(0, SELECTION);
}

async function openFile(path: string): Promise<RunBenchmark> {
  const tasks = await readTasks(path);
  const bytes = await readFile(path);
  const packed = isGzip(bytes);
  return {
    name: nameOfFile(path),
    ...split(tasks),
    contentSha256: sha256(packed ? gunzipSync(bytes) : bytes),
    archiveSha256: packed ? sha256(bytes) : null,
  };
}

async function readTasks(path: string): Promise<readonly Task[]> {
  try {
    return await readProblemFile(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    const names = ["humaneval", ...Object.keys(SHIPPED)].join(", ");
    throw new UserError(
      `Cannot use ${path}: there is no such file, and no benchmark of that name (${names}).`,
      { cause: error },
    );
  }
}

/** No file may pass itself off as one of the benchmarks whose bytes are known. */
function nameOfFile(path: string): string {
  const name = basename(path);
  const known = BENCHMARK_NAMES.find(
    (dataset) => dataset.toLowerCase() === name.trim().toLowerCase(),
  );
  if (known === undefined) return name;
  throw new UserError(`${path} has the name of the benchmark ${known}: rename the file.`);
}

function split(records: readonly Task[]): Pick<RunBenchmark, "tasks" | "heldOut"> {
  const tasks = records.map(({ task_id, prompt, entry_point, test }) => ({
    task_id,
    prompt,
    entry_point,
    test,
  }));
  return { tasks: selectionOf(tasks), heldOut: tasks.slice(SELECTION) };
}
