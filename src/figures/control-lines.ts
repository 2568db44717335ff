import type { ControlLine, CurveFacts } from "./curve-facts.ts";
import type { Scales } from "./curve-plot.ts";
import type { LegendEntry } from "./legend.ts";
import { type Point, triangle } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";

const LABELS: Readonly<Record<ControlLine["name"], string>> = {
  "no-selection": "control: no selection",
  "every-part": "control: every part at once",
};

export function controlEntries({ controls }: CurveFacts): LegendEntry[] {
  return controls.map(({ name }) => ({
    label: LABELS[name],
    sample: (canvas, at) => {
      if (name === "every-part") return triangle(canvas, at);
      const ends = [
        { x: at.x - 7, y: at.y },
        { x: at.x + 7, y: at.y },
      ];
      dotted(canvas, ends);
    },
  }));
}

/** What stood without selection, as a dotted line; the agent with every part as a mark where it could stand at once. */
export function drawControls(canvas: Canvas, { controls }: CurveFacts, scales: Scales): void {
  const { x, y, markScale } = scales;
  for (const { name, points } of controls) {
    const places = points.map(({ generation, passed }) => ({ x: x(generation), y: y(passed) }));
    if (name === "no-selection") dotted(canvas, places);
    else for (const place of places) triangle(canvas, place, markScale);
  }
}

function dotted(canvas: Canvas, points: readonly Point[]): void {
  const [first, ...rest] = points;
  if (first === undefined) return;
  canvas.save().moveTo(first.x, first.y);
  for (const { x, y } of rest) canvas.lineTo(x, y);
  canvas.lineWidth(1.3).lineCap("round").dash(0.1, { space: 2.6 }).stroke(colour.muted).restore();
}
