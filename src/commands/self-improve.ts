import { openForRun, type RunBenchmark } from "../benchmark/choice.ts";
import {
  readEnvironment,
  resolveSelfImprove,
  type SelfImproveConfig,
  type SelfImproveOptions,
} from "../config.ts";
import { describeBenchmarkEvent } from "../benchmark/events.ts";
import { oneLine } from "../core/one-line.ts";
import { describeSystemError } from "../errors.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import {
  heldOutOf,
  inResultsFolder,
  type PreparedRun,
  refuseEarlierRun,
  runExperiment,
} from "./run/experiment.ts";
import { holdsRun, holdsSeveral } from "../store/run-folders.ts";
import { ownFiles } from "../store/results-folder.ts";
import { prepareProposer } from "./run/proposers.ts";
import { readRegistration } from "./run/registered-file.ts";
import { refuseCheats } from "./run/refuse-cheats.ts";
import { prepareReplicates } from "./replicates/replicates.ts";
import { refuseOtherRuns } from "./replicates/folder.ts";
import { printRunSummary, runSummary } from "./run/summary.ts";
import { priceOfRun } from "./run/spending.ts";
import { warnOfWeakSandbox } from "./terminal/sandbox-warning.ts";

/** `metai self-improve`. Everything a run needs is checked before anything of an earlier run is touched. */
export async function runSelfImprove(
  options: SelfImproveOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = resolveSelfImprove(options, await readEnvironment());
  const registered =
    config.preregister === null ? null : await readRegistration(config.preregister);
  const price = await priceOfRun(config);
  const { replicates } = config;
  const run = await (replicates === null
    ? prepareRun(config)
    : prepareReplicates(config, replicates));
  if (config.earlierRun === "refuse") await refuseEarlierRun(config.results, { canResume: true });
  if (config.earlierRun === "resume") await refuseOtherRuns(config.results, replicates);
  const tell = config.quiet ? () => {} : (line: string) => console.error(line);
  if (config.earlierRun === "resume") tell(await whatIsResumed(config.results));
  const benchmark = await openForRun(config.benchmark, {
    signal,
    onEvent: (event) => tell(describeBenchmarkEvent(event)),
  });
  if (config.benchmark.kind !== "humaneval") tell(splitInWords(benchmark));
  const heldOut = heldOutOf(benchmark, config);
  const evaluator = await startEvaluator(config.evaluator);
  try {
    warnOfWeakSandbox("agents", evaluator);
    const cheats = await refuseCheats(evaluator, signal);
    const keep = config.earlierRun === "resume";
    const tellResult = await inResultsFolder(config.results, { signal, keep }, () =>
      run({ benchmark, heldOut, registered, price, evaluator, cheats, signal }),
    );
    tellResult();
  } catch (error) {
    if (signal.aborted || (isOfSystem(error) && (await hasBegun(config.results)))) {
      tell(`The same command with --resume goes on with the run in ${config.results}.`);
    }
    throw error;
  } finally {
    await evaluator.close();
  }
}

/** Such as a full disk, which can be mended. */
function isOfSystem(error: unknown): boolean {
  return describeSystemError(error) !== null;
}

async function hasBegun(results: string): Promise<boolean> {
  return (await holdsRun(results)) || (await holdsSeveral(results));
}

async function prepareRun(config: SelfImproveConfig): Promise<PreparedRun> {
  const prepared = await prepareProposer(config.proposer);
  return async (parts) => {
    const summary = runSummary(config.results, await runExperiment(config, { ...parts, prepared }));
    return () => {
      if (config.json) console.log(JSON.stringify(summary, null, 2));
      else printRunSummary(summary, config.benchmark);
    };
  };
}

/** A mistyped folder would be begun anew, and paid for. */
async function whatIsResumed(folder: string): Promise<string> {
  const [first] = await ownFiles(folder);
  return first === undefined
    ? `There is no run in ${folder} to go on with: this one begins.`
    : `Going on with the run in ${folder}: what it has is told again, from disk.`;
}

/** What a run on tasks that are not the well-known ones selects on. */
function splitInWords({ name, tasks, heldOut }: RunBenchmark): string {
  const which = `${tasks.length} ${oneLine(name, 60)} tasks`;
  return heldOut.length === 0
    ? `Candidates are selected on all ${which}: none is held out.`
    : `Candidates are selected on the first ${which}; the other ${heldOut.length} are held out.`;
}
