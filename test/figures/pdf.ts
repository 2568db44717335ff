import { spawnSync } from "node:child_process";

/** Runs one of poppler's tools on a PDF and returns what it prints. */
function poppler(tool: string, options: readonly string[], pdf: Uint8Array): string {
  const output = tool === "pdftotext" ? ["-", "-"] : ["-"];
  const result = spawnSync(tool, [...options, ...output], { input: pdf, encoding: "utf8" });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${tool}: ${result.stderr}`);
  return result.stdout;
}

/** The words of a PDF in reading order, with single spaces. */
export function textOf(pdf: Uint8Array): string {
  return poppler("pdftotext", [], pdf).replaceAll(/\s+/g, " ");
}

/** The lines of a PDF as they stand on the page. */
export function linesOf(pdf: Uint8Array): string[] {
  return poppler("pdftotext", ["-layout"], pdf)
    .split("\n")
    .map((line) => line.trim().replaceAll(/\s+/g, " "));
}

export function infoOf(pdf: Uint8Array): string {
  return poppler("pdfinfo", ["-isodates"], pdf);
}

/** The size of the page in points. */
export function sizeOf(pdf: Uint8Array): { width: number; height: number } {
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(infoOf(pdf)) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Each font's name and whether it is embedded. */
export function fontsOf(pdf: Uint8Array): { name: string; embedded: boolean }[] {
  const rows = poppler("pdffonts", [], pdf).trim().split("\n").slice(2);
  return rows.map((row) => ({
    name: row.slice(0, row.indexOf(" ")),
    embedded: /Identity-H\s+yes/.test(row),
  }));
}

/** The words that do not lie wholly on the page. */
export function wordsOffPage(pdf: Uint8Array): string[] {
  const { width, height } = sizeOf(pdf);
  const word = /<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g;
  const words = [...poppler("pdftotext", ["-bbox"], pdf).matchAll(word)];
  if (words.length === 0) throw new Error("the page holds no words");
  return words
    .filter(([, left, top, right, bottom]) => {
      const inside = Number(left) >= 0 && Number(right) <= width;
      return !(inside && Number(top) >= 0 && Number(bottom) <= height);
    })
    .map(([, , , , , text]) => text ?? "");
}
