import type { EventOf } from "../core/journal.ts";
import { OutcomesSoFar } from "./outcomes-so-far.ts";

/** The order of events once the held-out tasks are opened. */
export class SealedStep {
  readonly #agents: readonly string[];
  readonly #tasks: readonly string[];
  readonly #outcomes = new OutcomesSoFar();
  readonly #scored = new Set<string>();

  constructor(agents: readonly string[], tasks: readonly string[]) {
    this.#agents = agents;
    this.#tasks = tasks;
  }

  /** Whether every agent is scored. */
  get isComplete(): boolean {
    return this.#agents.every((agent) => this.#scored.has(agent));
  }

  /** Why the event cannot come next, or null where it can; then it has happened. */
  problemOf(event: EventOf<"held-out-outcome" | "held-out-scored">): string | null {
    const { agent_sha256: agent } = event;
    if (!this.#agents.includes(agent)) return "it is of an agent that never stood";
    if (event.type === "held-out-outcome") {
      return this.#outcomes.add(agent, event.task_id, this.#tasks);
    }
    if (this.#scored.has(agent)) return "it scores an agent a second time";
    this.#scored.add(agent);
    return this.#outcomes.lacking(agent, this.#tasks);
  }
}
