import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { SandboxLevel } from "../core/records.ts";
import { messageOf, UserError } from "../errors.ts";
import { bubblewrapCommand, readablePaths } from "./bubblewrap.ts";
import { suspectEnvironment } from "./environment.ts";
import type { Python } from "./interpreter.ts";
import { CannotStart, Judge, type JudgeSettings } from "./judge.ts";
import { type JudgeProcess, judgeProcesses } from "./judge-process.ts";
import { SUSPECT_LIMITS } from "./limits.ts";
import { SOURCES } from "./sources.ts";

/** All of metai that a suspect's sandbox shows. */
const SUSPECT_FOLDER = fileURLToPath(new URL("python/suspect", SOURCES));

export interface JudgesWanted {
  readonly command: string;
  /** Processes to take before any is started. */
  readonly begun: JudgeProcess[];
  readonly sandbox: "auto" | SandboxLevel;
  readonly workers: number;
  readonly fork: boolean;
  readonly timeout: number;
}

/**
 * Starts judges, and gives them as they start, with what starts another. Throws NoPython where the command is no usable
 * interpreter, and a UserError where the sandbox that was asked for is missing.
 */
export async function startJudges({
  command,
  begun,
  sandbox,
  workers,
  fork,
  timeout,
}: JudgesWanted) {
  let python: Python | undefined;
  const startAs = (level: SandboxLevel, judge: JudgeProcess, place: number) =>
    Judge.start(judge, (found) => ({
      ...judgeSettings((python = found), level, fork, timeout),
      place,
      places: workers,
    }));
  const started = await startAtLevel(sandbox, (level) => {
    const taken = begun.splice(0, workers);
    const more = taken.length < workers ? judgeProcesses(command, workers - taken.length) : [];
    return firstOrNone([...taken, ...more].map((judge, place) => startAs(level, judge, place)));
  });
  if (!python) throw new Error("judges without an interpreter");
  const start = async (place: number) => {
    const [judge] = judgeProcesses(command, 1);
    if (!judge) throw new Error("no judge was begun");
    return startAs(started.level, judge, place);
  };
  return { ...started, python, start };
}

interface StartedJudges {
  /** The first of them is ready; the others may still be starting. */
  readonly judges: readonly Promise<Judge>[];
  readonly level: SandboxLevel;
  /** Why it is not bubblewrap, though that would have been taken; or null. */
  readonly note: string | null;
}

/** Starts judges at the level that is asked for and works; that one starts shows that it does. */
async function startAtLevel(
  wanted: "auto" | SandboxLevel,
  startAll: (level: SandboxLevel) => Promise<readonly Promise<Judge>[]>,
): Promise<StartedJudges> {
  if (wanted === "process") return startAsProcesses(startAll, null);
  let note = "bubblewrap runs on Linux only";
  if (process.platform === "linux") {
    try {
      return { judges: await startAll("bubblewrap"), level: "bubblewrap", note: null };
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      note = bubblewrapProblem(messageOf(error));
    }
  }
  if (wanted === "bubblewrap") {
    throw new UserError(`--sandbox bubblewrap does not work here: ${note}.`);
  }
  return startAsProcesses(startAll, note);
}

async function startAsProcesses(
  startAll: (level: SandboxLevel) => Promise<readonly Promise<Judge>[]>,
  note: string | null,
): Promise<StartedJudges> {
  try {
    return { judges: await startAll("process"), level: "process", note };
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    throw new UserError(`The evaluator cannot start its Python processes: ${error.message}.`);
  }
}

/** Waits for the first of judges that start side by side; where it cannot be started all are ended. */
async function firstOrNone(
  starting: readonly Promise<Judge>[],
): Promise<readonly Promise<Judge>[]> {
  for (const judge of starting) judge.catch(() => {}); // the pool says it to the job that needs it
  try {
    await Promise.race(starting);
    return starting;
  } catch (error) {
    const started = await Promise.allSettled(starting);
    const judges = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await Promise.all(judges.map((judge) => judge.close()));
    throw error;
  }
}

function bubblewrapProblem(message: string): string {
  if (message.includes("No such file or directory: 'bwrap'")) {
    return "bubblewrap is not installed (apt install bubblewrap, dnf install bubblewrap)";
  }
  if (/namespace|permission|not permitted/i.test(message)) {
    return `the kernel or a container forbids user namespaces (${message})`;
  }
  return message;
}

function judgeSettings(
  python: Python,
  level: SandboxLevel,
  fork: boolean,
  timeout: number,
): Omit<JudgeSettings, "place" | "places"> {
  const environment = suspectEnvironment();
  const wrapped = level === "bubblewrap";
  const readable = wrapped ? {} : { readable: readablePaths(python) };
  const limits = {
    ...SUSPECT_LIMITS,
    cpu_seconds: Math.ceil(timeout) + 2,
    contained: wrapped,
    ...readable,
  };
  return {
    fork,
    timeout,
    environment,
    suspect: [
      ...(wrapped ? bubblewrapCommand(python, { [SUSPECT_FOLDER]: "/metai" }, environment) : []),
      python.executable,
      "-I",
      "-S",
      "-B",
      wrapped ? "/metai/start.py" : join(SUSPECT_FOLDER, "start.py"),
      JSON.stringify({ limits, path: python.path }),
    ],
  };
}
