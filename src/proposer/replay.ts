import { BudgetSpent } from "../core/budget.ts";
import type { Proposal, Proposer, TranscriptEntry } from "../core/ports.ts";

/** What an earlier run has recorded of one child. */
export interface RecordedChild {
  /** What was sent and what came back, in order, with the proposal that a response holds, if it is one. */
  readonly exchanges: readonly {
    readonly entry: TranscriptEntry;
    readonly proposal: Proposal | undefined;
  }[];
  /** Null where it was stopped before an answer came. */
  readonly proposal: Proposal | null;
}

export interface ReplayOptions extends Pick<Proposer, "runType" | "model" | "baseUrl"> {
  readonly read: (generation: number, child: number) => Promise<RecordedChild>;
}

/**
 * A proposer that asks nobody: it offers what an earlier run has recorded, and records it as that run did.
 * Throws a BudgetSpent where the record ends.
 */
export function replayProposer({ read, ...about }: ReplayOptions): Proposer {
  return {
    ...about,
    async propose({ generation, child }, { signal, record }) {
      const { exchanges, proposal } = await read(generation, child);
      for (const one of exchanges) {
        signal.throwIfAborted();
        await record(one.entry, one.proposal);
      }
      if (proposal !== null) return proposal;
      throw new BudgetSpent(`no answer is recorded for child ${child} of generation ${generation}`);
    },
  };
}
