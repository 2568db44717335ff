import { oneLine } from "../core/one-line.ts";
import type { Finding } from "./findings.ts";

/** A file that is there: its text, or why it has none. */
export type FoundFile =
  | { readonly text: string; readonly isUtf8: boolean }
  | { readonly problem: string };

/** Whether the files are, byte for byte, those that the journal comes to, with none missing and none besides. */
export function checkFiles(
  derived: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, FoundFile>,
): Finding[] {
  const wanted = [...derived].flatMap(([path, text]): Finding[] => {
    const file = found.get(path);
    if (file === undefined) return [{ where: path, words: "it is missing" }];
    if ("problem" in file) return [{ where: path, words: file.problem }];
    if (file.text !== text) return [differenceBetween(path, file.text, text)];
    return file.isUtf8 ? [] : [{ where: path, words: "it holds bytes that are no UTF-8" }];
  });
  const besides = [...found.keys()].filter((path) => !derived.has(path)).toSorted();
  const extra = besides.map((where) => ({ where, words: "the journal knows no such file" }));
  return [...wanted, ...extra];
}

/** The first line that differs and, in a table, its first cell that does. */
export function differenceBetween(path: string, found: string, told: string): Finding {
  const foundLines = found.split("\n");
  const toldLines = told.split("\n");
  const index = toldLines.findIndex((line, at) => line !== foundLines[at]);
  if (index === -1) {
    return { where: `${path}, line ${toldLines.length}`, words: "the journal tells of no more" };
  }
  const where = `${path}, line ${index + 1}`;
  const [here, there] = [foundLines[index], toldLines[index] ?? ""];
  if (here === undefined) return { where, words: "the file ends before it" };
  const cell = path.endsWith(".csv") ? differentCell(toldLines[0] ?? "", here, there) : null;
  if (cell !== null)
    return { where: `${where}, ${cell.column}`, words: inWords(cell.here, cell.there) };
  return { where, words: inWords(here, there) };
}

function inWords(here: string, there: string): string {
  return `${shown(here, there)}, the journal says ${shown(there, here)}`;
}

/** The part of a text that is not in the other, with a little before it. */
function shown(text: string, other: string): string {
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  const start = text.length > 60 ? Math.max(0, same - 20) : 0;
  const part = oneLine(text.slice(start), 60);
  return part === "" ? "nothing" : `${start > 0 ? "…" : ""}${part}`;
}

/** Null where the two rows have no cells to set side by side: quoted ones may hold commas. */
function differentCell(heads: string, here: string, there: string) {
  const columns = heads.split(",");
  const [ours, theirs] = [cellsOf(here), cellsOf(there)];
  if (ours.length !== columns.length || theirs.length !== columns.length) return null;
  const index = theirs.findIndex((cell, at) => cell !== ours[at]);
  const [column, a, b] = [columns[index], ours[index], theirs[index]];
  return column === undefined || a === undefined || b === undefined
    ? null
    : { column, here: a, there: b };
}

/** Quotes stay on: what matters is where two rows differ. */
function cellsOf(row: string): string[] {
  return row.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? [];
}
