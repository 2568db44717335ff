import type { Control } from "../core/records.ts";
import type { ControlLine } from "./control-facts.ts";
import type { Scales } from "./curve-axes.ts";
import type { LegendEntry } from "./legend.ts";
import { type Point, triangle } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";

interface Stroke {
  readonly width: number;
  readonly ink: string;
  readonly cap: "round" | "butt";
  readonly dash: readonly [length: number, space: number] | null;
}

/** Where several have the same scores, each is still seen: the broad one below, the dots on top. */
const STROKES: Readonly<Record<Exclude<Control, "every-part">, Stroke>> = {
  same: { width: 2.8, ink: colour.shade, cap: "butt", dash: null },
  "random-edit": { width: 0.9, ink: colour.muted, cap: "butt", dash: [5, 2.5] },
  "no-selection": { width: 1.3, ink: colour.muted, cap: "round", dash: [0.1, 2.6] },
};
const ORDER: readonly Control[] = ["same", "random-edit", "no-selection", "every-part"];

const LABELS: Readonly<Record<Control, string>> = {
  same: "control: unchanged",
  "random-edit": "control: null edits",
  "no-selection": "control: no selection",
  "every-part": "control: every part at once",
};

export function controlEntries(controls: readonly ControlLine[]): LegendEntry[] {
  return inOrder(controls).map(({ name, runs }) => ({
    label: runs === 1 ? LABELS[name] : `${LABELS[name]}, ${runs} runs`,
    sample: (canvas, at) => {
      if (name === "every-part") return triangle(canvas, at);
      const ends = [
        { x: at.x - 7, y: at.y },
        { x: at.x + 7, y: at.y },
      ];
      stroke(canvas, ends, STROKES[name]);
    },
  }));
}

/** What stood in a control, as a line; the agent with every part as a mark where it could stand at once. */
export function drawControls(
  canvas: Canvas,
  controls: readonly ControlLine[],
  { x, y, markScale }: Scales,
): void {
  for (const { name, passed } of inOrder(controls)) {
    const places = passed.map((tasks, generation) => ({ x: x(generation), y: y(tasks) }));
    if (name !== "every-part") stroke(canvas, places, STROKES[name]);
    else for (const place of places) triangle(canvas, place, markScale);
  }
}

function inOrder(controls: readonly ControlLine[]): ControlLine[] {
  return controls.toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

function stroke(
  canvas: Canvas,
  [first, ...rest]: readonly Point[],
  { width, ink, cap, dash }: Stroke,
): void {
  if (first === undefined) return;
  canvas.save().moveTo(first.x, first.y);
  for (const { x, y } of rest) canvas.lineTo(x, y);
  if (dash !== null) canvas.dash(dash[0], { space: dash[1] });
  canvas.lineWidth(width).lineCap(cap).stroke(ink).restore();
}
