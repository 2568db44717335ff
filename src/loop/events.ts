import type { ProposerEvent, TokenUsage } from "../core/ports.ts";
import type { ScoreRow, TaskOutcome } from "../core/records.ts";

/** What a run reports while it works, in the order in which it happens. The seed is child 0. */
export type RunEvent =
  | { readonly type: "generation-started"; readonly generation: number }
  | ProposerEvent
  | {
      readonly type: "answered";
      readonly generation: number;
      readonly child: number;
      readonly usage: TokenUsage | null;
    }
  | { readonly type: "evaluation-started"; readonly generation: number; readonly child: number }
  | {
      readonly type: "task-judged";
      readonly generation: number;
      readonly child: number;
      readonly outcome: TaskOutcome;
    }
  | {
      readonly type: "generation-closed";
      readonly row: ScoreRow;
      /** What the seed or the candidate did, in the tasks' order; empty if it was no agent. */
      readonly outcomes: readonly TaskOutcome[];
    }
  /** So many held-out tasks are judged; how, is told to nobody before all are. */
  | { readonly type: "held-out-judged"; readonly done: number; readonly of: number };
