import type { EventOf, JournalEvent, RecordedProposal } from "./journal.ts";
import type { TaskOutcome } from "./records.ts";
import type { AgentEvaluation, TokenUsage } from "./ports.ts";
import { countPassed } from "./selection.ts";

/** What is known of one child of a generation; the seed is child 0 of generation 0. */
export interface ChildRecord {
  proposal: RecordedProposal | null;
  /** Undefined before the answer was read. */
  candidate?: EventOf<"candidate">;
  judged?: EventOf<"judged">;
}

interface GenerationRecord {
  readonly children: Map<number, ChildRecord>;
  /** Of each agent, by its hash, then by task. */
  readonly outcomes: Map<string, Map<string, TaskOutcome>>;
  decision?: EventOf<"decision">;
  closed?: EventOf<"generation-closed">;
}

interface HeldOutRecord {
  readonly outcomes: Map<string, TaskOutcome>;
  scored?: EventOf<"held-out-scored">;
}

/**
 * What the events of a journal come to. The loop keeps one while it works and one of what an earlier part of
 * its run has done; `run-tables.ts` reads the tables of a results folder off it.
 */
export class RunRecord {
  #started: EventOf<"run-started"> | null = null;
  #ended: EventOf<"run-ended"> | null = null;
  #opened: EventOf<"held-out-opened"> | null = null;
  readonly #generations: GenerationRecord[] = [];
  readonly #heldOut = new Map<string, HeldOutRecord>();

  /** The record of these events, in order. */
  static of(events: Iterable<JournalEvent>): RunRecord {
    const record = new RunRecord();
    for (const event of events) record.apply(event);
    return record;
  }

  get started(): EventOf<"run-started"> | null {
    return this.#started;
  }

  /** Null while the run is at work, was killed or goes on after an end. */
  get ended(): EventOf<"run-ended"> | null {
    return this.#ended;
  }

  get heldOutOpened(): EventOf<"held-out-opened"> | null {
    return this.#opened;
  }

  /** Generations of which anything is known, the seed's included. */
  get generations(): number {
    return this.#generations.length;
  }

  apply(event: JournalEvent): void {
    switch (event.type) {
      case "preregistered":
      case "request":
      case "request-failed":
        break;
      case "run-started":
        this.#started = event;
        break;
      case "run-resumed":
        this.#ended = null;
        break;
      case "response":
        if (event.proposal !== null) this.#child(event).proposal = event.proposal;
        break;
      case "candidate":
        this.#child(event).candidate = event;
        break;
      case "outcome": {
        const { type: _, generation, agent_sha256, ...outcome } = event;
        const { outcomes } = this.#generation(generation);
        const known = outcomes.get(agent_sha256) ?? new Map<string, TaskOutcome>();
        outcomes.set(agent_sha256, known.set(outcome.task_id, outcome));
        break;
      }
      case "judged":
        this.#child(event).judged = event;
        break;
      case "decision":
        this.#generation(event.generation).decision = event;
        break;
      case "generation-closed":
        this.#generation(event.generation).closed = event;
        break;
      case "held-out-opened":
        this.#opened = event;
        break;
      case "held-out-outcome": {
        const { type: _, agent_sha256, ...outcome } = event;
        this.#heldOutOf(agent_sha256).outcomes.set(outcome.task_id, outcome);
        break;
      }
      case "held-out-scored":
        this.#heldOutOf(event.agent_sha256).scored = event;
        break;
      case "run-ended":
        this.#ended = event;
        break;
    }
  }

  /** Those of a generation, by their number, in the order in which they came. */
  children(generation: number): ReadonlyMap<number, Readonly<ChildRecord>> {
    return this.#generations[generation]?.children ?? new Map();
  }

  child(generation: number, child: number): Readonly<ChildRecord> | undefined {
    return this.children(generation).get(child);
  }

  decision(generation: number): EventOf<"decision"> | undefined {
    return this.#generations[generation]?.decision;
  }

  closed(generation: number): EventOf<"generation-closed"> | undefined {
    return this.#generations[generation]?.closed;
  }

  /** What an agent did in a generation, by task, as far as it is known. */
  outcomes(generation: number, agent: string): ReadonlyMap<string, TaskOutcome> {
    return this.#generations[generation]?.outcomes.get(agent) ?? new Map();
  }

  /** What an agent did on the held-out tasks, as far as it is known. */
  heldOutOutcomes(agent: string): ReadonlyMap<string, TaskOutcome> {
    return this.#heldOut.get(agent)?.outcomes ?? new Map();
  }

  /** Agents of which held-out outcomes are known, by their hash. */
  get heldOutAgents(): readonly string[] {
    return [...this.#heldOut.keys()];
  }

  heldOutScore(agent: string): EventOf<"held-out-scored"> | undefined {
    return this.#heldOut.get(agent)?.scored;
  }

  /** What became of a child, or null while that is not known. */
  evaluation(generation: number, child: number): AgentEvaluation | null {
    const { candidate, judged } = this.child(generation, child) ?? {};
    if (judged === undefined) return null;
    if (judged.status === "invalid") return { status: "invalid", reason: judged.reason };
    const agent = candidate?.agent_sha256 ?? "";
    return { status: "evaluated", outcomes: this.#inOrder(generation, agent) };
  }

  /** Tokens that were counted, of all answers. */
  get usage(): TokenUsage {
    const proposals = this.#generations.flatMap(({ children }) => proposalsOf(children));
    return {
      promptTokens: sumOf(proposals.map((one) => one.prompt_tokens)) ?? 0,
      completionTokens: sumOf(proposals.map((one) => one.completion_tokens)) ?? 0,
    };
  }

  #inOrder(generation: number, agent: string): TaskOutcome[] {
    const known = this.outcomes(generation, agent);
    return (this.#started?.tasks ?? []).flatMap((task) => known.get(task) ?? []);
  }

  #generation(number: number): GenerationRecord {
    while (this.#generations.length <= number) {
      this.#generations.push({ children: new Map(), outcomes: new Map() });
    }
    const record = this.#generations[number];
    if (record === undefined) throw new RangeError(`there is no generation ${number}`);
    return record;
  }

  #child({ generation, child }: { readonly generation: number; readonly child: number }) {
    const { children } = this.#generation(generation);
    const record = children.get(child) ?? { proposal: null };
    children.set(child, record);
    return record;
  }

  #heldOutOf(agent: string): HeldOutRecord {
    const record = this.#heldOut.get(agent) ?? { outcomes: new Map() };
    this.#heldOut.set(agent, record);
    return record;
  }
}

/** The passes of an evaluation; null where it is of no agent. */
export function passesOf(evaluation: AgentEvaluation): number | null {
  return evaluation.status === "evaluated" ? countPassed(evaluation.outcomes) : null;
}

/** The proposals of children, as far as they have come. */
export function proposalsOf(children: ReadonlyMap<number, ChildRecord>): RecordedProposal[] {
  return [...children.values()].flatMap(({ proposal }) => (proposal === null ? [] : [proposal]));
}

/** The sum of what was counted; null where nothing was. */
export function sumOf(counts: readonly (number | null)[]): number | null {
  const counted = counts.filter((count) => count !== null);
  return counted.length === 0 ? null : counted.reduce((a, b) => a + b);
}
