import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file whole: a reader, or a run killed at any moment, sees the old content or the new and
 * never a part. A temporary file beside it is flushed to disk, then renamed over the target.
 */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What `writeFileWhole` appends to a name while it writes; a kill can leave such a file behind. */
export const TEMPORARY_SUFFIX = ".tmp";
