import { type Point, type Rect, line } from "./marks.ts";
import type { Canvas } from "./page.ts";
import { colour } from "./palette.ts";
import { type TextStyle, textStyle, wrap, write, writeLines } from "./text.ts";

/** How a party's boxes look, in colour and without. */
export interface BoxStyle {
  readonly fill: string;
  readonly ink: string;
  readonly width: number;
  readonly dashed?: boolean;
}

export interface BoxText {
  readonly title: string;
  /** Paragraphs under the title, each in its own style. */
  readonly body: readonly (readonly [text: string, style: TextStyle])[];
}

const PADDING = 6;
const LEADING = 9;
/** From the top of a title's capitals to its baseline, and on to the next line. */
const TITLE = { rise: 5.5, leading: 10 };

/** Draws a box with its text in the middle of its height, or from the top. */
export function drawBox(
  canvas: Canvas,
  rect: Rect,
  text: BoxText,
  style: BoxStyle,
  { fromTop = false }: { readonly fromTop?: boolean } = {},
): void {
  canvas.roundedRect(rect.x, rect.y, rect.width, rect.height, 3).lineWidth(style.width);
  if (style.dashed) canvas.dash(3, { space: 2 });
  canvas.fillAndStroke(style.fill, style.ink).undash();
  const body = text.body.map(([paragraph, paragraphStyle]) => ({
    lines: wrap(canvas, paragraph, paragraphStyle, { width: rect.width - 2 * PADDING }),
    style: paragraphStyle,
  }));
  const lineCount = body.reduce((sum, { lines }) => sum + lines.length, 0);
  const textHeight = TITLE.rise + TITLE.leading + (lineCount - 1) * LEADING;
  const x = rect.x + PADDING;
  let y = rect.y + TITLE.rise + (fromTop ? PADDING + 1 : (rect.height - textHeight) / 2);
  write(canvas, text.title, { x, y }, textStyle.heading);
  y += TITLE.leading;
  for (const { lines, style } of body) y = writeLines(canvas, lines, { x, y }, style, LEADING);
}

/** A straight arrow whose tip lies at `to`. */
export function arrow(
  canvas: Canvas,
  from: Point,
  to: Point,
  { dashed = false }: { readonly dashed?: boolean } = {},
): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const base = { x: to.x - 5 * along.x, y: to.y - 5 * along.y };
  if (dashed) canvas.dash(2.5, { space: 2 });
  line(canvas, from, base, { width: 0.9 });
  canvas.undash();
  canvas
    .polygon(
      [to.x, to.y],
      [base.x - 2.4 * along.y, base.y + 2.4 * along.x],
      [base.x + 2.4 * along.y, base.y - 2.4 * along.x],
    )
    .fill(colour.ink);
}
