import type { Estimate } from "../core/replicates.ts";
import { controlEntries, drawControls } from "./control-lines.ts";
import { drawAxes, drawHeldOutAxis, type PlotArea, type Scales, scalesOf } from "./curve-axes.ts";
import { dashed } from "./held-out-line.ts";
import type { LegendEntry } from "./legend.ts";
import { dot, type Point, square } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";
import type { ReplicatesFacts } from "./replicates-facts.ts";

/** Where several runs have the same score their lines add up to a darker one. */
const SINGLE = { width: 0.8, ink: colour.blue, opacity: 0.4 };
const MEAN = { width: 1.6, ink: colour.blue, opacity: 1 };
const BAND = { blue: colour.blueTint, vermilion: colour.vermilionPale };

export function replicatesLegend({ runs, heldOut, controls }: ReplicatesFacts): LegendEntry[] {
  const hasBand = runs.length > 1;
  return [
    {
      label: hasBand ? "each run's standing agent" : "the run's standing agent",
      sample: (canvas, at) => stroke(canvas, ends(at), SINGLE),
    },
    {
      label: hasBand ? "mean, 95% bootstrap band" : "mean",
      sample: (canvas, at) => {
        if (hasBand) swatch(canvas, at, BAND.blue);
        stroke(canvas, ends(at), MEAN);
        dot(canvas, at);
      },
    },
    ...(heldOut === null
      ? []
      : [
          {
            label: hasBand ? "mean on held-out tasks, band" : "mean on held-out tasks",
            sample: (canvas: Canvas, at: Point) => {
              if (hasBand) swatch(canvas, at, BAND.vermilion);
              dashed(canvas, ends(at));
              square(canvas, at);
            },
          },
        ]),
    ...controlEntries(controls),
  ];
}

export function drawReplicatesPlot(canvas: Canvas, facts: ReplicatesFacts, area: PlotArea): void {
  const { total, heldOut, runs, mean, controls } = facts;
  const scales = scalesOf(facts, area);
  const { y, markScale } = scales;
  const heldOutHeight = (tasks: number) => y((tasks / (heldOut?.total ?? 1)) * total);
  drawAxes(canvas, facts, scales);
  drawBand(canvas, mean, { ...scales, ink: BAND.blue });
  if (heldOut !== null) {
    drawHeldOutAxis(canvas, { total, heldOutTotal: heldOut.total }, scales);
    drawBand(canvas, heldOut.mean, { ...scales, y: heldOutHeight, ink: BAND.vermilion });
  }
  drawControls(canvas, controls, scales);
  for (const run of runs) stroke(canvas, placesOf(run, scales), SINGLE);
  if (heldOut !== null) {
    const heldOutPlaces = placesOf(means(heldOut.mean), { ...scales, y: heldOutHeight });
    dashed(canvas, heldOutPlaces);
    for (const place of heldOutPlaces) square(canvas, place, markScale);
  }
  const places = placesOf(means(mean), scales);
  stroke(canvas, places, MEAN);
  for (const place of places) dot(canvas, place, markScale);
}

function means(estimates: readonly Estimate[]): number[] {
  return estimates.map(({ mean }) => mean);
}

function placesOf(values: readonly number[], { x, y }: Pick<Scales, "x" | "y">): Point[] {
  return values.map((value, generation) => ({ x: x(generation), y: y(value) }));
}

/** From the low ends forth and the high ends back; nothing where there is no interval. */
function drawBand(
  canvas: Canvas,
  estimates: readonly Estimate[],
  { x, y, ink }: Pick<Scales, "x" | "y"> & { readonly ink: string },
): void {
  const intervals = estimates.flatMap(({ interval }) => interval ?? []);
  const low = placesOf(
    intervals.map((interval) => interval.low),
    { x, y },
  );
  const high = placesOf(
    intervals.map((interval) => interval.high),
    { x, y },
  );
  const [first, ...rest] = [...low, ...high.toReversed()];
  if (first === undefined) return;
  // Two bands that lie over one another are both seen.
  canvas.save().fillOpacity(0.6).moveTo(first.x, first.y);
  for (const place of rest) canvas.lineTo(place.x, place.y);
  canvas.closePath().fill(ink).restore();
}

function stroke(
  canvas: Canvas,
  [first, ...rest]: readonly Point[],
  { width, ink, opacity }: typeof SINGLE,
): void {
  if (first === undefined) return;
  canvas.save().strokeOpacity(opacity).moveTo(first.x, first.y);
  for (const { x, y } of rest) canvas.lineTo(x, y);
  canvas.lineWidth(width).lineJoin("round").stroke(ink).restore();
}

function ends({ x, y }: Point): Point[] {
  return [
    { x: x - 7, y },
    { x: x + 7, y },
  ];
}

function swatch(canvas: Canvas, { x, y }: Point, ink: string): void {
  canvas
    .save()
    .fillOpacity(0.6)
    .rect(x - 7, y - 4, 14, 8)
    .fill(ink)
    .restore();
}
