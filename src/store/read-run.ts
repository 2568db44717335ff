import { join } from "node:path";

import type { EventOf } from "../core/journal.ts";
import { RunRecord } from "../core/run-record.ts";
import { UserError } from "../errors.ts";
import type { JournalContent } from "./journal.ts";
import { readJournal, refuseDamage } from "./journal-file.ts";
import { JOURNAL } from "./layout.ts";
import { Objects } from "./objects.ts";
import { replicatesIn, suchAsBelow } from "./run-folders.ts";

/** A run as its folder's journal tells it. */
export interface ReadRun {
  readonly folder: string;
  readonly content: JournalContent;
  readonly record: RunRecord;
  readonly started: EventOf<"run-started">;
  readonly objects: Objects;
  /** SHA-256 of the journal's last line. */
  readonly head: string;
}

/** Throws a UserError where the folder holds no journal, a damaged one, or one of a run that never started. */
export async function readRun(folder: string): Promise<ReadRun> {
  const path = join(folder, JOURNAL);
  const content = await readJournal(path);
  if (content === null) {
    const [several] = await replicatesIn(folder);
    if (several !== undefined) {
      throw new UserError(
        `${folder} holds several runs: name one of them, such as ${join(folder, several)}.`,
      );
    }
    throw new UserError(
      `There is no ${path}: name the folder of a run that metai made, with its journal${await suchAsBelow(folder)}.`,
    );
  }
  refuseDamage(path, content);
  const record = RunRecord.of(content.lines.map(({ event }) => event));
  const { started } = record;
  const last = content.lines.at(-1);
  if (started === null || last === undefined) {
    throw new UserError(`${path} tells of no run: it was stopped before it began.`);
  }
  return { folder, content, record, started, objects: new Objects(folder), head: last.sha256 };
}
