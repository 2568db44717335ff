import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { JournalEvent } from "../../src/core/journal.ts";
import { deriveFiles } from "../../src/store/derived-files.ts";
import { type JournalLine, parseJournal, seal } from "../../src/store/journal.ts";
import { Objects, sha256 } from "../../src/store/objects.ts";
import { rebuildFiles } from "../../src/store/results-folder.ts";

export type Lines = readonly JournalLine[];

export function journalOf(folder: string): Lines {
  return parseJournal(readFileSync(join(folder, "journal.jsonl"))).lines;
}

/** Puts another text in the place of the first such one. Throws where there is none. */
export function edit(folder: string, name: string, from: string | RegExp, to: string): void {
  const path = join(folder, name);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${name} holds no ${String(from)}`);
  writeFileSync(path, after);
}

/** Writes the lines of a text file as they become. */
export function editLines(
  folder: string,
  name: string,
  change: (lines: string[]) => readonly string[],
): void {
  const path = join(folder, name);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  writeFileSync(path, change(lines).join("\n") + "\n");
}

/** Keeps a text among a run's objects, as a forger would who knows how they are named. */
export function keep(folder: string, text: string): string {
  const hash = sha256(text);
  writeFileSync(join(folder, "objects", hash), text);
  return hash;
}

/** What a forger does who knows metai well: another journal, with right hashes, and all files made from it. */
export async function forge(
  folder: string,
  change: (event: JournalEvent, index: number, all: Lines) => JournalEvent | null,
): Promise<void> {
  const lines: JournalLine[] = [];
  const texts: string[] = [];
  const all = journalOf(folder);
  for (const [index, { event, time }] of all.entries()) {
    const changed = change(event, index, all);
    if (changed === null) continue;
    const sealed = seal(changed, lines.at(-1) ?? null, new Date(time));
    lines.push(sealed.line);
    texts.push(sealed.text + "\n");
  }
  if (texts.join("") === readFileSync(join(folder, "journal.jsonl"), "utf8")) {
    throw new Error("nothing was forged");
  }
  writeFileSync(join(folder, "journal.jsonl"), texts.join(""));
  await rebuildFiles(folder, await deriveFiles(lines, new Objects(folder)));
  rmSync(join(folder, "improvement_curve.pdf"), { force: true });
}

/** The first event of a type that is as wanted is changed; any other stays. */
export function first<Type extends JournalEvent["type"]>(
  type: Type,
  isWanted: (event: Extract<JournalEvent, { type: Type }>) => boolean,
  change: (event: Extract<JournalEvent, { type: Type }>) => JournalEvent | null,
): (event: JournalEvent) => JournalEvent | null {
  let done = false;
  return (event) => {
    if (done || !isOf(event, type) || !isWanted(event)) return event;
    done = true;
    return change(event);
  };
}

function isOf<Type extends JournalEvent["type"]>(
  event: JournalEvent,
  type: Type,
): event is Extract<JournalEvent, { type: Type }> {
  return event.type === type;
}
