import { join } from "node:path";

import { criteriaOf } from "../../core/criteria.ts";
import type { RunFacts } from "../../core/journal.ts";
import type { ScoreRow } from "../../core/records.ts";
import { UserError } from "../../errors.ts";
import { readRun } from "../../store/read-run.ts";
import { type Comparison, comparisonsOf } from "../replicates/comparison.ts";
import { readReplicates } from "../replicates/folder.ts";
import {
  replicatesSummary,
  type ReplicatesSummary,
  type ReplicateSummary,
} from "../replicates/summary.ts";
import type { Registered } from "./facts.ts";
import { registeredBefore } from "./registered.ts";

/** Everything that a card says of several runs of one configuration. */
export interface SeveralCardFacts {
  /** Of each run. */
  readonly facts: readonly [RunFacts, ...RunFacts[]];
  readonly summary: ReplicatesSummary;
  readonly runs: readonly RunOfSeveral[];
  /** Of all runs. */
  readonly rows: readonly ScoreRow[];
  /** With the controls beside them, run by run of equal seeds. */
  readonly comparisons: readonly Comparison[];
  /** Before the first of them, and how many of them it stands before. */
  readonly registered: Registered | null;
  readonly registeredRuns: number;
}

export interface RunOfSeveral extends ReplicateSummary {
  readonly startedAt: string;
  readonly events: number;
  /** How often it was gone on with. */
  readonly resumed: number;
  /** The names of the criteria that it shows. */
  readonly shows: readonly string[];
}

/** Throws a UserError where the runs have no score, a damaged journal or no configuration in common. */
export async function severalCardFacts(folder: string): Promise<SeveralCardFacts> {
  const replicates = await readReplicates(folder);
  const [first, ...others] = replicates;
  if (first === undefined) {
    throw new UserError(
      `The runs in ${folder} have no score yet: go on with them first (--resume).`,
    );
  }
  const summary = replicatesSummary(replicates);
  const registrations: (Registered | null)[] = [];
  const runs: RunOfSeveral[] = [];
  for (const one of summary.runs) {
    const run = await readRun(join(folder, one.run));
    const { lines } = run.content;
    const events = lines.map(({ event }) => event);
    registrations.push(await registeredBefore(run));
    runs.push({
      ...one,
      startedAt: lines[0]?.time ?? "",
      events: events.length,
      resumed: events.filter(({ type }) => type === "run-resumed").length,
      shows: criteriaOf(events, run.record).flatMap(({ name, shownBy }) =>
        shownBy.length === 0 ? [] : [name],
      ),
    });
  }
  const registered = registrations.find((one) => one !== null) ?? null;
  return {
    facts: [first.facts, ...others.map(({ facts }) => facts)],
    summary,
    runs,
    rows: replicates.flatMap(({ rows }) => rows),
    comparisons: await comparisonsOf(folder, replicates),
    registered,
    registeredRuns: registrations.filter((one) => one?.sha256 === registered?.sha256).length,
  };
}
