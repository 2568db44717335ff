import { closeSync, openSync, readSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A program that most likely is the interpreter that `findPython` would find, without starting it; null where
 * that takes a start: a version manager's shim is a script. Only one that is started knows whether it is one.
 */
export function likelyPython(wanted = "python3"): string | null {
  if (process.platform === "win32") return null;
  const folders = wanted.includes("/") ? [""] : (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders) {
    const path = folder === "" ? wanted : join(folder, wanted);
    const start = firstBytes(path);
    if (start !== null) return start === "#!" ? null : path;
  }
  return null;
}

function firstBytes(path: string): string | null {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(2);
      readSync(file, bytes, 0, 2, 0);
      return bytes.toString("latin1");
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
