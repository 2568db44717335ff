import { createHash } from "node:crypto";

import type { AgentEvaluation, Proposal, ProposalRequest } from "../../src/core/ports.ts";
import type { CandidateRow, OutcomeKind, Task, TaskOutcome } from "../../src/core/records.ts";
import type { RunEvent } from "../../src/loop/events.ts";
import type { RunParts } from "../../src/loop/parts.ts";

/** Stands in every test of every task; nothing that leaves metai may hold it. */
export const TEST_MARKER = "assert candidate(41) == 42  # for the judge alone";

export const TASKS: readonly Task[] = Array.from({ length: 3 }, (_, index) => ({
  task_id: `Task/${index}`,
  prompt: `def f${index}(x: int) -> int:\n`,
  entry_point: `f${index}`,
  test: `def check(candidate):\n    ${TEST_MARKER}\n`,
}));

/** The source of an agent that the evaluator below lets pass this many tasks. */
export function agent(passes: number, note = ""): string {
  return `# passes ${passes}${note}\ndef solve(prompt, entry_point):\n    return ""\n`;
}

export function answerOf(source: string): string {
  return `\`\`\`python\n${source}\`\`\``;
}

/** What a proposer does when it is asked: answer, or throw. */
type Answer = string | Error | ((request: ProposalRequest) => Proposal | Promise<Proposal>);
/** What it does in one generation, for an only child or for each of several. */
type Turn = Answer | Answer[];

export interface World {
  readonly parts: RunParts;
  readonly requests: readonly ProposalRequest[];
  readonly events: readonly RunEvent[];
  /** What the store was told, in order, each call as one line. */
  readonly writes: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly candidates: readonly CandidateRow[];
}

/** Parts that live in memory: a proposer that takes these turns, an evaluator that reads `# passes N`. */
export function world(turns: readonly Turn[], changes: Partial<RunParts> = {}): World {
  const requests: ProposalRequest[] = [];
  const events: RunEvent[] = [];
  const writes: string[] = [];
  const files = new Map<string, string>();
  const candidates: CandidateRow[] = [];
  const write = (name: string, content: string) => {
    writes.push(name);
    files.set(name, content);
    return sha256(content);
  };
  const parts: RunParts = {
    benchmark: "Mine",
    tasks: TASKS,
    heldOut: [],
    candidates: 1,
    ties: "parent",
    control: null,
    seedSource: agent(0),
    generations: turns.length,
    earlyStop: true,
    signal: new AbortController().signal,
    now: () => new Date("2026-01-02T03:04:05Z"),
    onEvent: (event) => events.push(event),
    proposer: {
      runType: "api",
      model: "a-model",
      baseUrl: "http://localhost:1/v1",
      async propose(request, { signal, onEvent, record }) {
        signal.throwIfAborted();
        requests.push(request);
        const { generation, child } = request;
        onEvent({ type: "request-started", generation, child, attempt: 1 });
        await record({ type: "request", generation });
        const asked = turns[generation - 1] ?? "";
        const turn = Array.isArray(asked) ? (asked[child - 1] ?? "") : asked;
        if (turn instanceof Error) throw turn;
        if (typeof turn === "function") return turn(request);
        return { answer: turn, responseModel: "a-model-0", finishReason: "stop", usage: null };
      },
    },
    evaluator: {
      sandbox: "process",
      async evaluateAgent(source, tasks, { signal, onOutcome }) {
        signal.throwIfAborted();
        const evaluation = evaluate(source, tasks);
        if (evaluation.status === "evaluated")
          evaluation.outcomes.forEach((one) => onOutcome?.(one));
        return evaluation;
      },
    },
    store: {
      async recordExchange(generation, child, { type }) {
        write(`transcript ${generation}${child === null ? "" : `.${child}`}: ${type}`, "");
      },
      writeChild: async (generation, child, source) =>
        write(`child ${generation}.${child}`, source),
      writeCandidate: async (generation, source) => write(`candidate ${generation}`, source),
      writeAgent: async (generation, source) => write(`agent ${generation}`, source),
      async closeGeneration({ generation }, _outcomes, children) {
        candidates.push(...children);
        write(`row ${generation}`, "");
      },
      async closeHeldOut(generation, outcomes, rows) {
        write(`held out ${generation}`, JSON.stringify({ outcomes, rows }));
      },
    },
    ...changes,
  };
  return { parts, requests, events, writes, files, candidates };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function evaluate(source: string, tasks: readonly Task[]): AgentEvaluation {
  const passes = /^# passes (\d+)/.exec(source)?.[1];
  if (passes === undefined) return { status: "invalid", reason: "it defines no function solve" };
  return { status: "evaluated", outcomes: outcomes(Number(passes), tasks) };
}

/** The first tasks pass, the others end in different ways. */
function outcomes(passes: number, tasks: readonly Task[]): TaskOutcome[] {
  const others: readonly OutcomeKind[] = ["failed", "timeout", "crashed", "limit", "invalid"];
  return tasks.map(({ task_id }, index) => {
    const outcome = index < passes ? "passed" : (others[index % others.length] ?? "failed");
    return { task_id, outcome, reason: outcome === "passed" ? "" : `why ${index}`, duration_ms: 1 };
  });
}
