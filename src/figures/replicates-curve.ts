import { drawCurvePage } from "./curve-page.ts";
import { type ReplicateRun, replicatesFacts, type ReplicatesOptions } from "./replicates-facts.ts";
import { drawReplicatesPlot, replicatesLegend } from "./replicates-plot.ts";

/**
 * Draws what the standing agents of several runs of one configuration pass, generation by generation: every run
 * as a thin line, their mean with its percentile bootstrap band and, where all runs are scored on held-out
 * tasks, the mean share of these with its own. The mean reaches as far as all runs have come; a run that
 * stopped early at a perfect score counts with it to the end. One column wide. Throws a UserError of kind
 * "refused" as `improvementCurve` does.
 */
export async function replicatesCurve(
  runs: readonly ReplicateRun[],
  options: ReplicatesOptions,
): Promise<Uint8Array> {
  const facts = replicatesFacts(runs, options);
  return drawCurvePage({
    ...facts,
    date: facts.lastTimestamp,
    legend: replicatesLegend(facts),
    rightAxis: facts.heldOut !== null,
    drawPlot: (canvas, area) => drawReplicatesPlot(canvas, facts, area),
  });
}
