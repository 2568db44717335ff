import type { CurveFacts } from "./curve-facts.ts";
import type { Scales } from "./curve-plot.ts";
import type { LegendEntry } from "./legend.ts";
import { line, type Point, square } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";
import { textStyle, write } from "./text.ts";

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

/** The share of held-out tasks, on the same height as the share of the others: 0 to 100 % on a right axis. */
export function drawHeldOut(
  canvas: Canvas,
  { points, total, heldOutTotal }: CurveFacts,
  { area, x, y, markScale }: Scales,
): void {
  if (heldOutTotal === null) return;
  for (const percent of [0, 20, 40, 60, 80, 100]) {
    const height = y((percent / 100) * total);
    line(canvas, { x: area.right, y: height }, { x: area.right + 2.5, y: height });
    write(canvas, `${percent} %`, { x: area.right + 4.5, y: height + 2.6 }, textStyle.fact);
  }
  const at = { x: area.right + 22, y: area.top - 9, align: "right" } as const;
  write(canvas, `share of ${heldOutTotal} held-out tasks`, at, textStyle.fact);
  const marks = points.flatMap(({ generation, heldOut }) =>
    heldOut === null ? [] : [{ x: x(generation), y: y(heldOut * total) }],
  );
  dashed(canvas, marks);
  for (const mark of marks) square(canvas, mark, markScale);
}

function dashed(canvas: Canvas, points: readonly Point[]): void {
  const [first, ...rest] = points;
  if (first === undefined) return;
  canvas.save().moveTo(first.x, first.y);
  for (const { x, y } of rest) canvas.lineTo(x, y);
  canvas.lineWidth(0.9).dash(2.5, { space: 1.8 }).stroke(colour.vermilion).restore();
}
