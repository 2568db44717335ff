import type { Point } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { textStyle, write } from "./text.ts";

export interface LegendEntry {
  readonly label: string;
  /** Draws the sample around a point, at most 14 points wide. */
  readonly sample: (canvas: Canvas, at: Point) => void;
}

const LEADING = 11;
const SAMPLE_WIDTH = 14;

/** In points, from the top of the first row to the foot of the last. */
export function legendHeight(entries: readonly LegendEntry[], columns: number): number {
  return Math.ceil(entries.length / columns) * LEADING;
}

/** Lays entries out in rows; `columns` holds the left end of each column. */
export function drawLegend(
  canvas: Canvas,
  entries: readonly LegendEntry[],
  { columns, top }: { readonly columns: readonly number[]; readonly top: number },
): void {
  for (const [index, entry] of entries.entries()) {
    const x = columns[index % columns.length] ?? 0;
    const y = top + Math.floor(index / columns.length) * LEADING + LEADING / 2;
    entry.sample(canvas, { x: x + SAMPLE_WIDTH / 2, y });
    write(canvas, entry.label, { x: x + SAMPLE_WIDTH + 5, y: y + 2.6 }, textStyle.fact);
  }
}
