import { join } from "node:path";

import type { RunBenchmark } from "../benchmark/choice.ts";
import { readEnvironment } from "../config.ts";
import { type DemoConfig, type DemoOptions, resolveDemo } from "../config/demo.ts";
import type { RunningEvaluator } from "../evaluator/evaluator.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import { writeFileWhole } from "../files.ts";
import type { RunResult } from "../loop/parts.ts";
import { CONTROLS, CURVE } from "../store/layout.ts";
import type { Manifest } from "../store/manifest.ts";
import { openDemoBenchmark } from "./demo-benchmark.ts";
import { printDemoReport } from "./demo-print.ts";
import { demoReport } from "./demo-report.ts";
import { heldOutOf, inResultsFolder, refuseEarlierRun, runExperiment } from "./experiment.ts";
import { prepareEveryPart, prepareProposer } from "./proposers.ts";
import { refuseCheats } from "./refuse-cheats.ts";
import { drawCurve } from "./run-curve.ts";
import { warnOfWeakSandbox } from "./sandbox-warning.ts";

/** `metai demo`: a keyless run, the controls beside it, its curve, and a report of what came of it. */
export async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  const config = resolveDemo(options, await readEnvironment());
  const { results, quiet } = config.run;
  if (!config.resetResults) await refuseEarlierRun(results);
  const tell = quiet ? () => {} : (line: string) => console.error(line);
  const benchmark = await openDemoBenchmark(config, { signal, tell });
  const evaluator = await startEvaluator(config.run.evaluator);
  try {
    warnOfWeakSandbox("agents", evaluator, tell);
    const cheats = await refuseCheats(evaluator, signal);
    const shared = { benchmark, evaluator, cheats, signal, tell };
    const report = await inResultsFolder(results, signal, async () => {
      const run = await runItself(config, shared);
      const controls = await runControls(config, shared);
      const { bytes } = await drawCurve(results, false);
      await writeFileWhole(join(results, CURVE), bytes);
      return demoReport({
        results,
        run,
        controls,
        benchmark,
        seed: config.run.proposer.seed,
        started,
      });
    });
    if (config.json) console.log(JSON.stringify(report, null, 2));
    else printDemoReport(report);
  } finally {
    await evaluator.close();
  }
}

interface Shared {
  readonly benchmark: RunBenchmark;
  readonly evaluator: RunningEvaluator;
  readonly cheats: Manifest["cheats"];
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

async function runItself({ run }: DemoConfig, shared: Shared): Promise<RunResult> {
  const heldOut = heldOutOf(shared.benchmark, run);
  return runExperiment(run, { ...shared, heldOut, prepared: await prepareProposer(run.proposer) });
}

/** The controls, each a run of its own in a folder below the run's. Nothing is held out for them. */
async function runControls({ run }: DemoConfig, shared: Shared) {
  const folder = (name: string) => join(run.results, CONTROLS, name);
  const heldOut = { ...shared, heldOut: [] };
  shared.tell("control: the same edits without selection");
  const noSelection = await runExperiment(
    { ...run, control: "no-selection", results: folder("no-selection") },
    { ...heldOut, prepared: await prepareProposer(run.proposer) },
  );
  shared.tell("control: the seed with every part of the box at once");
  const everyPart = await runExperiment(
    { ...run, control: "every-part", generations: 0, results: folder("every-part") },
    { ...heldOut, prepared: await prepareEveryPart(run.proposer) },
  );
  return { noSelection, everyPart };
}
