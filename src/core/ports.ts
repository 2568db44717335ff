import type { JournalEvent } from "./journal.ts";
import type {
  OutcomeKind,
  RunType,
  SandboxLevel,
  Task,
  TaskOutcome,
  VisibleTask,
} from "./records.ts";

/** What a proposer is told. Nothing in it comes from a test. */
export interface ProposalRequest {
  readonly generation: number;
  /** Which of the generation's children is asked for, from 1. */
  readonly child: number;
  /** The standing agent's Python source. */
  readonly parentSource: string;
  readonly tasks: readonly TaskReport[];
  /** The run's earlier agents: the seed, then every evaluated candidate by generation and child. */
  readonly archive: readonly ArchivedAgent[];
}

/** An earlier agent of a run; the seed is child 0 of generation 0. */
export interface ArchivedAgent {
  readonly generation: number;
  readonly child: number;
  readonly source: string;
  /** Ids of the tasks that it passes; empty where selection is off, so that none comes in by the back door. */
  readonly passed: readonly string[];
}

/** One task as a proposer sees it: the prompt, and how the parent did. */
export interface TaskReport extends VisibleTask {
  readonly outcome: OutcomeKind;
  readonly reason: string;
}

/** What a proposer offers. `answer` is untrusted text that should contain one Python file. */
export interface Proposal {
  readonly answer: string;
  /** The model that answered, as the server names it; null where none does. */
  readonly responseModel: string | null;
  /**
   * Why the model ended, in the server's word: "stop", "length" where the answer was cut off at the
   * token limit, "content_filter" where it was withheld. Null where none is given.
   */
  readonly finishReason: string | null;
  /** Null where the server counts no tokens. */
  readonly usage: TokenUsage | null;
}

export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What a proposer reports while it works. Times are in milliseconds. */
export type ProposerEvent =
  | {
      readonly type: "request-started";
      readonly generation: number;
      readonly child: number;
      readonly attempt: number;
    }
  | {
      readonly type: "request-retried";
      readonly generation: number;
      readonly child: number;
      /** The attempt that failed, from 1. */
      readonly attempt: number;
      readonly maxAttempts: number;
      /** What went wrong, in a few words for the user. */
      readonly reason: string;
      readonly delayMs: number;
    };

/** One line of a transcript: a request as sent, or what came back. Never holds a key. */
export interface TranscriptEntry {
  readonly type: "request" | "response" | "error";
  readonly [field: string]: unknown;
}

export interface ProposerContext {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ProposerEvent) => void;
  /**
   * Resolves once the entry is on disk, with the proposal that a response holds, if it is one. Awaited before
   * a request is sent or an answer is used. Rejects where a request may not be sent, for the budget is used up.
   */
  readonly record: (entry: TranscriptEntry, proposal?: Proposal) => Promise<void>;
}

/** Whatever offers candidates. Throws a UserError when it cannot go on, a BudgetSpent where it may not. */
export interface Proposer {
  readonly runType: RunType;
  /** The model that is asked for. */
  readonly model: string;
  /** The server's address without credentials, or null. */
  readonly baseUrl: string | null;
  propose(request: ProposalRequest, context: ProposerContext): Promise<Proposal>;
}

/** An agent's result: no agent at all, or an outcome for each task, in the tasks' order. */
export type AgentEvaluation =
  | { readonly status: "invalid"; readonly reason: string }
  | { readonly status: "evaluated"; readonly outcomes: readonly TaskOutcome[] };

/** Whatever judges agents. A misbehaving agent is an outcome; only a fault of the machinery throws. */
export interface Evaluator {
  readonly sandbox: SandboxLevel;
  /** `onOutcome` is called as each task ends, in any order. */
  evaluateAgent(
    source: string,
    tasks: readonly Task[],
    options: { readonly signal: AbortSignal; readonly onOutcome?: (outcome: TaskOutcome) => void },
  ): Promise<AgentEvaluation>;
}

/** The record of a run, as the loop writes it. What resolves is on disk. */
export interface Journal {
  append(event: JournalEvent): Promise<void>;
  /** Keeps a text; returns the SHA-256 that it is found by. */
  keep(text: string): Promise<string>;
  /** A text that was kept. */
  read(sha256: string): Promise<string>;
}
