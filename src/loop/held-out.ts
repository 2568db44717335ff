import type { ScoreRow, TaskOutcome } from "../core/records.ts";
import { countPassed } from "../core/selection.ts";
import type { Progress, RunParts, StandingAgent } from "./parts.ts";

/**
 * The sealed step after the last generation: each agent that has stood is scored on the held-out tasks,
 * equal sources once. Nothing of it reaches a proposer, a decision or the progress. Returns the rows with
 * the scores; each agent's are on disk before the next one's turn.
 */
export async function scoreHeldOut(
  parts: RunParts,
  { rows, lineage }: Progress,
): Promise<readonly ScoreRow[]> {
  const { heldOut, store, onEvent } = parts;
  if (heldOut.length === 0) return rows;
  const agents = [...new Map(lineage.toReversed().map((agent) => [agent.sha256, agent])).values()];
  agents.sort((a, b) => a.generation - b.generation);
  const of = agents.length * heldOut.length;
  let done = 0;
  let scored: readonly ScoreRow[] = rows;
  onEvent({ type: "held-out-judged", done, of });
  for (const agent of agents) {
    const outcomes = await outcomesOf(parts, agent, () =>
      onEvent({ type: "held-out-judged", done: ++done, of }),
    );
    const score = { held_out_passed: countPassed(outcomes), held_out_total: heldOut.length };
    scored = scored.map((row) => (row.agent_sha256 === agent.sha256 ? { ...row, ...score } : row));
    await store.closeHeldOut(agent.generation, outcomes, scored);
  }
  return scored;
}

async function outcomesOf(
  { evaluator, heldOut, signal }: RunParts,
  { source }: StandingAgent,
  onOutcome: () => void,
): Promise<readonly TaskOutcome[]> {
  const evaluation = await evaluator.evaluateAgent(source, heldOut, { signal, onOutcome });
  if (evaluation.status === "evaluated") return evaluation.outcomes;
  // It was an agent when it was accepted: one that loads by chance only.
  const { reason } = evaluation;
  return heldOut.map(({ task_id }) => ({ task_id, outcome: "invalid", reason, duration_ms: 0 }));
}
