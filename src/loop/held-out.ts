import { countPassed } from "../core/selection.ts";
import type { TaskOutcome } from "../core/records.ts";
import { evaluateMissing } from "./evaluation.ts";
import type { Run, StandingAgent } from "./parts.ts";

/**
 * The sealed step after the last generation: each agent that has stood is scored on the held-out tasks,
 * equal sources once. Nothing of it reaches a proposer, a decision or the progress, and once the journal
 * says that it is open nothing is asked for any more.
 */
export async function scoreHeldOut(run: Run): Promise<void> {
  const { heldOut, lineage, log, onEvent } = run;
  if (heldOut.length === 0) return;
  const agents = [...new Map(lineage.toReversed().map((agent) => [agent.sha256, agent])).values()];
  agents.sort((a, b) => a.generation - b.generation);
  const of = agents.length * heldOut.length;
  await log.note({
    type: "held-out-opened",
    agents: agents.map(({ sha256 }) => sha256),
    tasks: heldOut.length,
  });
  let done = 0;
  onEvent({ type: "held-out-judged", done, of });
  for (const agent of agents) {
    const outcomes = await outcomesOf(run, agent, () =>
      onEvent({ type: "held-out-judged", done: ++done, of }),
    );
    const { sha256: agent_sha256, generation } = agent;
    const score = { passed: countPassed(outcomes), total: heldOut.length };
    await log.note({ type: "held-out-scored", generation, agent_sha256, ...score });
  }
}

async function outcomesOf(
  run: Run,
  agent: StandingAgent,
  onOutcome: () => void,
): Promise<readonly TaskOutcome[]> {
  const { heldOut: tasks, past, log, signal } = run;
  const toEvent = (outcome: TaskOutcome) =>
    ({ type: "held-out-outcome", agent_sha256: agent.sha256, ...outcome }) as const;
  const known = past.heldOutOutcomes(agent.sha256);
  const evaluation = await evaluateMissing(run, agent, {
    tasks,
    known,
    toEvent,
    onOutcome,
    signal,
  });
  if (evaluation.status === "evaluated") return evaluation.outcomes;
  // It was an agent when it was accepted: one that loads by chance only.
  const { reason } = evaluation;
  const outcomes = tasks.map(
    ({ task_id }) => ({ task_id, outcome: "invalid", reason, duration_ms: 0 }) as const,
  );
  for (const outcome of outcomes) await log.note(toEvent(outcome));
  return outcomes;
}
