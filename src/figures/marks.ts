import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** The standing agent. */
export function dot(canvas: Canvas, { x, y }: Point, scale = 1): void {
  canvas.circle(x, y, 2.1 * scale).fill(colour.blue);
}

/** An accepted candidate: it became the standing agent, so it surrounds its dot. */
export function diamond(canvas: Canvas, { x, y }: Point, scale = 1): void {
  const r = 4.6 * scale;
  canvas
    .polygon([x, y - r], [x + r, y], [x, y + r], [x - r, y])
    .lineWidth(1.1 * scale)
    .fillAndStroke(colour.white, colour.green);
}

/** A rejected candidate. A white edge sets it off from what lies below. */
export function cross(canvas: Canvas, { x, y }: Point, scale = 1): void {
  const r = 3.1 * scale;
  for (const [width, ink] of [
    [2.8, colour.white],
    [1.3, colour.vermilion],
  ] as const) {
    canvas
      .moveTo(x - r, y - r)
      .lineTo(x + r, y + r)
      .moveTo(x - r, y + r)
      .lineTo(x + r, y - r)
      .lineWidth(width * scale)
      .stroke(ink);
  }
}

/** What stands beside the run, on its foot. */
export function triangle(canvas: Canvas, { x, y }: Point, scale = 1): void {
  const r = 3 * scale;
  canvas
    .polygon([x - r, y + r * 0.8], [x + r, y + r * 0.8], [x, y - r])
    .lineWidth(0.9 * scale)
    .fillAndStroke(colour.white, colour.muted);
}

/** A candidate without a score: the sign of the empty set. */
export function emptySet(canvas: Canvas, { x, y }: Point, scale = 1): void {
  const r = 2.3 * scale;
  const s = 3 * scale;
  canvas
    .lineWidth(0.9 * scale)
    .circle(x, y, r)
    .fillAndStroke(colour.white, colour.ink)
    .moveTo(x - s, y + s)
    .lineTo(x + s, y - s)
    .stroke(colour.ink);
}

/** A child beside the candidate. */
export function ring(canvas: Canvas, { x, y }: Point, scale = 1): void {
  canvas
    .circle(x, y, 1.4 * scale)
    .lineWidth(0.6 * scale)
    .stroke(colour.muted);
}

/** The standing agent on the held-out tasks. */
export function square(canvas: Canvas, { x, y }: Point, scale = 1): void {
  const r = 1.9 * scale;
  canvas
    .rect(x - r, y - r, 2 * r, 2 * r)
    .lineWidth(0.9 * scale)
    .fillAndStroke(colour.white, colour.vermilion);
}

/** A straight line. */
export function line(
  canvas: Canvas,
  from: Point,
  to: Point,
  { width = 0.6, ink = colour.ink }: { width?: number; ink?: string } = {},
): void {
  canvas.moveTo(from.x, from.y).lineTo(to.x, to.y).lineWidth(width).stroke(ink);
}

/** A hatched and outlined rectangle: its lines rise to the right, `gap` points apart. */
export function hatchedRect(
  canvas: Canvas,
  { x, y, width, height }: Rect,
  { fill, ink, gap = 3.2 }: { fill: string; ink: string; gap?: number },
): void {
  canvas.save().rect(x, y, width, height).fill(fill).rect(x, y, width, height).clip();
  for (let left = x - height; left < x + width; left += gap) {
    canvas.moveTo(left, y + height).lineTo(left + height, y);
  }
  canvas.lineWidth(0.8).stroke(ink).restore();
  canvas.rect(x, y, width, height).lineWidth(0.8).stroke(ink);
}
