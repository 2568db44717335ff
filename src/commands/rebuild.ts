import { join } from "node:path";

import type { RunFacts } from "../core/journal.ts";
import { UserError } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { deriveFiles } from "../store/derived-files.ts";
import { linkAmong, readDerivedFiles, readPlainJournal } from "../store/evidence.ts";
import { CURVE, JOURNAL, REPLICATES } from "../store/layout.ts";
import { lockFolder } from "../store/lock.ts";
import { readPlainFile } from "../store/plain-file.ts";
import { type ReadRun, readRun } from "../store/read-run.ts";
import { rebuildFiles } from "../store/results-folder.ts";
import { foldersOfSeveral } from "../store/run-folders.ts";
import { checkFacts } from "../verify/facts.ts";
import { checkOrder } from "../verify/order.ts";
import { drawCurve } from "./run/curve.ts";
import { readReplicates } from "./replicates/folder.ts";
import { replicatesSummary, summaryFile } from "./replicates/summary.ts";
import { runsBelow } from "./verify/runs-below.ts";
import { scoreRows } from "../core/run-tables.ts";

/** `metai rebuild`, as commander parses it. */
export interface RebuildOptions {
  allowMock?: true | undefined;
}

interface Planned extends ReadRun {
  readonly files: ReadonlyMap<string, string>;
}

/**
 * `metai rebuild`: makes the files of a run, and of those below it, again from their journals. Nothing is written
 * where a journal is damaged or a text is missing. Prints the files that were written.
 */
export async function runRebuild(results: string, { allowMock }: RebuildOptions): Promise<void> {
  const runs: Planned[] = [];
  for (const folder of await runsBelow(results)) runs.push(await planned(folder));
  // A control's tables are in the curve of the run that it stands below.
  for (const run of runs.toReversed()) {
    const unlock = await lockFolder(run.folder);
    try {
      await rebuild(run, allowMock ?? false);
    } finally {
      await unlock();
    }
  }
  for (const folder of (await foldersOfSeveral(results)).toReversed()) {
    await rebuildReplicates(folder, allowMock ?? false);
  }
}

/** What several runs come to, which is drawn from all of their journals. */
async function rebuildReplicates(folder: string, allowMock: boolean): Promise<void> {
  const runs = await readReplicates(folder);
  const summary = replicatesSummary(runs);
  const written = await rebuildFiles(folder, new Map([[REPLICATES, summaryFile(summary)]]));
  report(folder, written, await curveNotes(folder, summary, { allowMock, written }));
}

async function planned(folder: string): Promise<Planned> {
  const link = await linkAmong(folder);
  if (link !== null) {
    throw new UserError(
      `${link} is a link, and what it leads to is not metai's: remove it first.`,
      {
        kind: "refused",
      },
    );
  }
  const journal = await readPlainJournal(folder);
  if (journal !== null && "problem" in journal) {
    throw new UserError(`${join(folder, JOURNAL)} cannot be gone by: ${journal.problem}.`, {
      kind: "refused",
    });
  }
  const run = await readRun(folder);
  const events = run.content.lines.map(({ event }) => event);
  const [wrong] = [...checkFacts({ events, started: run.started }), ...checkOrder(events)];
  if (wrong !== undefined) {
    throw new UserError(
      `${join(folder, wrong.where)}: ${wrong.words}. The journal is not one that metai writes, and nothing is made from it.`,
      { kind: "refused" },
    );
  }
  return { ...run, files: await deriveFiles(run.content.lines, run.objects) };
}

async function rebuild(run: Planned, allowMock: boolean): Promise<void> {
  const { folder, content, files, record, started } = run;
  const written = await rebuildFiles(folder, files);
  const notes: string[] = [];
  if (content.torn) notes.push("the last line of its journal is torn; --resume cuts it off");
  const besides = [...(await readDerivedFiles(folder)).keys()].filter((name) => !isIn(files, name));
  if (besides.length > 0) notes.push(`not in its journal, and left: ${besides.join(", ")}`);
  if (scoreRows(record).length > 0) {
    notes.push(...(await curveNotes(folder, started.facts, { allowMock, written })));
  }
  report(folder, written, notes);
}

/** Redraws the curve of what may be drawn; returns what is to be said of it. */
async function curveNotes(
  folder: string,
  { run_type, control }: Pick<RunFacts, "run_type" | "control">,
  { allowMock, written }: { readonly allowMock: boolean; readonly written: string[] },
): Promise<string[]> {
  if (run_type === "mock" && !allowMock) {
    return ["its curve was left out: it is a mock run (--allow-mock draws it)"];
  }
  return control === null ? redraw(folder, allowMock, written) : [];
}

/** Draws the curve and adds it to what was written, unless it is there as it is. */
async function redraw(folder: string, allowMock: boolean, written: string[]): Promise<string[]> {
  const { bytes, note } = await drawCurve(folder, allowMock);
  const found = await readPlainFile(join(folder, CURVE));
  const isSame = found !== null && "bytes" in found && found.bytes.equals(Buffer.from(bytes));
  if (!isSame) {
    await writeFileWhole(join(folder, CURVE), bytes);
    written.push(CURVE);
  }
  return note === null ? [] : [note.replace(/^Note: /, "").replace(/\.$/, "")];
}

function report(folder: string, written: readonly string[], notes: readonly string[]): void {
  for (const name of written) console.log(join(folder, name));
  if (written.length === 0) console.error(`${folder}: all files are as its journal has them.`);
  for (const note of notes) console.error(`${folder}: ${note}.`);
}

function isIn(files: ReadonlyMap<string, string>, name: string): boolean {
  return files.has(join(name));
}
