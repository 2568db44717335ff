import { controlEntries, drawControls } from "./control-lines.ts";
import type { CandidateMark, CurveFacts, GenerationPoint } from "./curve-facts.ts";
import type { LegendEntry } from "./legend.ts";
import { heldOutEntry, drawHeldOut } from "./held-out-line.ts";
import { cross, diamond, dot, emptySet, line, ring } from "./marks.ts";
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
const STANDING = { width: 1.2, ink: colour.blue };
const GRID = { width: 0.5, ink: colour.grid };

/** The entries for the marks that the plot of these facts holds. */
export function curveLegend(facts: CurveFacts): LegendEntry[] {
  const { points, children, heldOutTotal } = facts;
  const fates = new Set(points.map(({ candidate }) => candidate?.fate));
  return [
    {
      label: "standing agent",
      sample: (canvas, at) => {
        line(canvas, { x: at.x - 7, y: at.y }, { x: at.x + 7, y: at.y }, STANDING);
        dot(canvas, at);
      },
    },
    {
      label: "its 95% Wilson interval",
      sample: (canvas, { x, y }) => canvas.rect(x - 2.5, y - 4, 5, 8).fill(colour.blueTint),
    },
    ...CANDIDATE_ENTRIES.filter(({ fate }) => fates.has(fate)),
    ...(children.length > 0 ? [{ label: "other children", sample: ring }] : []),
    ...(heldOutTotal === null ? [] : [heldOutEntry]),
    ...controlEntries(facts),
  ];
}

const CANDIDATE_ENTRIES: readonly (LegendEntry & { readonly fate: CandidateMark["fate"] })[] = [
  {
    fate: "accepted",
    label: "accepted candidate",
    sample: (canvas, at) => {
      diamond(canvas, at);
      dot(canvas, at);
    },
  },
  { fate: "rejected", label: "rejected candidate", sample: cross },
  { fate: "invalid", label: "invalid candidate, no score", sample: emptySet },
];

export function drawCurvePlot(canvas: Canvas, facts: CurveFacts, area: PlotArea): void {
  const scales = scalesOf(facts, area);
  drawTaskAxis(canvas, facts.total, scales);
  drawGenerationAxis(canvas, facts, scales);
  drawIntervals(canvas, facts, scales);
  drawChildren(canvas, facts, scales);
  drawHeldOut(canvas, facts, scales);
  drawControls(canvas, facts, scales);
  drawStandingLine(canvas, facts.points, scales);
  drawMarks(canvas, facts.points, scales);
}

function scalesOf({ points, total }: CurveFacts, area: PlotArea): Scales {
  const slots = (points.at(-1)?.generation ?? 0) + 1;
  const slot = (area.right - area.left) / slots;
  const zero = area.bottom - UNSCORED_LANE;
  return {
    area,
    slot,
    x: (generation) => area.left + (generation + 0.5) * slot,
    y: (tasks) => zero - (tasks / total) * (zero - area.top),
    markScale: Math.min(1, Math.max(0.6, slot / 10)),
  };
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

function drawGenerationAxis(canvas: Canvas, { points }: CurveFacts, { area, x }: Scales): void {
  line(canvas, { x: area.left, y: area.bottom }, { x: area.right, y: area.bottom });
  for (const generation of wholeTicks(points.at(-1)?.generation ?? 0, 12)) {
    const foot = { x: x(generation), y: area.bottom };
    line(canvas, foot, { x: foot.x, y: foot.y + 2.5 });
    const at = { x: foot.x, y: foot.y + 10.5, align: "centre" } as const;
    write(canvas, String(generation), at, textStyle.fact);
  }
  const at = { x: (area.left + area.right) / 2, y: area.bottom + 21, align: "centre" } as const;
  write(canvas, "generation", at, textStyle.fact);
}

function drawIntervals(
  canvas: Canvas,
  { points, total }: CurveFacts,
  { x, y, slot }: Scales,
): void {
  const width = Math.min(5, 0.6 * slot);
  for (const { generation, interval } of points) {
    const top = y(interval.high * total);
    const height = y(interval.low * total) - top;
    canvas.rect(x(generation) - width / 2, top, width, height).fill(colour.blueTint);
  }
}

/** Side by side in their generation's slot, in their order, so that equal scores stay apart. */
function drawChildren(canvas: Canvas, { children }: CurveFacts, scales: Scales): void {
  const { x, y, slot, markScale } = scales;
  for (const { generation, passed, place } of children) {
    const at = { x: x(generation) + (place - 0.5) * 0.8 * slot, y: y(passed) };
    ring(canvas, at, markScale);
  }
}

/** Level at each generation and stepping half-way between two, where no interval is hidden. */
function drawStandingLine(
  canvas: Canvas,
  points: readonly GenerationPoint[],
  { x, y, slot }: Scales,
): void {
  const [first, ...rest] = points;
  if (first === undefined || rest.length === 0) return;
  let height = y(first.passed);
  canvas.moveTo(x(first.generation), height);
  for (const { generation, passed } of rest) {
    const step = x(generation) - slot / 2;
    canvas.lineTo(step, height);
    height = y(passed);
    canvas.lineTo(step, height).lineTo(x(generation), height);
  }
  canvas.lineWidth(STANDING.width).lineJoin("round").stroke(STANDING.ink);
}

function drawMarks(
  canvas: Canvas,
  points: readonly GenerationPoint[],
  { area, x, y, markScale }: Scales,
): void {
  for (const { generation, passed, candidate } of points) {
    const at = { x: x(generation), y: y(passed) };
    if (candidate?.fate === "accepted") diamond(canvas, at, markScale);
    if (candidate?.fate === "rejected") cross(canvas, { ...at, y: y(candidate.passed) }, markScale);
    if (candidate?.fate === "invalid") {
      // Smaller, it would pass for a tick of the axis.
      emptySet(canvas, { ...at, y: area.bottom }, Math.max(0.75, markScale));
    }
    // Last, so that a candidate with the parent's score leaves its dot in sight.
    dot(canvas, at, markScale);
  }
}
