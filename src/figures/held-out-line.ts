import type { CurveFacts } from "./curve-facts.ts";
import { drawHeldOutAxis, type Scales } from "./curve-axes.ts";
import type { LegendEntry } from "./legend.ts";
import { type Point, square } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";

export const heldOutEntry: LegendEntry = {
  label: "same agent, held-out tasks",
  sample: (canvas, at) => {
    dashed(canvas, [
      { x: at.x - 7, y: at.y },
      { x: at.x + 7, y: at.y },
    ]);
    square(canvas, at);
  },
};

/** The share of held-out tasks, with its axis. */
export function drawHeldOut(
  canvas: Canvas,
  { points, total, heldOutTotal }: CurveFacts,
  scales: Scales,
): void {
  if (heldOutTotal === null) return;
  drawHeldOutAxis(canvas, { total, heldOutTotal }, scales);
  const { x, y, markScale } = scales;
  const marks = points.flatMap(({ generation, heldOut }) =>
    heldOut === null ? [] : [{ x: x(generation), y: y(heldOut * total) }],
  );
  dashed(canvas, marks);
  for (const mark of marks) square(canvas, mark, markScale);
}

/** A broken line through points. */
export function dashed(canvas: Canvas, points: readonly Point[]): void {
  const [first, ...rest] = points;
  if (first === undefined) return;
  canvas.save().moveTo(first.x, first.y);
  for (const { x, y } of rest) canvas.lineTo(x, y);
  canvas.lineWidth(0.9).dash(2.5, { space: 1.8 }).stroke(colour.vermilion).restore();
}
