import { createRequire } from "node:module";
import PdfDocument from "pdfkit";

export type Canvas = PDFKit.PDFDocument;

export interface Metadata {
  readonly title: string;
  readonly subject: string;
  /** Written into the file in place of the clock, so that the same input gives the same bytes. */
  readonly date: Date;
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Points in an inch: every length in a figure is in points. */
const INCH = 72;
/** The widths of one column and of the whole text in the common two-column conference styles. */
export const COLUMN_WIDTH = 3.4 * INCH;
export const TEXT_WIDTH = 7 * INCH;
export const MARGIN = 6;

/** The day on which the paper figures were drawn; it stands in their files instead of the clock. */
export const PAPER_FIGURE_DATE = new Date("2026-11-23T00:00:00Z");

const { resolve } = createRequire(import.meta.url);
const FONT_FILES = {
  regular: resolve("@fontsource/lato/files/lato-latin-400-normal.woff"),
  italic: resolve("@fontsource/lato/files/lato-latin-400-italic.woff"),
  bold: resolve("@fontsource/lato/files/lato-latin-700-normal.woff"),
};
export type FontName = keyof typeof FONT_FILES;

/**
 * Draws one page and returns it as a PDF file. `layout` measures and answers with the size of the page
 * and the function that draws on it.
 */
export async function drawPage(
  metadata: Metadata,
  layout: (canvas: Canvas) => { readonly size: PageSize; readonly draw: () => void },
): Promise<Uint8Array> {
  const canvas = new PdfDocument({
    autoFirstPage: false,
    // The output of zlib differs between processors and Node versions; uncompressed bytes do not.
    compress: false,
    font: FONT_FILES.regular,
    lang: "en",
    displayTitle: true,
    info: {
      Title: metadata.title,
      Author: "metai",
      Subject: metadata.subject,
      Creator: "metai",
      CreationDate: metadata.date,
    },
  });
  for (const [name, file] of Object.entries(FONT_FILES)) canvas.registerFont(name, file);
  const { size, draw } = layout(canvas);
  canvas.addPage({ size: [size.width, size.height], margin: 0 });
  draw();
  canvas.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of canvas) chunks.push(chunk);
  return Buffer.concat(chunks);
}
