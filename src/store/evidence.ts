import { lstat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

import { CHILDREN, CURVE, JOURNAL, OBJECTS, TRANSCRIPTS } from "./layout.ts";
import { sha256 } from "./objects.ts";
import { type Found, LARGEST_JOURNAL, readPlainFile } from "./plain-file.ts";
import { filesOfRun } from "./results-folder.ts";

/** Far more than all texts of a run have, in bytes. */
const LARGEST_RUN = 1024 * 1024 * 1024;

export function readPlainJournal(folder: string): Promise<Found | null> {
  return readPlainFile(join(folder, JOURNAL), LARGEST_JOURNAL);
}

/** The texts of a run, and what is wrong with those that cannot be had. */
export interface FoundTexts {
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly { readonly where: string; readonly words: string }[];
  /** Texts that nothing speaks of, as a run that was killed may leave them. */
  readonly unnamed: number;
}

/** Reads the texts of these hashes, and holds every text of the folder against its name. */
export async function readTexts(folder: string, named: ReadonlySet<string>): Promise<FoundTexts> {
  const texts = new Map<string, string>();
  const problems: { where: string; words: string }[] = [];
  const there = (await filesOfRun(folder)).map((path) => nameIn(folder, path));
  const kept = there.filter((path) => path.startsWith(`${OBJECTS}/`) && !path.endsWith(".tmp"));
  const unnamed = kept.map((path) => path.slice(OBJECTS.length + 1)).filter((h) => !named.has(h));
  let size = 0;
  for (const hash of [...named, ...unnamed]) {
    const where = `${OBJECTS}/${hash}`;
    const found = await readPlainFile(join(folder, OBJECTS, hash));
    if (found === null) {
      problems.push({ where, words: "it is missing: the journal speaks of it" });
    } else if ("problem" in found) {
      problems.push({ where, words: found.problem });
    } else if (sha256(found.bytes) !== hash) {
      problems.push({ where, words: "its content has another SHA-256 than its name says" });
    } else if ((size += found.bytes.length) > LARGEST_RUN) {
      problems.push({ where, words: "with it the run is larger than any that metai makes" });
      break;
    } else {
      texts.set(hash, found.bytes.toString("utf8"));
    }
  }
  return { texts, problems, unnamed: unnamed.length };
}

/** Every file of a run's folder that is metai's and made from the journal, by its path with forward slashes. */
export async function readDerivedFiles(folder: string): Promise<ReadonlyMap<string, Found>> {
  const files = new Map<string, Found>();
  for (const path of await filesOfRun(folder)) {
    const name = nameIn(folder, path);
    if ([JOURNAL, CURVE].includes(name) || name.startsWith(`${OBJECTS}/`)) continue;
    const found = await readPlainFile(path);
    if (found !== null) files.set(name, found);
  }
  return files;
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** The first file or folder of a run that is a link, through which writing would leave the folder; or null. */
export async function linkAmong(folder: string): Promise<string | null> {
  const inner = [CHILDREN, TRANSCRIPTS, OBJECTS].map((name) => join(folder, name));
  for (const path of [...inner, ...(await filesOfRun(folder))]) {
    if (await isLink(path)) return path;
  }
  return null;
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false; // not there
  }
}
