import { join } from "node:path";

import { readEnvironment } from "../config.ts";
import { type DemoConfig, type DemoOptions, resolveDemo } from "../config/demo.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import { writeFileWhole } from "../files.ts";
import { CANDIDATES, CONTROLS, CURVE } from "../store/layout.ts";
import { readCandidates } from "../store/tables.ts";
import { openDemoBenchmark } from "./demo/benchmark.ts";
import { printDemoReport } from "./demo/print.ts";
import { demoReport } from "./demo/report.ts";
import {
  type ExperimentParts,
  heldOutOf,
  inResultsFolder,
  refuseEarlierRun,
  runExperiment,
} from "./run/experiment.ts";
import { prepareEveryPart, prepareProposer } from "./run/proposers.ts";
import { refuseCheats } from "./run/refuse-cheats.ts";
import { drawCurve } from "./run/curve.ts";
import { warnOfWeakSandbox } from "./terminal/sandbox-warning.ts";

/** `metai demo`: a keyless run, the controls beside it, its curve, and a report of what came of it. */
export async function runDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  const config = resolveDemo(options, await readEnvironment());
  const { results, quiet } = config.run;
  if (!config.resetResults) await refuseEarlierRun(results, { canResume: false });
  const tell = quiet ? () => {} : (line: string) => console.error(line);
  const benchmark = await openDemoBenchmark(config, { signal, tell, warn: console.error });
  const heldOut = heldOutOf(benchmark, config.run);
  const prepared = await prepareProposer(config.run.proposer);
  const evaluator = await startEvaluator(config.run.evaluator);
  try {
    warnOfWeakSandbox("agents", evaluator);
    const cheats = await refuseCheats(evaluator, signal);
    const shared = { benchmark, evaluator, cheats, signal };
    const report = await inResultsFolder(results, { signal }, async () => {
      const run = await runExperiment(config.run, { ...shared, prepared, heldOut });
      const controls = await runControls(config, { ...shared, prepared, heldOut: [] }, tell);
      const { bytes } = await drawCurve(results, false);
      await writeFileWhole(join(results, CURVE), bytes);
      return demoReport({
        results,
        run,
        controls,
        benchmark,
        choice: config.benchmark,
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

/** The controls, each a run of its own in a folder below the run's. Nothing is held out for them. */
async function runControls(
  { run }: DemoConfig,
  parts: ExperimentParts,
  tell: (line: string) => void,
) {
  const folder = (name: string) => join(run.results, CONTROLS, name);
  tell("control: no selection, chance edits");
  const noSelection = await runExperiment(
    { ...run, control: "no-selection", results: folder("no-selection") },
    parts,
  );
  tell("control: the seed with every part of the box at once");
  const everyPart = await runExperiment(
    { ...run, control: "every-part", generations: 0, results: folder("every-part") },
    { ...parts, prepared: await prepareEveryPart(run.proposer) },
  );
  const noSelectionChildren = await readCandidates(join(folder("no-selection"), CANDIDATES));
  return { noSelection, noSelectionChildren, everyPart };
}
