import { type Canvas, MARGIN, TEXT_WIDTH } from "./page.ts";
import { textStyle, wrap, writeLines } from "./text.ts";

const LEADING = 9.2;

export interface Caption {
  /** The height of a page that ends with the caption. */
  readonly pageHeight: number;
  readonly draw: () => void;
}

/** Lays a caption out over the whole text width; `y` is the baseline of its first line. */
export function layCaption(canvas: Canvas, text: string, y: number): Caption {
  const lines = wrap(canvas, text, textStyle.note, { width: TEXT_WIDTH - 2 * MARGIN });
  return {
    pageHeight: y + (lines.length - 1) * LEADING + MARGIN + 2,
    draw: () => {
      writeLines(canvas, lines, { x: MARGIN, y }, textStyle.note, LEADING);
    },
  };
}
