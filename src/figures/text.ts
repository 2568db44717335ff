import type { Canvas, FontName } from "./page.ts";
import { colour } from "./palette.ts";

export interface TextStyle {
  readonly font: FontName;
  /** In points; journals ask for 7 at least. */
  readonly size: number;
  readonly colour: string;
}

export const textStyle = {
  title: { font: "bold", size: 9, colour: colour.ink },
  heading: { font: "bold", size: 7.5, colour: colour.ink },
  body: { font: "regular", size: 7.5, colour: colour.ink },
  note: { font: "regular", size: 7, colour: colour.muted },
  fact: { font: "regular", size: 7, colour: colour.ink },
  aside: { font: "italic", size: 7, colour: colour.muted },
} as const satisfies Record<string, TextStyle>;

export type Align = "left" | "centre" | "right";

/** Writes one line; `x` is its left end, middle or right end and `y` its baseline. */
export function write(
  canvas: Canvas,
  text: string,
  at: { readonly x: number; readonly y: number; readonly align?: Align },
  style: TextStyle,
): void {
  const width = measure(canvas, text, style);
  const shift = { left: 0, centre: width / 2, right: width }[at.align ?? "left"];
  canvas
    .fillColor(style.colour)
    .text(text, at.x - shift, at.y, { lineBreak: false, baseline: "alphabetic" });
}

/** Writes lines one under the other and returns the baseline where the next would stand. */
export function writeLines(
  canvas: Canvas,
  lines: readonly string[],
  at: { readonly x: number; readonly y: number; readonly align?: Align },
  style: TextStyle,
  leading: number,
): number {
  for (const [index, line] of lines.entries()) {
    write(canvas, line, { ...at, y: at.y + index * leading }, style);
  }
  return at.y + lines.length * leading;
}

/** The width of one line in points; leaves the style set. */
export function measure(canvas: Canvas, text: string, style: TextStyle): number {
  return canvas.font(style.font).fontSize(style.size).widthOfString(text);
}

/**
 * Breaks text into lines of at most `width` points: at spaces, and where a word is longer than a line
 * after its punctuation, or anywhere. What goes beyond `maxLines` is cut and ends in an ellipsis.
 */
export function wrap(
  canvas: Canvas,
  text: string,
  style: TextStyle,
  { width, maxLines = Number.POSITIVE_INFINITY }: { width: number; maxLines?: number },
): string[] {
  const fits = (line: string) => measure(canvas, line.trimEnd(), style) <= width;
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text, fits)) {
    if (line !== "" && !fits(line + piece)) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  let last = kept.pop() ?? "";
  while (!fits(`${last}…`)) last = last.slice(0, -1);
  return [...kept, `${last}…`];
}

/** The smallest parts that a line may end after, each with its trailing space. */
function piecesOf(text: string, fits: (line: string) => boolean): string[] {
  return text
    .split(/(?<= )/)
    .flatMap((word) => (fits(word) ? word : word.split(/(?<=[-/:._@])/)))
    .flatMap((part) => (fits(part) ? part : Array.from(part)));
}

/**
 * Text that may hold any character, as the embedded font can show it: what lies beyond Latin-1 and
 * common punctuation is written as its code point, `U+901A`, instead of an empty box.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e\u00a1-\u00ff–—‘’“”•…€−]/gu, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${hex.padStart(4, "0")}`;
  });
}
