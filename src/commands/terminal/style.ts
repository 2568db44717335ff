import { isatty } from "node:tty";

import picocolors from "picocolors";

type Stream = NodeJS.WriteStream & { fd: 1 | 2 };

/** Whether a stream is a terminal that a person watches, which may be redrawn. */
export function isLive(stream: Stream): boolean {
  return isatty(stream.fd) && !process.env.CI && process.env.TERM !== "dumb";
}

/** Colours for a stream: none where it is no terminal, or NO_COLOR or CI is set. */
export function colorsFor(stream: Stream) {
  return picocolors.createColors(isLive(stream) && !process.env.NO_COLOR);
}

/** Characters of a line: as wide as a terminal is at least. */
export const WIDTH = 78;

/** Rows of cells as aligned lines, of at most so many characters; the last column goes on below itself. */
export function alignColumns(rows: readonly (readonly string[])[], width = Infinity): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0) + "  ");
    const before = cells.join("");
    const last = row.at(-1) ?? "";
    const lines = before.length + last.length > width ? wrap(last, width - before.length) : [last];
    return lines.map((line, index) => (index === 0 ? before : " ".repeat(before.length)) + line);
  });
}

/** A whole number, 1234567 as "1,234,567". Not by Intl, whose first use takes as long as many a command. */
export function thousands(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Text in lines of at most so many characters, broken at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
