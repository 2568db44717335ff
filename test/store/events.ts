import type { JournalEvent } from "../../src/core/journal.ts";
import type { TaskOutcome } from "../../src/core/records.ts";
import { sha256 } from "../../src/store/objects.ts";
import { factsOf } from "../helpers/facts.ts";

export const VERSIONS = { metai: "0.1.0", node: "v20.19.0", platform: "linux" } as const;

/** The start of a run on two tasks with one held out. */
export function startedEvent(fields: Parameters<typeof factsOf>[0] = {}): JournalEvent {
  return {
    type: "run-started",
    facts: factsOf({ tasks: 2, held_out: 1, ...fields }),
    tasks: ["Task/0", "Task/1"],
    held_out: ["Hidden/0"],
  };
}

export const at = (generation: number, child: number) => ({ generation, child });

/** What is judged to be no agent. */
export const invalid = (reason: string) =>
  ({ status: "invalid", passed: null, reason, duration_ms: 12.5 }) as const;

function outcomes(generation: number, source: string, passes: number): JournalEvent[] {
  return ["Task/0", "Task/1"].map((task_id, index) => {
    const about = { generation, agent_sha256: sha256(source), task_id, duration_ms: 1.5 };
    return index < passes
      ? { type: "outcome", ...about, outcome: "passed", reason: "" }
      : { type: "outcome", ...about, outcome: "failed", reason: "a, b" };
  });
}

/** A seed that passes nothing. */
export function seedEvents(source: string): JournalEvent[] {
  const agent_sha256 = sha256(source);
  return [
    { type: "candidate", ...at(0, 0), agent_sha256, reason: "" },
    ...outcomes(0, source, 0),
    { type: "judged", ...at(0, 0), status: "evaluated", passed: 0, reason: "", duration_ms: 3 },
    {
      type: "generation-closed",
      generation: 0,
      agent_sha256,
      standing_generation: 0,
      passed: 0,
      closed_at: "2026-01-02T03:04:05.678Z",
    },
  ];
}

/** A child of generation 1 that passes one task, and what was sent for it. */
export function offered(child: number, source: string, entry?: string): JournalEvent[] {
  const about = at(1, child);
  const request = { type: "request", ...about } as const;
  return [
    ...(entry === undefined ? [] : [{ ...request, entry_sha256: sha256(entry) }]),
    { type: "candidate", ...about, agent_sha256: sha256(source), reason: "" },
    ...outcomes(1, source, 1).toReversed(),
    { type: "judged", ...about, status: "evaluated", passed: 1, reason: "", duration_ms: 12.5 },
  ];
}

/** That this child of generation 1 is chosen and stands. */
export function accepted(child: number, source: string): JournalEvent[] {
  return [
    {
      type: "decision",
      ...at(1, child),
      ties: "parent",
      selection: true,
      parent_generation: 0,
      parent_passed: 0,
      candidate_passed: 1,
      accepted: true,
      words: "accepted: 1 > 0",
    },
    {
      type: "generation-closed",
      generation: 1,
      agent_sha256: sha256(source),
      standing_generation: 1,
      passed: 1,
      closed_at: "2026-01-02T03:04:06.000Z",
    },
  ];
}

/** The sealed step, in which an agent passes the one task. */
export function heldOut(source: string): JournalEvent[] {
  const agent_sha256 = sha256(source);
  const outcome: TaskOutcome = {
    task_id: "Hidden/0",
    outcome: "passed",
    reason: "",
    duration_ms: 2,
  };
  return [
    { type: "held-out-opened", agents: [agent_sha256], tasks: 1 },
    { type: "held-out-outcome", agent_sha256, ...outcome },
    { type: "held-out-scored", generation: 0, agent_sha256, passed: 1, total: 1 },
  ];
}
