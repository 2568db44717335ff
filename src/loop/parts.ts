import type { AgentEvaluation, ArchivedAgent, Evaluator, Proposer, Store } from "../core/ports.ts";
import type { Control, ScoreRow, Task, TaskOutcome, Ties } from "../core/records.ts";
import type { RunEvent } from "./events.ts";

/** Everything a run is made of. */
export interface RunParts {
  readonly proposer: Proposer;
  readonly evaluator: Evaluator;
  readonly store: Store;
  /** The name of the benchmark that the tasks are of. */
  readonly benchmark: string;
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
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onEvent: (event: RunEvent) => void;
}

export interface RunResult {
  readonly rows: readonly ScoreRow[];
  /** `perfect`: every task passed before the last generation, and the run stopped early. */
  readonly ended: "completed" | "perfect";
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

/** What a run has come to so far. It grows while the run goes on. */
export interface Progress {
  readonly rows: ScoreRow[];
  readonly archive: ArchivedAgent[];
  /** Each agent that has stood, in order; the standing one comes last. */
  readonly lineage: StandingAgent[];
}

export function evaluate(
  parts: RunParts,
  of: { readonly generation: number; readonly child: number },
  source: string,
  signal: AbortSignal,
): Promise<AgentEvaluation> {
  const { evaluator, tasks, onEvent } = parts;
  onEvent({ type: "evaluation-started", ...of });
  const onOutcome = (outcome: TaskOutcome) => onEvent({ type: "task-judged", ...of, outcome });
  return evaluator.evaluateAgent(source, tasks, { signal, onOutcome });
}
