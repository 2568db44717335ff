import type { PlotArea } from "./curve-axes.ts";
import { drawLegend, type LegendEntry, legendHeight } from "./legend.ts";
import { type Canvas, COLUMN_WIDTH, drawPage, MARGIN } from "./page.ts";
import { colour } from "./palette.ts";
import { printable, textStyle, wrap, write, writeLines } from "./text.ts";

/** A curve on a page one column wide, as high as what there is to say of it makes it. */
export interface CurvePage {
  readonly title: string;
  /** Puts MOCK across the plot. */
  readonly mock: boolean;
  readonly legend: readonly LegendEntry[];
  /** Whether the right axis has labels. */
  readonly rightAxis: boolean;
  /** What a reader must know of the run, each a label and a value. */
  readonly provenance: readonly (readonly [label: string, value: string])[];
  /** Stands in the file in place of the clock. */
  readonly date: Date;
  readonly drawPlot: (canvas: Canvas, area: PlotArea) => void;
}

const PLOT = { left: 22, right: COLUMN_WIDTH - MARGIN, height: 128 };
/** What the labels of the right axis take. */
const RIGHT_AXIS = 22;
const LEGEND = { columns: [MARGIN, 118], top: 20 };
const PROVENANCE = { left: 56, leading: 9.2, maxLines: 3 };

export async function drawCurvePage(page: CurvePage): Promise<Uint8Array> {
  const { title, mock, legend, rightAxis, date } = page;
  const metadata = {
    title: `${title}: tasks passed by generation`,
    subject: page.provenance.map((fact) => fact.join(": ")).join("; "),
    date,
  };
  return drawPage(metadata, (canvas) => {
    const top = LEGEND.top + legendHeight(legend, LEGEND.columns.length) + 20;
    const right = PLOT.right - (rightAxis ? RIGHT_AXIS : 0);
    const area = { left: PLOT.left, right, top, bottom: top + PLOT.height };
    const provenance = provenanceLines(canvas, page);
    const provenanceTop = area.bottom + 38;
    const lineCount = provenance.reduce((sum, { lines }) => sum + lines.length, 0);
    const height = provenanceTop + (lineCount - 1) * PROVENANCE.leading + MARGIN + 2;
    const draw = () => {
      if (mock) drawWatermark(canvas, (area.top + area.bottom) / 2);
      write(canvas, title, { x: MARGIN, y: 14 }, textStyle.title);
      drawLegend(canvas, legend, LEGEND);
      page.drawPlot(canvas, area);
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

function provenanceLines(canvas: Canvas, { provenance }: CurvePage): ProvenanceEntry[] {
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
