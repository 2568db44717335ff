import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";

import { UserError } from "../errors.ts";
import type { AgentEvaluation, Evaluator } from "../core/ports.ts";
import type { SandboxLevel, Task, TaskOutcome } from "../core/records.ts";
import { type Job, JudgeLost, NoPython, type Solution } from "./judge.ts";
import { DEFAULT_TIMEOUT_SECONDS } from "./limits.ts";
import { findPython, type Python } from "./interpreter.ts";
import type { JudgeProcess } from "./judge-process.ts";
import { likelyPython } from "./likely-python.ts";
import { Pool } from "./pool.ts";
import { startJudges } from "./start-judges.ts";

export interface EvaluatorOptions {
  /** The interpreter; by default the first that is found. */
  readonly python?: string | undefined;
  /** `auto` takes bubblewrap where it works, else `process`. */
  readonly sandbox?: "auto" | SandboxLevel;
  /** Judges at work side by side; by default one for each processor. */
  readonly workers?: number | undefined;
  /** Seconds of wall clock for a task. */
  readonly timeout?: number;
  /** Whether suspects are forked; by default wherever the system can. */
  readonly fork?: boolean;
  /** What `beginJudges` has begun with this interpreter. */
  readonly begun?: readonly JudgeProcess[];
}

/** An evaluator with its processes running. `close` ends them all. */
export interface RunningEvaluator extends Evaluator {
  readonly python: Python;
  /** Why `auto` did not get bubblewrap, or null. */
  readonly sandboxNote: string | null;
  readonly workers: number;
  /** What one solution does on one task. At most `workers` are at work; more wait their turn. */
  evaluateSolution(solution: Solution, task: Task, signal: AbortSignal): Promise<TaskOutcome>;
  close(): Promise<void>;
}

/** Starts the judges. Throws a UserError where Python or the sandbox that was asked for is missing. */
export async function startEvaluator(options: EvaluatorOptions = {}): Promise<RunningEvaluator> {
  const { sandbox = "auto", timeout = DEFAULT_TIMEOUT_SECONDS } = options;
  const begun = [...(options.begun ?? [])];
  const workers = options.workers ?? availableParallelism();
  const fork = options.fork ?? process.platform !== "win32";
  const { python, start, judges, level, note } = await onInterpreter(options.python, (command) =>
    startJudges({ command, begun, sandbox, workers, fork, timeout }),
  );
  const pool = new Pool(judges, start);
  return {
    python,
    sandbox: level,
    sandboxNote: note,
    workers,
    evaluateAgent: (source, tasks, { signal, onOutcome }) =>
      evaluateAgent(pool, source, tasks, signal, timeout, onOutcome),
    evaluateSolution: (solution, task, signal) => {
      setMaxListeners(0, signal);
      return judgeTask(pool, { do: "solution", ...solution, task }, signal, timeout);
    },
    close: () => pool.close(),
  };
}

/** Tries the interpreter that is most likely the right one, and asks around only if it is none. */
async function onInterpreter<T>(
  wanted: string | undefined,
  work: (command: string) => Promise<T>,
): Promise<T> {
  const likely = likelyPython(wanted);
  try {
    if (likely !== null) return await work(likely);
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
  }
  const { executable } = await findPython(wanted);
  try {
    return await work(executable);
  } catch (error) {
    if (!(error instanceof NoPython)) throw error;
    throw new UserError(
      `${executable} says that it is Python but does not work as one: name another with --python PATH.`,
      { cause: error },
    );
  }
}

async function evaluateAgent(
  pool: Pool,
  source: string,
  tasks: readonly Task[],
  signal: AbortSignal,
  timeout: number,
  onOutcome: ((outcome: TaskOutcome) => void) | undefined,
): Promise<AgentEvaluation> {
  setMaxListeners(0, signal); // one for each task that waits for a judge
  const problem = await loadProblem(pool, source, signal);
  if (problem !== null) return { status: "invalid", reason: problem };
  const outcomes = tasks.map(async (task) => {
    const outcome = await judgeTask(pool, { do: "agent", source, task }, signal, timeout);
    onOutcome?.(outcome);
    return outcome;
  });
  return { status: "evaluated", outcomes: await Promise.all(outcomes) };
}

/** Why the source is no agent, or null. */
async function loadProblem(
  pool: Pool,
  source: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const answer = await pool.ask({ do: "load", source }, signal);
    if (!("problem" in answer)) throw new Error("a judge answered another question");
    return answer.problem;
  } catch (error) {
    if (!(error instanceof JudgeLost)) throw error;
    return `loading it: ${error.overran ? "no result in time" : "it ended its judge, twice"}`;
  }
}

async function judgeTask(
  pool: Pool,
  job: Exclude<Job, { do: "load" }>,
  signal: AbortSignal,
  timeout: number,
): Promise<TaskOutcome> {
  const { task_id } = job.task;
  const started = performance.now();
  try {
    const answer = await pool.ask(job, signal);
    if (!("outcome" in answer)) throw new Error("a judge answered another question");
    const { outcome, reason, duration_ms } = answer;
    return { task_id, outcome, reason, duration_ms };
  } catch (error) {
    if (!(error instanceof JudgeLost)) throw error;
    const duration_ms = Math.round(performance.now() - started);
    return error.overran
      ? { task_id, outcome: "timeout", reason: `no result within ${timeout} s`, duration_ms }
      : { task_id, outcome: "crashed", reason: "it ended its judge, twice", duration_ms };
  }
}
