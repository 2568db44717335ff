import { stat } from "node:fs/promises";

import { UserError } from "../../errors.ts";
import { readPlainJournal } from "../../store/evidence.ts";
import { runFoldersBelow, suchAsBelow } from "../../store/run-folders.ts";

/**
 * The folder of a run with those of the runs below it (controls, replicates) that have a journal, the outer ones
 * first. Throws a UserError where there is no such folder, or no run in it.
 */
export async function runsBelow(folder: string): Promise<string[]> {
  if (!(await isFolder(folder))) {
    throw new UserError(`There is no folder ${folder}: name the folder of a run.`);
  }
  const runs: string[] = [];
  for (const one of [folder, ...(await runFoldersBelow(folder)).toSorted()]) {
    if ((await readPlainJournal(one)) !== null) runs.push(one);
  }
  if (runs.length > 0) return runs;
  throw new UserError(
    `There is no journal in ${folder}: name the folder of a run that metai made, with its journal.jsonl${await suchAsBelow(folder)}.`,
    { kind: "refused" },
  );
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
