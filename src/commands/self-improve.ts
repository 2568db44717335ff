import { openForRun, type RunBenchmark } from "../benchmark/choice.ts";
import {
  readEnvironment,
  resolveSelfImprove,
  type SelfImproveConfig,
  type SelfImproveOptions,
} from "../config.ts";
import { describeBenchmarkEvent } from "../benchmark/events.ts";
import { oneLine } from "../core/one-line.ts";
import type { Task } from "../core/records.ts";
import { Interrupted, messageOf, UserError } from "../errors.ts";
import { startEvaluator, type RunningEvaluator } from "../evaluator/evaluator.ts";
import type { RunResult } from "../loop/parts.ts";
import { selfImprove } from "../loop/self-improve.ts";
import { lockFolder } from "../store/lock.ts";
import type { Manifest } from "../store/manifest.ts";
import { checkWritable, ownFiles, resetResults, ResultsFolder } from "../store/results-folder.ts";
import { createProgress } from "./progress.ts";
import { prepareProposer, type PreparedProposer } from "./proposers.ts";
import { refuseCheats } from "./refuse-cheats.ts";
import { manifestOf } from "./run-manifest.ts";
import { printRunSummary, runSummary } from "./run-summary.ts";
import { warnOfWeakSandbox } from "./sandbox-warning.ts";

/** `metai self-improve`. Everything a run needs is checked before anything of an earlier run is touched. */
export async function runSelfImprove(
  options: SelfImproveOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = resolveSelfImprove(options, await readEnvironment());
  const prepared = await prepareProposer(config.proposer);
  await refuseUnfinishedBusiness(config);
  const tell = config.quiet ? () => {} : (line: string) => console.error(line);
  const benchmark = await openForRun(config.benchmark, {
    signal,
    onEvent: (event) => tell(describeBenchmarkEvent(event)),
  });
  if (config.benchmark.kind !== "humaneval") tell(splitInWords(benchmark));
  const heldOut = heldOutOf(benchmark, config);
  const evaluator = await startEvaluator(config.evaluator);
  try {
    warnOfWeakSandbox("agents", evaluator, tell);
    const cheats = await refuseCheats(evaluator, signal);
    const result = await inResultsFolder(config.results, signal, () =>
      run(config, { prepared, benchmark, heldOut, evaluator, cheats, signal }),
    );
    const summary = runSummary(config.results, result);
    if (config.json) console.log(JSON.stringify(summary, null, 2));
    else printRunSummary(summary);
  } finally {
    await evaluator.close();
  }
}

/** What a run on tasks that are not the well-known ones selects on. */
function splitInWords({ name, tasks, heldOut }: RunBenchmark): string {
  const which = `${tasks.length} ${oneLine(name, 60)} tasks`;
  return heldOut.length === 0
    ? `Candidates are selected on all ${which}: none is held out.`
    : `Candidates are selected on the first ${which}; the other ${heldOut.length} are held out.`;
}

/** Everything is checked: only now is an earlier run removed, and no other run may come between. */
async function inResultsFolder<T>(
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

async function refuseUnfinishedBusiness({ results, resetResults }: SelfImproveConfig) {
  if (resetResults) return;
  const [first] = await ownFiles(results);
  if (first === undefined) return;
  throw new UserError(
    `The folder ${results} already holds a run: add --reset-results to replace it, ` +
      `or --results DIR to write the new one elsewhere.`,
  );
}

/** Throws a UserError where more are asked for than there are. */
function heldOutOf({ name, heldOut: all }: RunBenchmark, { heldOut }: SelfImproveConfig) {
  if (heldOut === "all") return all;
  if (heldOut <= all.length) return all.slice(0, heldOut);
  throw new UserError(
    `--held-out ${heldOut}: ${oneLine(name, 60)} has only ${all.length} tasks to hold out; give ${all.length} or less, all or none.`,
  );
}

interface Parts {
  readonly prepared: PreparedProposer;
  readonly benchmark: RunBenchmark;
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: Manifest["cheats"];
  readonly signal: AbortSignal;
}

/** The run itself, with a manifest that says how it stands whatever happens. */
async function run(config: SelfImproveConfig, parts: Parts): Promise<RunResult> {
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
