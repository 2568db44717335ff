import { join } from "node:path";

import type { Replicate } from "../../core/replicates.ts";
import { RunRecord } from "../../core/run-record.ts";
import type { ScoreRow } from "../../core/records.ts";
import { UserError } from "../../errors.ts";
import { readJournal, refuseDamage } from "../../store/journal-file.ts";
import { JOURNAL } from "../../store/layout.ts";
import { holdsRun, replicatesIn } from "../../store/run-folders.ts";
import { differences, inWords } from "../run/same-configuration.ts";
import { scoreRows } from "../../core/run-tables.ts";

/**
 * Throws a UserError where a folder that is to be gone on with holds a single run and several are asked for,
 * several and one is, or more than are asked for.
 */
export async function refuseOtherRuns(
  folder: string,
  replicates: { readonly runs: number } | null,
): Promise<void> {
  const several = await replicatesIn(folder);
  const otherwise = "--reset-results to replace it, or --results DIR to write elsewhere";
  if (replicates !== null && (await holdsRun(folder))) {
    throw new UserError(
      `The folder ${folder} holds a single run: leave --runs out to go on with it, or give ${otherwise}.`,
    );
  }
  const last = several.at(-1);
  if (last === undefined) return;
  const count = Number(last.slice(-2));
  if (replicates === null && !(await holdsRun(folder))) {
    throw new UserError(
      `The folder ${folder} holds several runs, up to ${last}: add --runs ${count} to go on with them, or give ${otherwise}.`,
    );
  }
  if (replicates !== null && replicates.runs < count) {
    throw new UserError(
      `The folder ${folder} holds ${last} already: give --runs ${count} or more to go on.`,
    );
  }
}

/**
 * The runs that stand in the folders run-01, run-02, … of a folder, as their journals tell; none where there
 * is none. Throws a UserError of kind "refused" where a journal is damaged, tells of no run, or the runs are
 * not of one configuration.
 */
export async function readReplicates(folder: string): Promise<Replicate[]> {
  const runs: Replicate[] = [];
  for (const name of await replicatesIn(folder)) {
    const run = await readReplicate(folder, name);
    if (run !== null) runs.push(run);
  }
  const [first, ...others] = runs;
  for (const other of others) if (first !== undefined) refuseAnother(folder, first, other);
  refuseCopies(folder, runs);
  return runs;
}

/** Null where not even the seed agent is evaluated. */
async function readReplicate(folder: string, name: string): Promise<Replicate | null> {
  const path = join(folder, name, JOURNAL);
  const content = await readJournal(path);
  if (content === null) return null;
  refuseDamage(path, content);
  const record = RunRecord.of(content.lines.map(({ event }) => event));
  const rows = scoreRows(record);
  if (record.started === null || rows.length === 0) return null;
  if (!isInOrder(rows)) {
    throw new UserError(
      `${path} tells of generations that are missing, or that pass more than all.`,
      {
        kind: "refused",
      },
    );
  }
  const { facts } = record.started;
  return {
    name,
    facts,
    rows,
    ended: record.ended?.ended ?? null,
    head: content.lines.at(-1)?.sha256 ?? "",
  };
}

function isInOrder(rows: readonly ScoreRow[]): boolean {
  return rows.every(
    ({ generation, passed, total, held_out_passed: heldOut, held_out_total: of }, index) =>
      generation === index && passed <= total && (heldOut ?? 0) <= (of ?? 0),
  );
}

/** A run that is counted twice makes an interval too narrow. Each run of several has a seed of its own. */
function refuseCopies(folder: string, runs: readonly Replicate[]): void {
  for (const [index, run] of runs.entries()) {
    const isSame = ({ head, facts: { settings } }: Replicate) =>
      head === run.head || (settings.seed !== null && settings.seed === run.facts.settings.seed);
    const before = runs.slice(0, index).find(isSame);
    if (before === undefined) continue;
    throw new UserError(
      `${before.name} and ${run.name} in ${folder} are the same run (seed ${run.facts.settings.seed ?? "none"}), and none counts twice.`,
      { kind: "refused" },
    );
  }
}

/** The seed tells the runs of one configuration apart, and the name of a proposer that draws from it. */
function refuseAnother(folder: string, one: Replicate, other: Replicate): void {
  const isApart = new Set(one.facts.run_type === "api" ? ["--seed"] : ["--seed", "--model"]);
  const found = differences(one.facts, other.facts).find(({ what }) => !isApart.has(what));
  if (found === undefined) return;
  throw new UserError(
    `${one.name} and ${other.name} in ${folder} are no runs of one configuration ` +
      `(${inWords(found, [`in ${one.name}`, `in ${other.name}`])}), and nothing mixes them.`,
    { kind: "refused" },
  );
}
