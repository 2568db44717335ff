import { fileURLToPath } from "node:url";

import { execa, type Options } from "execa";
import { expect } from "vitest";

import { humanEvalArchive } from "../helpers/humaneval.ts";

export const CLI = fileURLToPath(new URL("../../dist/bin.cjs", import.meta.url));

/** The command of a mock run that holds nothing out, which would take longer than the rest of it. */
export const MOCK_RUN = ["self-improve", "--mock", "--held-out", "none"] as const;
/** The same with one generation and nothing said on the way. */
export const SHORT_MOCK_RUN = [...MOCK_RUN, "--generations", "1", "--quiet"] as const;

/** A command that has ended, as its user sees it. */
export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The current folder. */
  readonly cwd: string;
  /** On top of `environment()`; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which it is killed: whatever becomes of the test, its command does not outlive it by much. */
  readonly timeout?: number;
}

/** Runs the built command as a user would, to its end. */
export async function metai(args: readonly string[], options: RunOptions): Promise<Ended> {
  return ended(await startMetai(args, options));
}

/** Starts the built command. It leads a process group of its own, as one typed at a terminal does. */
export function startMetai(args: readonly string[], options: RunOptions) {
  return execa(process.execPath, [CLI, ...args], metaiOptions(options));
}

export function ended(result: { exitCode?: number; stdout: string; stderr: string }): Ended {
  return { code: result.exitCode ?? null, stdout: result.stdout, stderr: result.stderr };
}

export function metaiOptions({ cwd, env = {}, timeout = 110_000 }: RunOptions) {
  return {
    cwd,
    env: { ...environment(), ...env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    detached: process.platform !== "win32",
    timeout,
    killSignal: "SIGKILL",
  } as const satisfies Options;
}

/** What a run inherits of this machine: no key, no server, no settings, and the official HumanEval at hand. */
export function environment(): Record<string, string> {
  const own = /^(?:OPENAI_|METAI_|CI$|NO_COLOR$|FORCE_COLOR$)/;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), METAI_HUMANEVAL: humanEvalArchive };
}

/** The one line that a command said before it stopped, and nothing else: no stack, no second line. */
export function onlyLine(text: string): string {
  expect(text.trim().split("\n"), text).toHaveLength(1);
  expect(text).not.toMatch(/^\s*at |node:internal/m);
  return text.trim();
}

/** The last line of what was said. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
