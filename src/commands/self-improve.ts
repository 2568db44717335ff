import { openForRun, type RunBenchmark } from "../benchmark/choice.ts";
import {
  readEnvironment,
  resolveSelfImprove,
  type SelfImproveConfig,
  type SelfImproveOptions,
} from "../config.ts";
import { describeBenchmarkEvent } from "../benchmark/events.ts";
import { oneLine } from "../core/one-line.ts";
import type { Proposer } from "../core/ports.ts";
import { Interrupted, messageOf, UserError } from "../errors.ts";
import { startEvaluator, type RunningEvaluator } from "../evaluator/evaluator.ts";
import { SUSPECT_LIMITS } from "../evaluator/limits.ts";
import { selfImprove, type RunResult } from "../loop/self-improve.ts";
import { mockProposer } from "../proposer/mock.ts";
import { lockFolder } from "../store/lock.ts";
import type { Manifest } from "../store/manifest.ts";
import { checkWritable, ownFiles, resetResults, ResultsFolder } from "../store/results-folder.ts";
import { packageVersion, readSeedAgent } from "./package-info.ts";
import { createProgress } from "./progress.ts";
import { refuseCheats } from "./refuse-cheats.ts";
import { printRunSummary, runSummary } from "./run-summary.ts";
import { warnOfWeakSandbox } from "./sandbox-warning.ts";

/** `metai self-improve`. Everything a run needs is checked before anything of an earlier run is touched. */
export async function runSelfImprove(
  options: SelfImproveOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = resolveSelfImprove(options, await readEnvironment());
  const proposer = await createProposer(config);
  await refuseUnfinishedBusiness(config);
  const tell = config.quiet ? () => {} : (line: string) => console.error(line);
  const benchmark = await openForRun(config.benchmark, {
    signal,
    onEvent: (event) => tell(describeBenchmarkEvent(event)),
  });
  if (config.benchmark.kind !== "humaneval") tell(splitInWords(benchmark));
  const evaluator = await startEvaluator(config.evaluator);
  try {
    warnOfWeakSandbox("agents", evaluator, tell);
    const cheats = await refuseCheats(evaluator, signal);
    const result = await inResultsFolder(config.results, signal, () =>
      run(config, { proposer, benchmark, evaluator, cheats, signal }),
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

async function createProposer({ proposer }: SelfImproveConfig): Promise<Proposer> {
  if (proposer.kind === "mock") return mockProposer();
  const { openaiProposer } = await import("../proposer/openai.ts");
  const { requestTimeoutSeconds, ...rest } = proposer;
  return openaiProposer({ ...rest, requestTimeoutMs: requestTimeoutSeconds * 1000 });
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

interface Parts {
  readonly proposer: Proposer;
  readonly benchmark: RunBenchmark;
  readonly evaluator: RunningEvaluator;
  readonly cheats: Manifest["cheats"];
  readonly signal: AbortSignal;
}

/** The run itself, with a manifest that says how it stands whatever happens. */
async function run(config: SelfImproveConfig, parts: Parts): Promise<RunResult> {
  const { proposer, benchmark, evaluator, signal } = parts;
  const store = new ResultsFolder(config.results);
  const manifest = manifestOf(config, parts);
  await store.writeManifest(manifest);
  const progress = createProgress({
    quiet: config.quiet,
    generations: config.generations,
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
      seedSource: readSeedAgent(),
      generations: config.generations,
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

function manifestOf(config: SelfImproveConfig, parts: Parts): Manifest {
  const { proposer, benchmark, evaluator, cheats } = parts;
  const openai = config.proposer.kind === "openai" ? config.proposer : null;
  return {
    status: "running",
    ended: null,
    problem: null,
    run_type: proposer.runType,
    model: proposer.model,
    base_url: proposer.baseUrl,
    started_at: new Date().toISOString(),
    ended_at: null,
    settings: {
      generations: config.generations,
      early_stop: config.earlyStop,
      timeout_seconds: config.evaluator.timeout,
      temperature: openai?.temperature ?? null,
      max_retries: openai?.maxRetries ?? null,
      request_timeout_seconds: openai?.requestTimeoutSeconds ?? null,
    },
    benchmark: {
      name: benchmark.name,
      tasks: benchmark.tasks.length,
      archive_sha256: benchmark.archiveSha256,
      content_sha256: benchmark.contentSha256,
    },
    evaluator: {
      sandbox: evaluator.sandbox,
      sandbox_note: evaluator.sandboxNote,
      python: evaluator.python.version,
      workers: evaluator.workers,
      limits: SUSPECT_LIMITS,
    },
    cheats,
    versions: { metai: packageVersion(), node: process.version, platform: process.platform },
  };
}
