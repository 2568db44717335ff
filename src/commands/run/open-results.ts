import { join } from "node:path";

import type { EventOf, JournalEvent } from "../../core/journal.ts";
import { RunRecord } from "../../core/run-record.ts";
import { UserError } from "../../errors.ts";
import { JOURNAL } from "../../store/layout.ts";
import type { JournalContent } from "../../store/journal.ts";
import { readJournal, refuseDamage } from "../../store/journal-file.ts";
import { Objects, sha256 } from "../../store/objects.ts";
import { ResultsFolder } from "../../store/results-folder.ts";
import type { RegisteredFile } from "./registered-file.ts";
import { versions } from "./facts.ts";
import { differences, inWords } from "./same-configuration.ts";

/**
 * The folder of a run that starts as said or, where the folder holds a journal, goes on, unless that run is
 * over. Throws a UserError where the journal is damaged, or of a run that is not made of the same.
 */
export async function openResults(
  folder: string,
  started: EventOf<"run-started">,
  registered: RegisteredFile | null = null,
): Promise<ResultsFolder> {
  const path = join(folder, JOURNAL);
  const content = await readJournal(path);
  const beginning = [...registrationOf(registered), started];
  const texts = registered === null ? [] : [registered.text];
  if (content === null) return ResultsFolder.create(folder, beginning, texts);
  refuseDamage(path, content);
  const past = RunRecord.of(content.lines.map(({ event }) => event));
  // Killed before its first event was whole: nothing was done yet.
  if (past.started === null) {
    for (const text of texts) await new Objects(folder).keep(text);
    return ResultsFolder.reopen(folder, content, beginning.slice(content.lines.length));
  }
  refuseAnother(folder, past.started, started);
  refuseOtherRegistration(folder, content, registered);
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

function registrationOf(registered: RegisteredFile | null): JournalEvent[] {
  if (registered === null) return [];
  return [{ type: "preregistered", name: registered.name, sha256: sha256(registered.text) }];
}

/** What was registered was registered before the run: it is not given or changed later. */
function refuseOtherRegistration(
  folder: string,
  { lines }: JournalContent,
  registered: RegisteredFile | null,
): void {
  if (registered === null) return;
  const first = lines[0]?.event;
  if (first?.type === "preregistered" && first.sha256 === sha256(registered.text)) return;
  throw new UserError(
    `${registered.name} was not registered before the run in ${folder}, and cannot be afterwards: leave --preregister out.`,
  );
}

function refuseAnother(
  folder: string,
  recorded: EventOf<"run-started">,
  now: EventOf<"run-started">,
): void {
  const found = differences(recorded.facts, now.facts).map((one) => inWords(one));
  if (found.length === 0) return;
  throw new UserError(
    `The run in ${folder} cannot be gone on with, for it is made of something else: ${found.join("; ")}. ` +
      `Give what it was made of, or start anew with --reset-results or another --results DIR.`,
  );
}
