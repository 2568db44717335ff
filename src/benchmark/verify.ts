import { join } from "node:path";

import { type CopyForm, checkCopy, sha256 } from "./checks.ts";
import { type FindOptions, readGivenCopy } from "./find.ts";
import { ARCHIVE_NAME, HUMANEVAL, METADATA_NAME, TASKS_NAME } from "./humaneval.ts";
import { readMetadata } from "./metadata.ts";
import { readIfThere } from "./read-file.ts";

/** One line of a verification. */
export interface Finding {
  /** What was checked, in a few words. */
  readonly what: string;
  readonly path: string;
  /** What is wrong, with both hashes where there are two; null when all is well. */
  readonly problem: string | null;
}

/**
 * Verifies what is in the data folder, and the copy that `--humaneval` or METAI_HUMANEVAL names. Where that
 * is given the folder needs no archive of its own. Reads only. Null when there is nothing to verify.
 */
export async function verifyDataFolder(
  options: Pick<FindOptions, "path" | "dataDir" | "env">,
): Promise<Finding[] | null> {
  const given = await readGivenCopy(options);
  const archivePath = join(options.dataDir, ARCHIVE_NAME);
  const archive = await readIfThere(archivePath);
  const tasksPath = join(options.dataDir, TASKS_NAME);
  const tasks = await readIfThere(tasksPath);
  const metadataPath = join(options.dataDir, METADATA_NAME);
  const metadata = await readIfThere(metadataPath);
  if (!given && !archive && !tasks) return null;
  return [
    ...(given ? copyFindings(given.path, given.bytes, "archive or content") : []),
    ...(archive || !given ? copyFindings(archivePath, archive, "archive") : []),
    { what: TASKS_NAME, path: tasksPath, problem: tasksProblem(tasks) },
    { what: METADATA_NAME, path: metadataPath, problem: metadataProblem(metadata) },
  ];
}

const MISSING = 'it is not there: "metai data pull" produces it';

function copyFindings(path: string, bytes: Buffer | null, form: CopyForm): Finding[] {
  if (bytes === null) return [{ what: "archive", path, problem: MISSING }];
  const { archive, content, records, problem } = checkCopy(bytes, form);
  const wrong = records.filter(({ ok }) => !ok);
  const wrongRecords = wrong.map(
    ({ name, expected, found }) => `${name} ${hashes(expected, found)}`,
  );
  return [
    ...(archive ? [{ what: "archive", path, problem: archive.ok ? null : problem }] : []),
    {
      what: "content",
      path,
      problem: content.ok ? null : hashes(content.expected, content.found),
    },
    {
      what: "first ten records",
      path,
      problem: wrong.length === 0 ? null : wrongRecords.join("; "),
    },
  ];
}

function tasksProblem(tasks: Buffer | null): string | null {
  if (tasks === null) return MISSING;
  const expected = HUMANEVAL.checksums.tasks_json.sha256;
  const found = sha256(tasks);
  if (found === expected) return null;
  return `${hashes(expected, found)}; "metai data pull" restores it`;
}

function metadataProblem(metadata: Buffer | null): string | null {
  if (metadata === null) return MISSING;
  const reading = readMetadata(metadata.toString("utf8"));
  if (!reading.ok) return `${reading.problem}; "metai data pull" restores it`;
  return reading.retrieved ? null : 'it names no retrieval yet: "metai data pull" completes it';
}

function hashes(expected: string, found: string | null): string {
  return `expected ${expected}, found ${found ?? "nothing"}`;
}
