import type { ScoreRow } from "../core/records.ts";
import { type CurveFacts, type CurveOptions, curveFacts } from "./curve-facts.ts";
import { curveLegend, drawCurvePlot } from "./curve-plot.ts";
import { drawLegend, legendHeight } from "./legend.ts";
import { type Canvas, COLUMN_WIDTH, MARGIN, drawPage } from "./page.ts";
import { colour } from "./palette.ts";
import { printable, textStyle, wrap, write, writeLines } from "./text.ts";

const PLOT = { left: 22, right: COLUMN_WIDTH - MARGIN, height: 128 };
/** What the labels of the right axis take. */
const RIGHT_AXIS = 22;
const LEGEND = { columns: [MARGIN, 118], top: 20 };
const PROVENANCE = { left: 56, leading: 9.2, maxLines: 3 };

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
  const metadata = {
    title: `${facts.title}: tasks passed by generation`,
    subject: facts.provenance.map((fact) => fact.join(": ")).join("; "),
    date: facts.lastTimestamp,
  };
  return drawPage(metadata, (canvas) => {
    const legend = curveLegend(facts);
    const top = LEGEND.top + legendHeight(legend, LEGEND.columns.length) + 20;
    const right = PLOT.right - (facts.heldOutTotal === null ? 0 : RIGHT_AXIS);
    const area = { left: PLOT.left, right, top, bottom: top + PLOT.height };
    const provenance = provenanceLines(canvas, facts);
    const provenanceTop = area.bottom + 38;
    const lineCount = provenance.reduce((sum, { lines }) => sum + lines.length, 0);
    const height = provenanceTop + (lineCount - 1) * PROVENANCE.leading + MARGIN + 2;
    const draw = () => {
      if (facts.mock) drawWatermark(canvas, (area.top + area.bottom) / 2);
      write(canvas, facts.title, { x: MARGIN, y: 14 }, textStyle.title);
      drawLegend(canvas, legend, LEGEND);
      drawCurvePlot(canvas, facts, area);
      drawProvenance(canvas, provenance, provenanceTop);
    };
    return { size: { width: COLUMN_WIDTH, height }, draw };
  });
}

function drawWatermark(canvas: Canvas, centreY: number): void {
  const style = { font: "bold", size: 68, colour: colour.watermark } as const;
  const centreX = (PLOT.left + PLOT.right) / 2;
  canvas.save().rotate(-24, { origin: [centreX, centreY] });
  // Capitals are 0.72 of the size high: half of that brings their middle to the centre.
  const baseline = centreY + 0.36 * style.size;
  write(canvas, "MOCK", { x: centreX, y: baseline, align: "centre" }, style);
  canvas.restore();
}

interface ProvenanceEntry {
  readonly label: string;
  readonly lines: readonly string[];
}

function provenanceLines(canvas: Canvas, { provenance }: CurveFacts): ProvenanceEntry[] {
  const limits = { width: PLOT.right - PROVENANCE.left, maxLines: PROVENANCE.maxLines };
  return provenance.map(([label, value]) => ({
    label,
    lines: wrap(canvas, printable(value), textStyle.fact, limits),
  }));
}

function drawProvenance(canvas: Canvas, entries: readonly ProvenanceEntry[], top: number): void {
  let y = top;
  for (const { label, lines } of entries) {
    write(canvas, label, { x: MARGIN, y }, textStyle.note);
    const at = { x: PROVENANCE.left, y };
    y = writeLines(canvas, lines, at, textStyle.fact, PROVENANCE.leading);
  }
}
