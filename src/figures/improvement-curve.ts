import type { ScoreRow } from "../core/records.ts";
import { type CurveOptions, curveFacts } from "./curve-facts.ts";
import { drawCurvePage } from "./curve-page.ts";
import { curveLegend, drawCurvePlot } from "./curve-plot.ts";

/**
 * Draws what a run's standing agent passes, generation by generation, with the 95 % Wilson interval of
 * each, and every candidate. One column wide; its height follows from what there is to say. Throws a
 * UserError of kind "refused" for no rows, for rows of several run types, controls, benchmarks or task counts, and for the
 * rows of a mock run unless `allowMock` is set, which draws them with MOCK across the page. `end` is how
 * the run ended, which no row tells; `children` are those of its generations, drawn as rings, and a dashed
 * line shows the share of held-out tasks where they are scored.
 */
export async function improvementCurve(
  rows: readonly ScoreRow[],
  options: CurveOptions,
): Promise<Uint8Array> {
  const facts = curveFacts(rows, options);
  return drawCurvePage({
    ...facts,
    date: facts.lastTimestamp,
    legend: curveLegend(facts),
    rightAxis: facts.heldOutTotal !== null,
    drawPlot: (canvas, area) => drawCurvePlot(canvas, facts, area),
  });
}
