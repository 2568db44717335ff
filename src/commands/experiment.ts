import type { RunBenchmark } from "../benchmark/choice.ts";
import type { ExperimentConfig } from "../config.ts";
import { oneLine } from "../core/one-line.ts";
import type { Task } from "../core/records.ts";
import { Interrupted, messageOf, UserError } from "../errors.ts";
import type { RunningEvaluator } from "../evaluator/evaluator.ts";
import type { RunResult } from "../loop/parts.ts";
import { selfImprove } from "../loop/self-improve.ts";
import { lockFolder } from "../store/lock.ts";
import type { Manifest } from "../store/manifest.ts";
import { checkWritable, ownFiles, resetResults, ResultsFolder } from "../store/results-folder.ts";
import { createProgress } from "./progress.ts";
import type { PreparedProposer } from "./proposers.ts";
import { manifestOf } from "./run-manifest.ts";

/** Everything is checked: only now is an earlier run removed, and no other run may come between. */
export async function inResultsFolder<T>(
  folder: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  await checkWritable(folder);
  const unlock = await lockFolder(folder);
  try {
    signal.throwIfAborted();
    await resetResults(folder);
    return await work();
  } finally {
    await unlock();
  }
}

/** Throws a UserError where a folder holds a run already. */
export async function refuseEarlierRun(folder: string): Promise<void> {
  const [first] = await ownFiles(folder);
  if (first === undefined) return;
  throw new UserError(
    `The folder ${folder} already holds a run: add --reset-results to replace it, ` +
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
  throw new UserError(
    `--held-out ${heldOut}: ${oneLine(name, 60)} has only ${all.length} tasks to hold out; give ${all.length} or less, all or none.`,
  );
}

export interface ExperimentParts {
  readonly prepared: PreparedProposer;
  readonly benchmark: RunBenchmark;
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: Manifest["cheats"];
  readonly signal: AbortSignal;
}

/** The run itself, with a manifest that says how it stands whatever happens. */
export async function runExperiment(
  config: ExperimentConfig,
  parts: ExperimentParts,
): Promise<RunResult> {
  const { prepared, benchmark, heldOut, evaluator, signal } = parts;
  const proposer = prepared.start(evaluator);
  const store = new ResultsFolder(config.results);
  const { boxSha256 } = prepared;
  const manifest = manifestOf(config, { ...parts, proposer, boxSha256 });
  await store.writeManifest(manifest);
  const progress = createProgress({
    quiet: config.quiet,
    generations: config.generations,
    candidates: config.candidates,
    tasks: benchmark.tasks.map((task) => task.task_id),
    model: proposer.model,
  });
  const end = (how: Pick<Manifest, "status" | "ended" | "problem">) =>
    store.writeManifest({ ...manifest, ...how, ended_at: new Date().toISOString() });
  try {
    const result = await selfImprove({
      proposer,
      evaluator,
      store,
      benchmark: benchmark.name,
      tasks: benchmark.tasks,
      heldOut,
      seedSource: prepared.seedSource,
      generations: config.generations,
      candidates: config.candidates,
      ties: config.ties,
      control: config.control,
      earlyStop: config.earlyStop,
      signal,
      now: () => new Date(),
      onEvent: progress.onEvent,
    });
    await end({ status: "done", ended: result.ended, problem: null });
    return result;
  } catch (error) {
    const interrupted = signal.aborted;
    const problem = interrupted ? null : messageOf(error);
    await end({ status: interrupted ? "interrupted" : "failed", ended: null, problem });
    if (interrupted) throw new Interrupted();
    throw error;
  } finally {
    progress.stop();
  }
}
