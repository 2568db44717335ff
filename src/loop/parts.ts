import type { Budget } from "../core/budget.ts";
import type { ArchivedAgent, Evaluator, Journal, Proposer } from "../core/ports.ts";
import type { Control, ScoreRow, Task, TaskOutcome, Ties } from "../core/records.ts";
import type { RunRecord } from "../core/run-record.ts";
import type { RunEvent } from "./events.ts";
import type { RunLog } from "./run-log.ts";

/** Everything a run is made of. */
export interface RunParts {
  readonly proposer: Proposer;
  readonly evaluator: Evaluator;
  /** It holds the `run-started` event already. */
  readonly journal: Journal;
  /** What the journal holds: of a run that goes on, whatever was done before. */
  readonly past: RunRecord;
  readonly tasks: readonly Task[];
  /** Tasks that are scored once, when the run is over, and never reach the proposer or the selection. */
  readonly heldOut: readonly Task[];
  readonly seedSource: string;
  /** Generations after the seed. */
  readonly generations: number;
  /** Children that are offered in each generation. */
  readonly candidates: number;
  readonly ties: Ties;
  /** Null for a run that is none. The proposer of `same` and `random-edit` is the caller's to give. */
  readonly control: Control | null;
  /** Whether a perfect score ends the run before its last generation. */
  readonly earlyStop: boolean;
  /** Null where the run may use what it needs. */
  readonly budget: Budget | null;
  readonly signal: AbortSignal;
  /** When a generation is closed; a run that is replayed is given the time of the first. */
  readonly closingTime: (generation: number) => Date;
  readonly onEvent: (event: RunEvent) => void;
}

export interface RunResult {
  readonly rows: readonly ScoreRow[];
  /**
   * `perfect`: every task passed before the last generation, and the run stopped early. `budget`: what it may
   * use is used up; the held-out tasks stay sealed, as it can be gone on with.
   */
  readonly ended: "completed" | "perfect" | "budget";
  /** Why it may use no more; null where it ended by itself. */
  readonly problem: string | null;
  /** Each agent that has stood, in order: the seed, then every accepted candidate. */
  readonly lineage: readonly StandingAgent[];
}

/** The standing agent: what a generation begins with and what its candidate has to beat. */
export interface StandingAgent {
  readonly source: string;
  readonly sha256: string;
  /** The generation it was accepted in; 0 is the seed. */
  readonly generation: number;
  readonly outcomes: readonly TaskOutcome[];
}

/** A run at work: its parts, its log, and what it has come to so far. */
export interface Run extends RunParts {
  readonly log: RunLog;
  readonly archive: ArchivedAgent[];
  /** Each agent that has stood, in order; the standing one comes last. */
  readonly lineage: StandingAgent[];
}
