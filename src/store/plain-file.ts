import { lstat, readFile, stat } from "node:fs/promises";

import { UserError } from "../errors.ts";

/** A file of a folder from elsewhere: its bytes, or why they are not read. */
export type Found = { readonly bytes: Buffer } | { readonly problem: string };

const MiB = 1024 * 1024;
/** Far more than any file of a run has, in bytes. */
const LARGEST_FILE = 64 * MiB;
export const LARGEST_JOURNAL = 512 * MiB;

/** Reads a file that may be anything. Null where there is none. */
export async function readPlainFile(path: string, most = LARGEST_FILE): Promise<Found | null> {
  try {
    const entry = await lstat(path);
    if (!entry.isFile()) return { problem: "it is no plain file" };
    if (entry.size > most) return { problem: "it is larger than any that metai writes" };
    return { bytes: await readFile(path) };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    return { problem: `it cannot be read (${String(error.code)})` };
  }
}

/**
 * Reads a file, through a link if it is one. Throws the system's error, and a UserError for what is no file or
 * too large: reading a pipe or a device might never end.
 */
export async function readFileOfRun(path: string, most = LARGEST_FILE): Promise<Buffer> {
  const entry = await stat(path);
  if (!entry.isFile()) throw new UserError(`${path} is no file: take it away, or run again.`);
  if (entry.size > most) {
    throw new UserError(`${path} is larger than any that metai writes: take it away.`);
  }
  return readFile(path);
}
