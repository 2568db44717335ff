import { Option } from "@commander-js/extra-typings";

import { UserError } from "../../errors.ts";
import { nonEmpty } from "./types.ts";

/** Where a run goes, and is looked for, unless another folder is named. */
export const RESULTS = "results";

/** How `analyze` and `rebuild` were told of a run's folder before all commands took it as their argument. */
export const results = new Option("--results <dir>", "the same as the argument").argParser(
  nonEmpty,
);

/** The folder that was named, one way or the other. @throws UserError if it was named in both. */
export function oneFolder(run: string | undefined, named: string | undefined): string {
  if (run !== undefined && named !== undefined) {
    throw new UserError("Name the run's folder once: as the argument, or with --results.");
  }
  return run ?? named ?? RESULTS;
}

/** A path as a shell takes it, that of Windows where metai runs there. */
export function quoted(path: string): string {
  if (process.platform === "win32") return /^[\w.\\/:-]+$/.test(path) ? path : `"${path}"`;
  return /^[\w./:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** What follows a command's name so that it reads the run in this folder: nothing where it does so anyway. */
export function asArgument(folder: string): string {
  return folder === RESULTS ? "" : ` ${quoted(folder)}`;
}
