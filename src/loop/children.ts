import { BudgetSpent } from "../core/budget.ts";
import { extractPython } from "../core/extract.ts";
import { oneLine } from "../core/one-line.ts";
import type { AgentEvaluation, Proposal } from "../core/ports.ts";
import { passesOf } from "../core/run-record.ts";
import { evaluate, type Evaluated } from "./evaluation.ts";
import type { Run, StandingAgent } from "./parts.ts";
import { propose } from "./proposal.ts";

/** One of a generation's children, judged. */
export interface Child {
  readonly child: number;
  /** Null where the answer held no code. */
  readonly agent: Evaluated | null;
  readonly evaluation: AgentEvaluation;
}

/** What the children of a generation have in common. */
export interface Generation {
  readonly run: Run;
  readonly generation: number;
  readonly parent: StandingAgent;
  readonly signal: AbortSignal;
  /** Equal sources are judged once. */
  readonly evaluations: Map<string, Promise<AgentEvaluation>>;
}

/**
 * Asks for a generation's children side by side and judges each as it comes; returns them in their order.
 * Where one fails for a fault of the machinery, the others are stopped and that fault is thrown. Where the
 * budget is used up, those that have their answers are judged before that is thrown.
 */
export async function makeChildren(
  run: Run,
  generation: number,
  parent: StandingAgent,
): Promise<Child[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const shared = { run, generation, parent, signal, evaluations: new Map() };
  const faults: unknown[] = [];
  const working = Array.from({ length: run.candidates }, async (_, index) => {
    try {
      return await makeChild(index + 1, shared);
    } catch (error) {
      faults.push(error);
      if (!(error instanceof BudgetSpent)) stop.abort(error);
      throw error;
    }
  });
  const settled = await Promise.allSettled(working);
  if (faults.length > 0) throw faults.find((one) => !(one instanceof BudgetSpent)) ?? faults[0];
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

async function makeChild(child: number, shared: Generation): Promise<Child> {
  const { run, generation } = shared;
  const started = performance.now();
  const proposal = await propose(child, shared);
  run.onEvent({ type: "answered", generation, child, usage: proposal.usage });
  const judged = await judge(child, proposal, shared);
  const { evaluation } = judged;
  await run.log.note({
    type: "judged",
    generation,
    child,
    status: evaluation.status,
    passed: passesOf(evaluation),
    reason: evaluation.status === "invalid" ? evaluation.reason : "",
    duration_ms: Math.round(performance.now() - started),
  });
  return { child, ...judged };
}

/** An answer without code is an invalid candidate, as code that is no agent is. */
async function judge(
  child: number,
  { answer, finishReason }: Proposal,
  shared: Generation,
): Promise<Omit<Child, "child">> {
  const { log, journal } = shared.run;
  const about = { type: "candidate", generation: shared.generation, child } as const;
  const extracted = extractPython(answer);
  if (!extracted.ok) {
    const reason = extracted.reason + endOfAnswer(finishReason);
    await log.note({ ...about, agent_sha256: null, reason });
    return { agent: null, evaluation: { status: "invalid", reason } };
  }
  const { source } = extracted;
  const agent = { source, sha256: await journal.keep(source) };
  await log.note({ ...about, agent_sha256: agent.sha256, reason: "" });
  const evaluation = await evaluateOnce(child, agent, shared);
  if (evaluation.status === "evaluated") return { agent, evaluation };
  const reason = evaluation.reason + endOfAnswer(finishReason);
  return { agent, evaluation: { status: "invalid", reason } };
}

function evaluateOnce(
  child: number,
  agent: Evaluated,
  { run, generation, signal, evaluations }: Generation,
): Promise<AgentEvaluation> {
  const known = evaluations.get(agent.sha256);
  if (known) return known;
  const judged = run.past.evaluation(generation, child);
  const evaluation =
    judged?.status === "invalid"
      ? Promise.resolve(judged)
      : evaluate(run, { generation, child }, agent, signal);
  evaluations.set(agent.sha256, evaluation);
  return evaluation;
}

/** What a server says of an answer that did not end by itself; often the true cause of broken code. */
function endOfAnswer(finishReason: string | null): string {
  if (finishReason === null || finishReason === "stop") return "";
  if (finishReason === "length") return "; the answer was cut off at the token limit";
  if (finishReason === "content_filter") return "; the answer was withheld by a content filter";
  return `; the answer ended with "${oneLine(finishReason, 40)}"`;
}
