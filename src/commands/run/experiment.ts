import type { RunBenchmark } from "../../benchmark/choice.ts";
import type { ExperimentConfig } from "../../config.ts";
import type { RunEnding, RunFacts } from "../../core/journal.ts";
import type { Budget } from "../../core/budget.ts";
import type { Price } from "../../core/price.ts";
import { oneLine } from "../../core/one-line.ts";
import type { Task } from "../../core/records.ts";
import type { RunRecord } from "../../core/run-record.ts";
import { Interrupted, messageOf, UserError } from "../../errors.ts";
import type { RunningEvaluator } from "../../evaluator/evaluator.ts";
import type { RunResult } from "../../loop/parts.ts";
import { selfImprove } from "../../loop/self-improve.ts";
import { lockFolder } from "../../store/lock.ts";
import { checkWritable, ownFiles, resetResults } from "../../store/results-folder.ts";
import { runFoldersBelow } from "../../store/run-folders.ts";
import { isOver, openResults } from "./open-results.ts";
import { createProgress, type Progress } from "./progress.ts";
import type { PreparedProposer } from "./proposers.ts";
import type { RegisteredFile } from "./registered-file.ts";
import { runFacts } from "./facts.ts";
import { budgetOf } from "./spending.ts";

/**
 * Everything is checked: only now is an earlier run removed, unless it is to be gone on with, and no other
 * run may come between.
 */
export async function inResultsFolder<T>(
  folder: string,
  { signal, keep = false }: { readonly signal: AbortSignal; readonly keep?: boolean },
  work: () => Promise<T>,
): Promise<T> {
  await checkWritable(folder);
  const unlock = await lockFolder(folder);
  try {
    signal.throwIfAborted();
    if (!keep) await resetUnused(folder);
    return await work();
  } finally {
    await unlock();
  }
}

/** Throws a UserError where a run is at work in a folder below, which has a lock of its own. */
async function resetUnused(folder: string): Promise<void> {
  for (const below of await runFoldersBelow(folder)) await (await lockFolder(below))();
  await resetResults(folder);
}

/** Throws a UserError where a folder holds a run already; not every command can go on with one. */
export async function refuseEarlierRun(
  folder: string,
  { canResume }: { readonly canResume: boolean },
): Promise<void> {
  const [first] = await ownFiles(folder);
  if (first === undefined) return;
  const resume = canResume ? "--resume to go on with it, " : "";
  throw new UserError(
    `The folder ${folder} already holds a run: add ${resume}--reset-results to replace it, ` +
      `or --results DIR to write the new one elsewhere.`,
  );
}

/** Throws a UserError where more are asked for than there are. */
export function heldOutOf(
  { name, heldOut: all }: RunBenchmark,
  { heldOut }: Pick<ExperimentConfig, "heldOut">,
): readonly Task[] {
  if (heldOut === "all") return all;
  if (heldOut <= all.length) return all.slice(0, heldOut);
  const about = `--held-out ${heldOut}: ${oneLine(name, 60)} has`;
  throw new UserError(
    all.length === 0
      ? `${about} no tasks to hold out: leave it out.`
      : `${about} only ${all.length} tasks to hold out; give ${all.length} or less, all or none.`,
  );
}

export interface ExperimentParts {
  readonly prepared: PreparedProposer;
  readonly benchmark: RunBenchmark;
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: RunFacts["cheats"];
  /** What was registered before the run, if anything. */
  readonly registered?: RegisteredFile | null;
  /** What its tokens cost, or null. */
  readonly price?: Price | null;
  /** What runs side by side may use together; a single one has its own. */
  readonly budget?: Budget | null;
  /** Where the run is one of several; a single one tells its own. */
  readonly progress?: Progress;
  readonly signal: AbortSignal;
}

/** What runs that are made side by side have in common. */
export type SharedParts = Omit<ExperimentParts, "prepared">;

/** A run, or several, whose proposers are there: what is left needs the evaluator. Returns what tells the result. */
export type PreparedRun = (parts: SharedParts) => Promise<() => void>;

/** What a run came to, and the SHA-256 of its journal's last line. */
export interface ExperimentResult extends RunResult {
  readonly head: string;
}

/** A run that is new in its folder, or goes on with what the folder holds. Its journal says how it ended. */
export async function runExperiment(
  wanted: ExperimentConfig,
  parts: ExperimentParts,
): Promise<ExperimentResult> {
  // To stop at the best is to select.
  const earlyStop = wanted.earlyStop && wanted.control !== "no-selection";
  const config = { ...wanted, earlyStop };
  const { prepared, benchmark, heldOut, evaluator, signal, price = null } = parts;
  const proposer = prepared.start(evaluator);
  const facts = await runFacts(config, { ...parts, proposer, price });
  const started = {
    type: "run-started",
    facts,
    tasks: benchmark.tasks.map((task) => task.task_id),
    held_out: heldOut.map((task) => task.task_id),
  } as const;
  const results = await openResults(config.results, started, parts.registered);
  const progress =
    parts.progress ??
    createProgress({
      quiet: config.quiet,
      generations: config.generations,
      candidates: config.candidates,
      tasks: started.tasks,
      model: proposer.model,
    });
  const { budget = budgetOf(config.spending, price, [results.pastLines]) } = parts;
  const wasOver = isOver(results.past);
  const end = async (ended: RunEnding, problem: string | null) => {
    if (!wasOver) await results.append({ type: "run-ended", ended, problem });
  };
  try {
    const result = await selfImprove({
      proposer,
      evaluator,
      journal: results,
      past: results.past,
      tasks: benchmark.tasks,
      heldOut,
      seedSource: prepared.seedSource,
      generations: config.generations,
      candidates: config.candidates,
      ties: config.ties,
      control: config.control,
      earlyStop: config.earlyStop,
      budget,
      signal,
      closingTime: (generation) => closedBefore(results.past, generation) ?? new Date(),
      onEvent: progress.onEvent,
    });
    await end(result.ended, result.problem);
    return { ...result, head: results.head };
  } catch (error) {
    const interrupted = signal.aborted;
    await end(interrupted ? "interrupted" : "failed", interrupted ? null : messageOf(error));
    if (interrupted) throw new Interrupted();
    throw error;
  } finally {
    progress.stop();
    await results.close();
  }
}

function closedBefore(past: RunRecord, generation: number): Date | null {
  const closed = past.closed(generation);
  return closed === undefined ? null : new Date(closed.closed_at);
}
