import { structuredPatch } from "diff";

/** A line of a change: taken out, put in, or the sign that lines between were left out. */
export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** What changed from one source to another, line by line, without what stayed. */
export function sourceDiff(before: string, after: string): DiffLine[] {
  const { hunks } = structuredPatch("before", "after", before, after, "", "", { context: 0 });
  return hunks.flatMap(({ lines }, index) => {
    const gap: DiffLine[] = index === 0 ? [] : [{ sign: " ", text: "…" }];
    return [...gap, ...lines.flatMap(toDiffLine)];
  });
}

/** None for the note that a file has no newline at its end. */
function toDiffLine(line: string): DiffLine[] {
  const sign = line[0];
  const isLine = sign === "-" || sign === "+" || sign === " ";
  return isLine ? [{ sign, text: line.slice(1) }] : [];
}
