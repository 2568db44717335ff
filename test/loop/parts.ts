import { createHash } from "node:crypto";

import type { AgentEvaluation, Proposal, ProposalRequest } from "../../src/core/ports.ts";
import type { OutcomeKind, Task, TaskOutcome } from "../../src/core/records.ts";
import type { RunEvent } from "../../src/loop/events.ts";
import type { RunParts } from "../../src/loop/self-improve.ts";

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

/** What a proposer does in one generation: answer, or throw. */
type Turn = string | Error | ((request: ProposalRequest) => Proposal | Promise<Proposal>);

export interface World {
  readonly parts: RunParts;
  readonly requests: readonly ProposalRequest[];
  readonly events: readonly RunEvent[];
  /** What the store was told, in order, each call as one line. */
  readonly writes: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/** Parts that live in memory: a proposer that takes these turns, an evaluator that reads `# passes N`. */
export function world(turns: readonly Turn[], changes: Partial<RunParts> = {}): World {
  const requests: ProposalRequest[] = [];
  const events: RunEvent[] = [];
  const writes: string[] = [];
  const files = new Map<string, string>();
  const write = (name: string, content: string) => {
    writes.push(name);
    files.set(name, content);
  };
  const parts: RunParts = {
    benchmark: "Mine",
    tasks: TASKS,
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
        const { generation } = request;
        onEvent({ type: "request-started", generation, child: 1, attempt: 1 });
        await record({ type: "request", generation });
        const turn = turns[generation - 1] ?? "";
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
      recordExchange: async (generation, { type }) =>
        write(`transcript ${generation}: ${type}`, ""),
      writeCandidate: async (generation, source) => write(`candidate ${generation}`, source),
      async writeAgent(generation, source) {
        write(`agent ${generation}`, source);
        return sha256(source);
      },
      closeGeneration: async ({ generation }) => write(`row ${generation}`, ""),
    },
    ...changes,
  };
  return { parts, requests, events, writes, files };
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
