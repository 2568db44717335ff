import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

import { CONTROL_FOLDERS, CONTROLS, isReplicateFolder, JOURNAL, SCORES } from "./layout.ts";
import { hasCode } from "../errors.ts";

/** The names of the folders of several runs that have begun, in order; none where there is no such folder. */
export async function replicatesIn(folder: string): Promise<string[]> {
  const names = await replicateFolders(folder);
  const begun = await Promise.all(names.map((name) => isFile(join(folder, name, JOURNAL))));
  return names.filter((_, index) => begun[index]);
}

/** Whether a run stands in the folder itself. */
export async function holdsRun(folder: string): Promise<boolean> {
  const found = await Promise.all([JOURNAL, SCORES].map((name) => isFile(join(folder, name))));
  return found.includes(true);
}

/** Whether several runs stand in a folder, each in one of its own, and none in the folder itself. */
export async function holdsSeveral(folder: string): Promise<boolean> {
  return !(await holdsRun(folder)) && (await replicatesIn(folder)).length > 0;
}

/** ", such as results/demo" where runs stand in a folder of the one that was given for theirs; else nothing. */
export async function suchAsBelow(folder: string): Promise<string> {
  for (const name of (await foldersIn(folder)).toSorted()) {
    const inner = join(folder, name);
    if ((await holdsRun(inner)) || (await holdsSeveral(inner))) return `, such as ${inner}`;
  }
  return "";
}

/** Of a results folder and its controls those that several runs stand in, and none of their own. */
export async function foldersOfSeveral(folder: string): Promise<string[]> {
  const several: string[] = [];
  for (const one of [folder, ...(await controlPaths(folder))]) {
    if (await holdsSeveral(one)) several.push(one);
  }
  return several;
}

/** The folders below a results folder that runs of their own may stand in, the inner ones first. */
export async function runFoldersBelow(folder: string): Promise<string[]> {
  const paths = await controlPaths(folder);
  const inner = await Promise.all([folder, ...paths].map(replicatePaths));
  return [...inner.flat(), ...paths];
}

/** The control whose folder below a results folder this is, or lies in; null where it is none. */
export function controlNamed(results: string, folder: string): string | null {
  const [first, name] = relative(results, folder).split(sep);
  return first === CONTROLS && name !== undefined ? name : null;
}

async function controlPaths(folder: string): Promise<string[]> {
  if (!(await foldersIn(folder)).includes(CONTROLS)) return [];
  const controls = await foldersIn(join(folder, CONTROLS));
  const known = CONTROL_FOLDERS.filter((name) => controls.includes(name));
  return known.map((name) => join(folder, CONTROLS, name));
}

async function replicatePaths(folder: string): Promise<string[]> {
  return (await replicateFolders(folder)).map((name) => join(folder, name));
}

async function replicateFolders(folder: string): Promise<string[]> {
  return (await foldersIn(folder)).filter(isReplicateFolder).toSorted();
}

/** A link to a folder is none: what it leads to is not ours. */
async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return [];
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
