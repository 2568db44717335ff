import type { EventOf, JournalEvent } from "../core/journal.ts";
import type { RunRecord } from "../core/run-record.ts";

/** A run as its journal tells it, with the texts that it speaks of. */
export interface RecordedRun {
  readonly events: readonly JournalEvent[];
  readonly record: RunRecord;
  readonly started: EventOf<"run-started">;
  /** By SHA-256. All that the events name are there. */
  readonly texts: ReadonlyMap<string, string>;
}

/** An event with its line in the journal, from 1. */
export interface Numbered<Type extends JournalEvent["type"]> {
  readonly line: number;
  readonly event: EventOf<Type>;
}

/** The events of one type. */
export function eventsOf<Type extends JournalEvent["type"]>(
  { events }: Pick<RecordedRun, "events">,
  type: Type,
): Numbered<Type>[] {
  return events.flatMap((event, index) => (isOf(event, type) ? [{ line: index + 1, event }] : []));
}

function isOf<Type extends JournalEvent["type"]>(
  event: JournalEvent,
  type: Type,
): event is EventOf<Type> {
  return event.type === type;
}

/** Each text that an event names, by its SHA-256. */
export function textsOf(event: JournalEvent): string[] {
  switch (event.type) {
    case "preregistered":
      return [event.sha256];
    case "run-started":
      return [event.facts.settings.seed_agent_sha256];
    case "request":
    case "request-failed":
      return [event.entry_sha256];
    case "response":
      return [event.entry_sha256, event.proposal?.answer_sha256 ?? null].filter(
        (hash) => hash !== null,
      );
    case "candidate":
      return event.agent_sha256 === null ? [] : [event.agent_sha256];
    case "outcome":
    case "generation-closed":
    case "held-out-outcome":
    case "held-out-scored":
      return [event.agent_sha256];
    case "held-out-opened":
      return [...event.agents];
    case "run-resumed":
    case "judged":
    case "decision":
    case "run-ended":
      return [];
  }
}
