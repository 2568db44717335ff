import type { Criterion } from "../../core/criteria.ts";
import type { RunFacts } from "../../core/journal.ts";
import type { Deviation } from "../../core/registration.ts";
import type { ScoreRow } from "../../core/records.ts";
import type { RunRecord } from "../../core/run-record.ts";
import { type McNemar, mcnemarTest } from "../../core/statistics/paired-tests.ts";
import { wilsonInterval } from "../../core/statistics/wilson.ts";
import { scoreRows } from "../../core/run-tables.ts";

/** Passes of tasks with their 95 % Wilson interval, as proportions. */
export interface Proportion {
  readonly passed: number;
  readonly total: number;
  readonly interval: readonly [low: number, high: number];
}

/** The seed and the agent that stands at the end, on the same tasks. */
export interface Comparison {
  readonly seed: Proportion;
  readonly final: Proportion;
  /** Over the tasks that both were judged on. */
  readonly test: McNemar;
}

/** A control that stands beside a run. */
export interface ControlFacts {
  readonly control: string;
  readonly seed: Proportion;
  readonly final: Proportion;
  readonly generations: number;
}

/** What was registered before the run, and where the run is otherwise. */
export interface Registered {
  readonly name: string;
  readonly sha256: string;
  readonly note: string | null;
  readonly deviations: readonly Deviation[];
}

/** Everything that a card says of a run. */
export interface CardFacts {
  readonly facts: RunFacts;
  readonly head: string;
  readonly events: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly ended: string;
  readonly problem: string | null;
  /** How often the run was gone on with. */
  readonly resumed: number;
  readonly rows: readonly ScoreRow[];
  readonly selection: Comparison;
  /** Null where none was scored. */
  readonly heldOut: Comparison | null;
  readonly controls: readonly ControlFacts[];
  readonly registered: Registered | null;
  readonly criteria: readonly Criterion[];
}

export function proportion(passed: number, total: number): Proportion {
  const { low, high } = wilsonInterval(passed, total);
  return { passed, total, interval: [low, high] };
}

/** Null where no generation is closed. */
export function selectionOf(record: RunRecord): Comparison | null {
  const seed = record.closed(0);
  const last = scoreRows(record).at(-1);
  const final = last === undefined ? undefined : record.closed(last.generation);
  if (seed === undefined || last === undefined || final === undefined) return null;
  const passes = ({ standing_generation, agent_sha256 }: typeof seed) => {
    const outcomes = record.outcomes(standing_generation, agent_sha256);
    return record.started?.tasks.map((task) => outcomes.get(task)?.outcome === "passed") ?? [];
  };
  return {
    seed: proportion(seed.passed, last.total),
    final: proportion(final.passed, last.total),
    test: mcnemarTest(passes(seed), passes(final)),
  };
}

/** Null where the two are not both scored. */
export function heldOutOf(record: RunRecord): Comparison | null {
  const rows = scoreRows(record);
  const [seed, final] = [rows.at(0), rows.at(-1)].map((row) =>
    row === undefined ? undefined : record.heldOutScore(row.agent_sha256),
  );
  if (seed === undefined || final === undefined) return null;
  const passes = (agent: string) => {
    const outcomes = record.heldOutOutcomes(agent);
    return record.started?.held_out.map((task) => outcomes.get(task)?.outcome === "passed") ?? [];
  };
  return {
    seed: proportion(seed.passed, seed.total),
    final: proportion(final.passed, final.total),
    test: mcnemarTest(passes(seed.agent_sha256), passes(final.agent_sha256)),
  };
}
