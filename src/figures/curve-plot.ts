import { drawAxes, type PlotArea, type Scales, scalesOf } from "./curve-axes.ts";
import { controlEntries, drawControls } from "./control-lines.ts";
import type { CandidateMark, CurveFacts, GenerationPoint } from "./curve-facts.ts";
import type { LegendEntry } from "./legend.ts";
import { heldOutEntry, drawHeldOut } from "./held-out-line.ts";
import { cross, diamond, dot, emptySet, line, ring } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";

const STANDING = { width: 1.2, ink: colour.blue };
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
    ...controlEntries(facts.controls),
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
  const extent = { lastGeneration: facts.points.at(-1)?.generation ?? 0, total: facts.total };
  const scales = scalesOf(extent, area);
  drawAxes(canvas, extent, scales);
  drawIntervals(canvas, facts, scales);
  drawControls(canvas, facts.controls, scales);
  drawChildren(canvas, facts, scales);
  drawHeldOut(canvas, facts, scales);
  drawStandingLine(canvas, facts.points, scales);
  drawMarks(canvas, facts.points, scales);
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
