import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { UserError } from "../errors.ts";
import { readPlainJournal } from "../store/evidence.ts";
import { CONTROLS } from "../store/layout.ts";

const REPLICATE = /^run-\d{2,}$/;

/**
 * The folder of a run with those of the runs below it that have a journal: its controls, its replicates and
 * theirs. Throws a UserError where there is no such folder, or no run in it.
 */
export async function runsBelow(folder: string): Promise<string[]> {
  const top = await foldersIn(folder);
  if (top === null) throw new UserError(`There is no folder ${folder}: name the folder of a run.`);
  const replicates = top.filter((name) => REPLICATE.test(name)).map((name) => join(folder, name));
  const places = [folder, ...replicates];
  const controls = await Promise.all(
    places.map(async (place) => {
      const names = (await foldersIn(join(place, CONTROLS))) ?? [];
      return names.map((name) => join(place, CONTROLS, name));
    }),
  );
  const candidates = places.flatMap((place, index) => [place, ...(controls[index] ?? [])]);
  const runs: string[] = [];
  for (const one of candidates) if ((await readPlainJournal(one)) !== null) runs.push(one);
  if (runs.length > 0) return runs;
  throw new UserError(
    `There is no journal in ${folder}: name the folder of a run that metai made, with its journal.jsonl.`,
    { kind: "refused" },
  );
}

/** The folders in a folder, by name; links are not followed. Null where it is none. */
async function foldersIn(folder: string): Promise<string[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
}
