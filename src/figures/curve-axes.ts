import { line } from "./marks.ts";
import { type Canvas, MARGIN } from "./page.ts";
import { colour } from "./palette.ts";
import { textStyle, write } from "./text.ts";
import { wholeTicks } from "./ticks.ts";

/** Where the plot stands: its axis labels lie outside, to the left and below. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What the axes reach to. */
export interface Extent {
  readonly lastGeneration: number;
  /** Tasks. */
  readonly total: number;
}

export interface Scales {
  readonly area: PlotArea;
  readonly x: (generation: number) => number;
  readonly y: (tasks: number) => number;
  /** The width that one generation has, in points. */
  readonly slot: number;
  /** Shrinks marks where many generations share the width. */
  readonly markScale: number;
}

/** Between score 0 and the axis: the place of candidates without a score. */
const UNSCORED_LANE = 11;
const GRID = { width: 0.5, ink: colour.grid };

export function scalesOf({ lastGeneration, total }: Extent, area: PlotArea): Scales {
  const slot = (area.right - area.left) / (lastGeneration + 1);
  const zero = area.bottom - UNSCORED_LANE;
  return {
    area,
    slot,
    x: (generation) => area.left + (generation + 0.5) * slot,
    y: (tasks) => zero - (tasks / total) * (zero - area.top),
    markScale: Math.min(1, Math.max(0.6, slot / 10)),
  };
}

/** The tasks on the left and the generations below. */
export function drawAxes(canvas: Canvas, { lastGeneration, total }: Extent, scales: Scales): void {
  drawTaskAxis(canvas, total, scales);
  drawGenerationAxis(canvas, lastGeneration, scales);
}

function drawTaskAxis(canvas: Canvas, total: number, { area, y }: Scales): void {
  for (const tasks of wholeTicks(total, 8)) {
    line(canvas, { x: area.left, y: y(tasks) }, { x: area.right, y: y(tasks) }, GRID);
    const at = { x: area.left - 5, y: y(tasks) + 2.6, align: "right" } as const;
    write(canvas, String(tasks), at, textStyle.fact);
  }
  const at = { x: MARGIN, y: area.top - 9 };
  write(canvas, `tasks passed, of ${total}`, at, textStyle.fact);
}

function drawGenerationAxis(canvas: Canvas, last: number, { area, x }: Scales): void {
  line(canvas, { x: area.left, y: area.bottom }, { x: area.right, y: area.bottom });
  for (const generation of wholeTicks(last, 12)) {
    const foot = { x: x(generation), y: area.bottom };
    line(canvas, foot, { x: foot.x, y: foot.y + 2.5 });
    const at = { x: foot.x, y: foot.y + 10.5, align: "centre" } as const;
    write(canvas, String(generation), at, textStyle.fact);
  }
  const at = { x: (area.left + area.right) / 2, y: area.bottom + 21, align: "centre" } as const;
  write(canvas, "generation", at, textStyle.fact);
}

/** The share of held-out tasks on the right, on the same height as the share of the others. */
export function drawHeldOutAxis(
  canvas: Canvas,
  { total, heldOutTotal }: { readonly total: number; readonly heldOutTotal: number },
  { area, y }: Scales,
): void {
  for (const percent of [0, 20, 40, 60, 80, 100]) {
    const height = y((percent / 100) * total);
    line(canvas, { x: area.right, y: height }, { x: area.right + 2.5, y: height });
    write(canvas, `${percent} %`, { x: area.right + 4.5, y: height + 2.6 }, textStyle.fact);
  }
  const at = { x: area.right + 22, y: area.top - 9, align: "right" } as const;
  write(canvas, `share of ${heldOutTotal} held-out tasks`, at, textStyle.fact);
}
