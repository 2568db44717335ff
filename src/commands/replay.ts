import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";

import type { BenchmarkOptions, EvaluatorChoice } from "../config.ts";
import { UserError } from "../errors.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import { readRun } from "../store/read-run.ts";
import { ownFiles } from "../store/results-folder.ts";
import { checkBenchmark, type FoundBenchmark } from "../verify/benchmark.ts";
import { openBenchmarkOfRun } from "./verify/benchmark-of-run.ts";
import { inResultsFolder } from "./run/experiment.ts";
import { refuseCheats } from "./run/refuse-cheats.ts";
import { compareRuns } from "./replay/compare.ts";
import { printReplay, replaySummary } from "./replay/print.ts";
import { replayRun } from "./replay/run.ts";
import { type ReplayableRun, readReplayableRun } from "./replay/replayable-run.ts";
import { warnOfWeakSandbox } from "./terminal/sandbox-warning.ts";

/** `metai replay`, as commander parses it. */
export interface ReplayOptions extends EvaluatorChoice, BenchmarkOptions {
  results: string;
  resetResults?: true | undefined;
  workers?: number | undefined;
  quiet?: true | undefined;
}

/** `metai replay`. Throws "refused" where the replay comes out otherwise than the run. */
export async function runReplay(
  folder: string,
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<void> {
  const { results, quiet = false, python, sandbox, workers } = options;
  const recorded = await readReplayableRun(folder);
  await refuseFolder(folder, options);
  const { facts } = recorded.started;
  const benchmark = await openBenchmarkOfRun(facts, options, signal);
  refuseOtherTasks(recorded, benchmark);
  const heldOut = benchmark.heldOut.slice(0, facts.settings.held_out);
  const { timeout_seconds: timeout } = facts.settings;
  const evaluator = await startEvaluator({ python, sandbox, timeout, workers });
  try {
    warnOfWeakSandbox("agents", evaluator);
    const cheats = await refuseCheats(evaluator, signal);
    const parts = { recorded, results, tasks: benchmark.tasks, heldOut, evaluator, cheats };
    await inResultsFolder(results, { signal }, () => replayRun({ ...parts, quiet, signal }));
  } finally {
    await evaluator.close();
  }
  const replayed = await readRun(results);
  const summary = replaySummary(recorded, replayed, await compareRuns(recorded, replayed));
  if (options.json) console.log(JSON.stringify(summary, null, 2));
  else printReplay(summary, benchmark.choice);
  if (summary.identical) return;
  throw new UserError(`The replay in ${results} differs from the run in ${folder}.`, {
    kind: "refused",
  });
}

/** Throws a UserError where the new run would take the place of another, or of the one to be replayed. */
async function refuseFolder(folder: string, { results, resetResults }: ReplayOptions) {
  const [first] = await ownFiles(results);
  if (first === undefined) return;
  const inside = relative(await realpath(results), await realpath(folder));
  if (!inside.startsWith("..") && !isAbsolute(inside)) {
    throw new UserError(
      `The run to be replayed is in ${join(results, inside)} itself: give another folder with --results DIR.`,
    );
  }
  if (resetResults) return;
  throw new UserError(
    `The folder ${results} already holds a run: add --reset-results to replace it, or give another with --results DIR.`,
  );
}

/** Throws a UserError where a benchmark is not the one that the run was judged on. */
function refuseOtherTasks(recorded: ReplayableRun, benchmark: FoundBenchmark): void {
  const [problem] = checkBenchmark(recorded, benchmark);
  if (problem === undefined) return;
  throw new UserError(`The run in ${recorded.folder} cannot be replayed here: ${problem.words}.`);
}
