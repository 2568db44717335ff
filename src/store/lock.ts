import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { hasCode, UserError } from "../errors.ts";
import { LOCK } from "./layout.ts";
import { readFileOfRun } from "./plain-file.ts";

/**
 * Keeps two runs out of one results folder; returns what gives it free again. The lock of a process that
 * is gone is taken over. Throws a UserError where another run is at work.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK);
  const holder = await holderOf(path);
  if (holder !== null && isAlive(holder)) throw inUse(folder, holder);
  if (holder !== null) await rm(path, { force: true });
  try {
    await writeFile(path, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    const other = await holderOf(path);
    throw other === null ? error : inUse(folder, other);
  }
  return () => rm(path, { force: true });
}

function inUse(folder: string, holder: number): UserError {
  return new UserError(
    `Another run is writing into ${folder} (process ${holder}): wait for its end, or use --results DIR. ` +
      `If there is no such run, delete ${join(folder, LOCK)}.`,
  );
}

/** The process that holds the lock; 0 for a lock that names none; null where there is no lock. */
async function holderOf(path: string): Promise<number | null> {
  try {
    return Number.parseInt((await readFileOfRun(path)).toString("utf8"), 10) || 0;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
