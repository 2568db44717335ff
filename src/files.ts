import { mkdir, open, rename, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./errors.ts";

/**
 * Creates a folder with those above it, if it is not there. Node's own recursive mkdir never ends where the
 * system refuses a folder with ENOENT though the one above is there, as below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return; // systems differ in the error: EEXIST, EISDIR, EPERM
    const above = dirname(path);
    if (!hasCode(error, "ENOENT") || above === path) throw error;
    if (!(await isFolder(above))) await makeFolder(above);
    // Whoever makes the same folder at the same time may have made the one above, or this one, by now.
    await mkdir(path).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Writes a file whole: a reader, or a run killed at any moment, sees the old content or the new and
 * never a part. A temporary file beside it is flushed to disk, then renamed over the target.
 */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = path + TEMPORARY_SUFFIX;
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await removeFile(temporary);
    throw error;
  }
}

/** Removes a file, if it is there. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

/** What `writeFileWhole` appends to a name while it writes; a kill can leave such a file behind. */
export const TEMPORARY_SUFFIX = ".tmp";
