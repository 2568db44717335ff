import { join } from "node:path";

import type { EventOf } from "../core/journal.ts";
import { RunRecord } from "../core/run-record.ts";
import { UserError } from "../errors.ts";
import { JOURNAL } from "../store/layout.ts";
import { readJournal, refuseDamage } from "../store/journal-file.ts";
import { ResultsFolder } from "../store/results-folder.ts";
import { versions } from "./run-facts.ts";
import { differences, inWords } from "./same-configuration.ts";

/**
 * The folder of a run that starts as said or, where the folder holds a journal, goes on, unless that run is
 * over. Throws a UserError where the journal is damaged, or of a run that is not made of the same.
 */
export async function openResults(
  folder: string,
  started: EventOf<"run-started">,
): Promise<ResultsFolder> {
  const path = join(folder, JOURNAL);
  const content = await readJournal(path);
  if (content === null) return ResultsFolder.create(folder, [started]);
  refuseDamage(path, content);
  const past = RunRecord.of(content.lines.map(({ event }) => event));
  // Killed before its first event was whole: nothing was done yet.
  if (past.started === null) return ResultsFolder.reopen(folder, content, [started]);
  refuseAnother(folder, past.started, started);
  if (isOver(past)) return ResultsFolder.reopen(folder, content, []);
  const { git, evaluator } = started.facts;
  return ResultsFolder.reopen(folder, content, [
    { type: "run-resumed", versions: versions(), git, python: evaluator.python },
  ]);
}

/** Whether nothing is left to be done in a run. */
export function isOver({ ended }: RunRecord): boolean {
  return ended?.ended === "completed" || ended?.ended === "perfect";
}

function refuseAnother(
  folder: string,
  recorded: EventOf<"run-started">,
  now: EventOf<"run-started">,
): void {
  const found = differences(recorded.facts, now.facts).map(inWords);
  if (found.length === 0) return;
  throw new UserError(
    `The run in ${folder} cannot be gone on with, for it is made of something else: ${found.join("; ")}.`,
  );
}
