import type { OutcomeKind, SandboxLevel, TaskOutcome } from "../../core/records.ts";
import type { RunningEvaluator } from "../evaluator.ts";
import { type Cheat, passesAtProcess } from "./catalogue.ts";
import { hasLandlock } from "./landlock.ts";
import { plantTasks } from "./plant.ts";
import {
  type CheatTask,
  type CheatTasks,
  makeNotes,
  makeTasks,
  TASK_NAMES,
  type TaskName,
} from "./tasks.ts";

/** What became of one cheat. */
export interface CheatResult {
  readonly cheat: Cheat;
  /** Of the last of its tasks. */
  readonly outcome: OutcomeKind;
  readonly reason: string;
  /** Whether it got a pass, which nobody can earn. */
  readonly earned: boolean;
  /** Whether this sandbox level is known not to stop it. */
  readonly expected: boolean;
}

export interface RunCheatsOptions {
  readonly evaluator: CheatEvaluator;
  /** One with a single worker, for cheats of several tasks; it is not to be the same. */
  readonly single?: CheatEvaluator | undefined;
  readonly signal: AbortSignal;
  readonly onResult?: ((result: CheatResult) => void) | undefined;
}

export type CheatEvaluator = Pick<
  RunningEvaluator,
  "sandbox" | "python" | "workers" | "evaluateAgent" | "evaluateSolution"
>;

/** Runs cheats on fresh tasks; returns what became of each, in their order. */
export async function runCheats(
  cheats: readonly Cheat[],
  options: RunCheatsOptions,
): Promise<CheatResult[]> {
  const { evaluator, single, onResult } = options;
  const alone = cheats.filter(isSequence);
  if (alone.length > 0 && single?.workers !== 1) {
    throw new Error("cheats of several tasks need an evaluator with one worker");
  }
  const tasks = makeTasks();
  const known = await knownToPass(cheats, evaluator);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const results = new Map<Cheat, CheatResult>();
  const run = async (cheat: Cheat, on: CheatEvaluator) => {
    const { outcome, reason } = await lastOutcome(cheat, tasks, on, signal);
    const earned = outcome === "passed";
    const result = { cheat, outcome, reason, earned, expected: known.has(cheat) };
    results.set(cheat, result);
    onResult?.(result);
  };
  const inTurn = async () => {
    for (const cheat of alone) await run(cheat, single ?? evaluator); // no other between two tasks
  };
  const remove = await plantTasks(
    TASK_NAMES.map((name) => tasks[name].task),
    evaluator.python.executable,
  );
  try {
    const others = cheats.filter((cheat) => !isSequence(cheat));
    await Promise.all([inTurn(), ...others.map((cheat) => run(cheat, evaluator))]);
  } finally {
    stop.abort(new Error("the cheats are no longer wanted"));
    await remove();
  }
  return cheats.flatMap((cheat) => results.get(cheat) ?? []);
}

/** Those that the evaluator's sandbox level is known not to stop here. */
async function knownToPass(
  cheats: readonly Cheat[],
  { sandbox, python }: CheatEvaluator,
): Promise<ReadonlySet<Cheat>> {
  const weak = cheats.filter((cheat) => sandbox === "process" && cheat.process !== null);
  const landlock = weak.length > 0 && (await hasLandlock(python.executable));
  return new Set(weak.filter((cheat) => passesAtProcess(cheat, landlock)));
}

/** The tasks that are not passed even by a solution that was told the secrets: none, or cheats show nothing. */
export async function failedControls(
  evaluator: CheatEvaluator,
  signal: AbortSignal,
): Promise<TaskName[]> {
  const tasks = makeTasks();
  const outcomes = await Promise.all(
    TASK_NAMES.map(async (name) => {
      const { task, control: source } = tasks[name];
      const { outcome } = await evaluator.evaluateSolution({ source, whole: true }, task, signal);
      return { name, outcome };
    }),
  );
  return outcomes.filter(({ outcome }) => outcome !== "passed").map(({ name }) => name);
}

/** Whether its tasks must be judged by one worker, one after the other. */
export function isSequence({ tasks }: Cheat): boolean {
  return tasks.length > 1;
}

/** Which cheats may be run at a level: what could harm the machine only where bubblewrap walls it in. */
export function isSafe({ harmful }: Cheat, sandbox: SandboxLevel): boolean {
  return harmful === null || sandbox === "bubblewrap";
}

/** The cheats that a run can afford before it starts: quick ones, which this level should stop. */
export function cheapCheats(cheats: readonly Cheat[], sandbox: SandboxLevel): readonly Cheat[] {
  return cheats.filter(
    (cheat) =>
      cheat.slow === null &&
      cheat.harmful === null &&
      !isSequence(cheat) &&
      (cheat.process === null || sandbox === "bubblewrap"),
  );
}

/** What became of the last of a cheat's tasks. */
async function lastOutcome(
  cheat: Cheat,
  shared: CheatTasks,
  evaluator: CheatEvaluator,
  signal: AbortSignal,
): Promise<Pick<TaskOutcome, "outcome" | "reason">> {
  const tasks = isSequence(cheat) ? { ...shared, ...makeNotes() } : shared;
  let last: Pick<TaskOutcome, "outcome" | "reason"> | undefined;
  for (const name of cheat.tasks) last = await outcomeOf(cheat, tasks[name], evaluator, signal);
  if (!last) throw new Error(`${cheat.name} has no task`);
  return last;
}

async function outcomeOf(
  { agent, source }: Cheat,
  { task }: CheatTask,
  evaluator: CheatEvaluator,
  signal: AbortSignal,
): Promise<Pick<TaskOutcome, "outcome" | "reason">> {
  if (!agent) return evaluator.evaluateSolution({ source, whole: true }, task, signal);
  const evaluation = await evaluator.evaluateAgent(source, [task], { signal });
  if (evaluation.status === "invalid") return { outcome: "invalid", reason: evaluation.reason };
  const [outcome] = evaluation.outcomes;
  if (!outcome) throw new Error("the evaluator gave no outcome");
  return outcome;
}
