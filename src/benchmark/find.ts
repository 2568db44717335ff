import { stat } from "node:fs/promises";
import { join } from "node:path";

import type { Task } from "../core/records.ts";
import { Interrupted, UserError, messageOf } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { archiveAddresses, withoutCredentials } from "./addresses.ts";
import { cachedArchive } from "./cache.ts";
import { type CopyForm, checkCopy } from "./checks.ts";
import { download } from "./download.ts";
import type { BenchmarkEvent } from "./events.ts";
import { ARCHIVE_NAME, HUMANEVAL } from "./humaneval.ts";
import { type HumanEvalRecord, firstTenTasks, parseRecords } from "./humaneval-records.ts";
import { type FailedAddress, nothingFound } from "./nothing-found.ts";
import { readIfThere } from "./read-file.ts";
import type { Source } from "./sources.ts";

export interface FindOptions {
  /** A file, packed or not, or a folder that holds the archive. Default: METAI_HUMANEVAL. */
  readonly path?: string | undefined;
  readonly dataDir: string;
  /** Default: METAI_CACHE, else the user's cache folder. */
  readonly cacheDir?: string | undefined;
  /** Addresses to try in turn; none means no download. Default: METAI_HUMANEVAL_URL, else official. */
  readonly urls?: readonly string[] | undefined;
  /** Passes over a damaged archive in the data folder, which is otherwise refused. */
  readonly force?: boolean | undefined;
  /** How long a download may bring no byte, in milliseconds. Default: 15,000. */
  readonly stallMs?: number | undefined;
  /** How long a download from one address may take, in milliseconds. Default: 120,000. */
  readonly totalMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: BenchmarkEvent) => void) | undefined;
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** HumanEval, verified. */
export interface Benchmark {
  /** The first ten. */
  readonly tasks: readonly Task[];
  /** All 164. */
  readonly records: readonly HumanEvalRecord[];
  readonly source: Source;
  /** Null when the source was an unpacked copy. */
  readonly archiveSha256: string | null;
  readonly contentSha256: string;
  /** The archive itself; null when the source was an unpacked copy. */
  readonly archive: Buffer | null;
}

/**
 * Takes HumanEval from the first of: the given path, the data folder, the cache, a download. Writes
 * nothing but the cache. Throws a UserError if no source has it or the first that has it is damaged.
 */
export async function findBenchmark(options: FindOptions): Promise<Benchmark> {
  if (options.signal?.aborted) throw new Interrupted();
  return (
    (await fromPath(options)) ??
    (await fromDataFolder(options)) ??
    (await fromCache(options)) ??
    (await fromDownload(options))
  );
}

/** The copy that `--humaneval` or METAI_HUMANEVAL names, or null where neither is given. */
export async function readGivenCopy(
  options: Pick<FindOptions, "path" | "env">,
): Promise<{ path: string; bytes: Buffer } | null> {
  const given = options.path ?? environment(options)["METAI_HUMANEVAL"]?.trim();
  if (!given) return null;
  const path = (await isFolder(given)) ? join(given, ARCHIVE_NAME) : given;
  const bytes = await readIfThere(path);
  if (bytes) return { path, bytes };
  throw new UserError(
    `${path} (from --humaneval or METAI_HUMANEVAL) does not exist: give the path of ${ARCHIVE_NAME}, or leave the option and the variable out.`,
  );
}

async function fromPath(options: FindOptions): Promise<Benchmark | null> {
  const copy = await readGivenCopy(options);
  if (!copy) return null;
  const verdict = verify(copy.bytes, { kind: "path", path: copy.path });
  if (verdict.ok) return verdict.benchmark;
  throw new UserError(
    `${copy.path} is not the official HumanEval (${verdict.problem}): give another file, or leave --humaneval and METAI_HUMANEVAL out.`,
  );
}

async function fromDataFolder(options: FindOptions): Promise<Benchmark | null> {
  const path = join(options.dataDir, ARCHIVE_NAME);
  const bytes = await readIfThere(path);
  if (!bytes) return null;
  const verdict = verify(bytes, { kind: "data-folder", path });
  if (verdict.ok) return verdict.benchmark;
  if (options.force) return null;
  throw damagedInDataFolder(path, verdict.problem);
}

/** The refusal of an archive that the user put or kept in the data folder. */
export function damagedInDataFolder(path: string, problem: string): UserError {
  return new UserError(
    `${path} is not the official HumanEval (${problem}): delete it, or replace it with "metai data pull --force".`,
  );
}

/** A damaged cache is nobody's work: it is passed over, said, and replaced by the next download. */
async function fromCache(options: FindOptions): Promise<Benchmark | null> {
  const path = cachedArchive(environment(options), options.cacheDir);
  const passOver = (problem: string): null => {
    options.onEvent?.({ type: "cache-unusable", path, problem });
    return null;
  };
  try {
    const bytes = await readIfThere(path);
    if (!bytes) return null;
    const verdict = verify(bytes, { kind: "cache", path });
    return verdict.ok ? verdict.benchmark : passOver(verdict.problem);
  } catch (error) {
    return passOver(messageOf(error));
  }
}

async function fromDownload(options: FindOptions): Promise<Benchmark> {
  const failures: FailedAddress[] = [];
  for (const url of options.urls ?? archiveAddresses(environment(options))) {
    const address = withoutCredentials(url);
    options.onEvent?.({ type: "download-started", address });
    const result = await download(url, {
      signal: options.signal,
      stallMs: options.stallMs ?? 15_000,
      totalMs: options.totalMs ?? 120_000,
    });
    const verdict = result.ok ? verify(result.bytes, { kind: "download", address }) : result;
    if (verdict.ok) {
      await keepInCache(verdict.benchmark, options);
      return verdict.benchmark;
    }
    failures.push({ address, problem: verdict.problem });
    options.onEvent?.({ type: "download-failed", address, problem: verdict.problem });
  }
  throw nothingFound({
    dataDir: options.dataDir,
    cache: cachedArchive(environment(options), options.cacheDir),
    failures,
  });
}

async function keepInCache({ archive }: Benchmark, options: FindOptions): Promise<void> {
  if (archive === null) return;
  const path = cachedArchive(environment(options), options.cacheDir);
  try {
    await writeFileWhole(path, archive);
  } catch (error) {
    options.onEvent?.({ type: "cache-not-written", path, problem: messageOf(error) });
  }
}

type Verdict =
  | { readonly ok: true; readonly benchmark: Benchmark }
  | { readonly ok: false; readonly problem: string };

function verify(bytes: Buffer, source: Source): Verdict {
  const { problem, archive, contentBytes } = checkCopy(bytes, formOf(source));
  if (problem !== null) return { ok: false, problem };
  // Without a problem there is content; the type cannot say so.
  const records = parseRecords(contentBytes ?? bytes);
  const { sha256 } = HUMANEVAL.checksums.content;
  const benchmark = {
    tasks: firstTenTasks(records),
    records,
    source,
    archiveSha256: archive?.expected ?? null,
    contentSha256: sha256,
    archive: archive ? bytes : null,
  };
  return { ok: true, benchmark };
}

/** A user may give the content unpacked, and a server may unpack it; metai's own folders keep the archive. */
function formOf(source: Source): CopyForm {
  return source.kind === "path" || source.kind === "download" ? "archive or content" : "archive";
}

function environment(options: Pick<FindOptions, "env">): NodeJS.ProcessEnv {
  return options.env ?? process.env;
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}
