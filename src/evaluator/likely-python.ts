import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";

/**
 * A program that most likely is the interpreter that `findPython` would find, without starting it; null where
 * that takes a start. Only one that is started knows whether it is one.
 */
export function likelyPython(wanted = "python3", folder = process.cwd()): string | null {
  if (process.platform === "win32") return null;
  const folders = wanted.includes("/") ? [""] : (process.env["PATH"] ?? "").split(delimiter);
  for (const directory of folders) {
    const path = directory === "" ? wanted : join(directory, wanted);
    const start = firstBytes(path);
    if (start !== null) return start === "#!" ? behindPyenvShim(path, folder) : path;
  }
  return null;
}

/**
 * What pyenv would start for a shim of its own, by its rules: PYENV_VERSION, else the nearest .python-version
 * upwards, else its global version. It takes 60 to 130 ms to say so itself. Null where it would have to choose: of
 * several versions, for a part of a number, for the system's own; and for any other script.
 */
function behindPyenvShim(shim: string, folder: string): string | null {
  const root = dirname(dirname(shim));
  if (basename(dirname(shim)) !== "shims") return null;
  const version = (
    process.env["PYENV_VERSION"] ??
    nearestVersion(folder) ??
    read(join(root, "version"))
  )?.trim();
  if (version === undefined || !/^\w[\w.+-]*$/.test(version)) return null;
  const path = join(root, "versions", version, "bin", basename(shim));
  const start = firstBytes(path);
  return start === null || start === "#!" ? null : path;
}

function nearestVersion(folder: string): string | undefined {
  const above = dirname(folder);
  return (
    read(join(folder, ".python-version")) ?? (above === folder ? undefined : nearestVersion(above))
  );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
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
