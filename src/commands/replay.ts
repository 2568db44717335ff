import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";

import { openForRun } from "../benchmark/choice.ts";
import { describeBenchmarkEvent } from "../benchmark/events.ts";
import {
  type BenchmarkOptions,
  type EvaluatorChoice,
  readEnvironment,
  resolveChoice,
} from "../config.ts";
import { UserError } from "../errors.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import { readRun } from "../store/read-run.ts";
import { ownFiles } from "../store/results-folder.ts";
import { inResultsFolder } from "./experiment.ts";
import { readRecordedRun, recordedHeldOut, withRecordedBenchmark } from "./recorded-run.ts";
import { refuseCheats } from "./refuse-cheats.ts";
import { compareRuns } from "./replay-compare.ts";
import { printReplay, replaySummary } from "./replay-print.ts";
import { replayRun } from "./replay-run.ts";
import { warnOfWeakSandbox } from "./sandbox-warning.ts";

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
  const recorded = await readRecordedRun(folder);
  const choice = resolveChoice(withRecordedBenchmark(options, recorded), await readEnvironment());
  await refuseFolder(folder, options);
  const tell = quiet ? () => {} : (line: string) => console.error(line);
  const benchmark = await openForRun(choice, {
    signal,
    onEvent: (event) => tell(describeBenchmarkEvent(event)),
  });
  const heldOut = recordedHeldOut(recorded, benchmark);
  const { timeout_seconds: timeout } = recorded.started.facts.settings;
  const evaluator = await startEvaluator({ python, sandbox, timeout, workers });
  try {
    warnOfWeakSandbox("agents", evaluator, tell);
    const cheats = await refuseCheats(evaluator, signal);
    const parts = { recorded, results, tasks: benchmark.tasks, heldOut, evaluator, cheats };
    await inResultsFolder(results, { signal }, () => replayRun({ ...parts, quiet, signal }));
  } finally {
    await evaluator.close();
  }
  const replayed = await readRun(results);
  const summary = replaySummary(recorded, replayed, await compareRuns(recorded, replayed));
  if (options.json) console.log(JSON.stringify(summary, null, 2));
  else printReplay(summary);
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
