import { readFile, stat } from "node:fs/promises";

import { hasCode, UserError, messageOf } from "../errors.ts";
import { MAX_BYTES } from "./humaneval.ts";

/** The file's bytes; null if there is none. Throws a UserError for one that cannot be read. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      throw new UserError(
        `${path} has ${size} bytes: far too many for HumanEval; replace or delete it.`,
      );
    }
    return await readFile(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} cannot be read (${messageOf(error)}).`, { cause: error });
  }
}

/** ENOTDIR: a part of the path is a file, so nothing can be below it. */
function isAbsence(error: unknown): boolean {
  return hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR");
}
