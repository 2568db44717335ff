import type { JournalEvent } from "../core/journal.ts";
import type { Journal } from "../core/ports.ts";
import { RunRecord } from "../core/run-record.ts";
import { UserError } from "../errors.ts";

/** What the loop notes of its run. */
type NotedEvent = Exclude<
  JournalEvent,
  { type: "preregistered" | "run-started" | "run-resumed" | "run-ended" }
>;

/**
 * The loop's own notes: each event goes to the journal, unless an earlier part of the run has noted it, and
 * into the record that the run's rows are read off. A run that goes on works through what it has done once
 * more, from what the journal holds; whatever it comes to has to be what it came to then.
 */
export class RunLog {
  readonly record = new RunRecord();
  readonly #journal: Journal;
  readonly #past: RunRecord;

  constructor(journal: Journal, past: RunRecord) {
    this.#journal = journal;
    this.#past = past;
    if (past.started !== null) this.record.apply(past.started);
  }

  /** Resolves once the event is on disk. Throws a UserError where the journal tells it otherwise. */
  async note(event: NotedEvent): Promise<void> {
    const known = notedBefore(this.#past, event);
    this.record.apply(known ?? event);
    if (known === undefined) return this.#journal.append(event);
    if (withoutTimes(known) !== withoutTimes(event)) {
      throw new UserError(
        `The journal tells of another ${event.type} than the run comes to now: ` +
          `it was changed, or the run depends on more than its configuration; it cannot be gone on with.`,
      );
    }
  }
}

function notedBefore(past: RunRecord, event: NotedEvent): NotedEvent | undefined {
  switch (event.type) {
    case "request":
    case "request-failed":
      return undefined; // what is known is not asked for again
    case "response": {
      const known = past.child(event.generation, event.child)?.proposal ?? null;
      return known === null || event.proposal === null ? undefined : { ...event, proposal: known };
    }
    case "candidate":
    case "judged":
      return past.child(event.generation, event.child)?.[event.type];
    case "outcome": {
      const { type, generation, agent_sha256 } = event;
      const outcome = past.outcomes(generation, agent_sha256).get(event.task_id);
      return outcome && { type, generation, agent_sha256, ...outcome };
    }
    case "decision":
      return past.decision(event.generation);
    case "generation-closed":
      return past.closed(event.generation);
    case "held-out-opened":
      return past.heldOutOpened ?? undefined;
    case "held-out-outcome": {
      const { type, agent_sha256 } = event;
      const outcome = past.heldOutOutcomes(agent_sha256).get(event.task_id);
      return outcome && { type, agent_sha256, ...outcome };
    }
    case "held-out-scored":
      return past.heldOutScore(event.agent_sha256);
  }
}

function withoutTimes(event: NotedEvent): string {
  return JSON.stringify({ ...event, duration_ms: 0, closed_at: "" });
}
