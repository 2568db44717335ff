import { createHash } from "node:crypto";

import type { JournalEvent } from "../../src/core/journal.ts";
import type { AgentEvaluation, Journal, Proposal, ProposalRequest } from "../../src/core/ports.ts";
import type { CandidateRow, OutcomeKind, Task, TaskOutcome } from "../../src/core/records.ts";
import { RunRecord } from "../../src/core/run-record.ts";
import type { RunEvent } from "../../src/loop/events.ts";
import type { RunParts } from "../../src/loop/parts.ts";
import { factsOf } from "../helpers/facts.ts";
import { candidateRows } from "../../src/core/run-tables.ts";

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
  /** What the journal was told, in order, by the files that come of it. */
  readonly writes: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly candidates: readonly CandidateRow[];
  readonly journaled: readonly JournalEvent[];
}

/** Parts that live in memory: a proposer that takes these turns, an evaluator that reads `# passes N`. */
export function world(turns: readonly Turn[], changes: Partial<RunParts> = {}): World {
  const requests: ProposalRequest[] = [];
  const events: RunEvent[] = [];
  const { journal, ...written } = memoryJournal(changes.candidates ?? 1);
  const made: Omit<RunParts, "past"> = {
    tasks: TASKS,
    heldOut: [],
    candidates: 1,
    ties: "parent",
    control: null,
    seedSource: agent(0),
    generations: turns.length,
    earlyStop: true,
    budget: null,
    signal: new AbortController().signal,
    closingTime: () => new Date("2026-01-02T03:04:05Z"),
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
    journal,
    ...changes,
  };
  const past = RunRecord.of([startOf(made)]);
  written.record.apply(startOf(made));
  const parts: RunParts = { past, ...made };
  return { parts, requests, events, ...written };
}

/** The event that a run of these parts begins with. */
export function startOf(parts: Omit<RunParts, "past">): JournalEvent {
  const { proposer, evaluator, tasks, heldOut } = parts;
  return {
    type: "run-started",
    facts: factsOf({
      run_type: proposer.runType,
      control: parts.control,
      model: proposer.model,
      base_url: proposer.baseUrl,
      generations: parts.generations,
      candidates: parts.candidates,
      tasks: tasks.length,
      held_out: heldOut.length,
      sandbox: evaluator.sandbox,
    }),
    tasks: tasks.map(({ task_id }) => task_id),
    held_out: heldOut.map(({ task_id }) => task_id),
  };
}

/** A journal that says in order what it was told, in the names of the files that come of it. */
export function memoryJournal(candidatesAGeneration: number) {
  const texts = new Map<string, string>();
  const journaled: JournalEvent[] = [];
  const writes: string[] = [];
  const files = new Map<string, string>();
  const candidates: CandidateRow[] = [];
  const record = new RunRecord();
  const write = (name: string, hash: string | null = null) => {
    writes.push(name);
    files.set(name, hash === null ? "" : (texts.get(hash) ?? ""));
  };
  const several = candidatesAGeneration > 1;
  const journal: Journal = {
    async append(event) {
      journaled.push(event);
      record.apply(event);
      if (event.type === "request") write(`transcript ${event.generation}: request`);
      if (event.type === "candidate" && event.agent_sha256 !== null) {
        const { generation, child, agent_sha256 } = event;
        const offered = several ? `child ${generation}.${child}` : `candidate ${generation}`;
        write(generation === 0 ? "agent 0" : offered, agent_sha256);
      }
      if (event.type === "decision" && several) {
        const chosen = record.child(event.generation, event.child)?.candidate?.agent_sha256 ?? null;
        if (chosen !== null) write(`candidate ${event.generation}`, chosen);
      }
      if (event.type === "generation-closed") {
        const { generation, agent_sha256 } = event;
        if (generation > 0) write(`agent ${generation}`, agent_sha256);
        candidates.push(...candidateRows(record).filter((row) => row.generation === generation));
        write(`row ${generation}`);
      }
      if (event.type === "held-out-scored") write(`held out ${event.generation}`);
    },
    async keep(text) {
      texts.set(sha256(text), text);
      return sha256(text);
    },
    async read(hash) {
      const text = texts.get(hash);
      if (text === undefined) throw new Error(`nothing was kept under ${hash}`);
      return text;
    },
  };
  return { journal, journaled, record, writes, files, candidates };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function evaluate(source: string, tasks: readonly Task[]): AgentEvaluation {
  const passes = /^# passes (\d+)/.exec(source)?.[1];
  if (passes === undefined) return { status: "invalid", reason: "it defines no function solve" };
  return { status: "evaluated", outcomes: outcomes(Number(passes), tasks) };
}

/** The tasks of the lowest numbers pass, the others end in different ways. */
function outcomes(passes: number, tasks: readonly Task[]): TaskOutcome[] {
  const others: readonly OutcomeKind[] = ["failed", "timeout", "crashed", "limit", "invalid"];
  return tasks.map(({ task_id }) => {
    const index = Number(task_id.split("/")[1]);
    const outcome = index < passes ? "passed" : (others[index % others.length] ?? "failed");
    return { task_id, outcome, reason: outcome === "passed" ? "" : `why ${index}`, duration_ms: 1 };
  });
}
