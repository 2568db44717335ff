import { execa } from "execa";
import { z } from "zod";

import { UserError } from "../errors.ts";
import { trustedEnvironment } from "./environment.ts";

/** The oldest Python that metai runs, as [major, minor]. */
export const MINIMUM_PYTHON = [3, 10] as const;

/** A real interpreter, not a version manager's shim (those cost 30 to 130 ms a start), as it tells of itself. */
export const Python = z.object({
  executable: z.string().min(1),
  /** For example "3.11.7". */
  version: z.string(),
  /** Folders that hold the interpreter, its library and its packages; a sandbox must show them. */
  prefixes: z.array(z.string()).transform((paths) => [...new Set(paths)]),
  /** Where it finds modules, its site-packages among them. */
  path: z.array(z.string()),
});
export type Python = Readonly<z.infer<typeof Python>>;

const PROBE = `
import json, os, sys
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "prefixes": [sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.path.dirname(os.path.realpath(sys.executable)))],
    "path": sys.path,
}))
`;

/**
 * Resolves the interpreter once: `wanted` if given, else the first of `python3`, `python` and, on
 * Windows, `py -3` that is new enough. Throws a UserError that names what was tried.
 */
export async function findPython(wanted?: string): Promise<Python> {
  const commands = wanted === undefined ? commandsToTry() : [[wanted]];
  const tried: string[] = [];
  for (const command of commands) {
    const found = await probe(command);
    if (typeof found === "string") tried.push(`${command.join(" ")}: ${found}`);
    else if (isNewEnough(found.version)) return found;
    else tried.push(`${command.join(" ")}: version ${found.version}`);
  }
  const needed = `Python ${MINIMUM_PYTHON.join(".")} or newer`;
  throw new UserError(
    `metai needs ${needed} and found none (${tried.join("; ")}). ` +
      `Install it from https://www.python.org/downloads/ or name one with --python PATH.`,
  );
}

function commandsToTry(): string[][] {
  const names = [["python3"], ["python"]];
  return process.platform === "win32" ? [...names, ["py", "-3"]] : names;
}

/** The interpreter, or in a few words why there is none. */
async function probe(command: readonly string[]): Promise<Python | string> {
  const [file = "", ...args] = command;
  const result = await execa(file, [...args, "-I", "-c", PROBE], {
    reject: false,
    timeout: 15_000,
    stdin: "ignore",
    env: trustedEnvironment(),
    extendEnv: false,
  });
  if (result.failed) {
    if (result.code === "ENOENT" || result.exitCode === 127) return "not found";
    return result.timedOut ? "does not answer" : "is no working Python 3";
  }
  try {
    return Python.parse(JSON.parse(result.stdout));
  } catch {
    return "is no working Python 3";
  }
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]);
}
