import type { OutcomeKind, TaskOutcome } from "../core/records.ts";
import { atLine } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/** What the journal says that an agent does on one task. */
export interface OutcomeClaim {
  /** Where it says so. */
  readonly where: string;
  readonly task: string;
  readonly outcome: OutcomeKind;
  /** Why, as its next model is told. */
  readonly reason: string;
  readonly duration_ms: number;
}

/** All that the journal says of what one source does. */
export interface AgentClaims {
  readonly sha256: string;
  readonly source: string;
  readonly outcomes: readonly OutcomeClaim[];
  /** Where it is said to be no agent at all. */
  readonly invalid: readonly string[];
}

/** Every agent that was judged or scored, equal sources once, with all that is said of it. */
export function claimsOf(run: RecordedRun): AgentClaims[] {
  const claims = new Map<string, { outcomes: OutcomeClaim[]; invalid: string[] }>();
  const about = (sha256: string) => {
    const known = claims.get(sha256) ?? { outcomes: [], invalid: [] };
    claims.set(sha256, known);
    return known;
  };
  const add = (line: number, event: TaskOutcome & { agent_sha256: string }) => {
    const { agent_sha256, task_id: task, outcome, reason, duration_ms } = event;
    about(agent_sha256).outcomes.push({ where: atLine(line), task, outcome, reason, duration_ms });
  };
  for (const { line, event } of eventsOf(run, "outcome")) add(line, event);
  for (const { line, event } of eventsOf(run, "held-out-outcome")) add(line, event);
  for (const { line, event } of eventsOf(run, "judged")) {
    const agent = run.record.child(event.generation, event.child)?.candidate?.agent_sha256 ?? null;
    if (event.status === "invalid" && agent !== null) about(agent).invalid.push(atLine(line));
  }
  return [...claims].map(([sha256, said]) => ({
    sha256,
    source: run.texts.get(sha256) ?? "",
    ...said,
  }));
}
