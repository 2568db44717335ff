import { extractPython } from "../core/extract.ts";
import { oneLine } from "../core/one-line.ts";
import type { AgentEvaluation, Proposal, TaskReport } from "../core/ports.ts";
import type { CandidateRow } from "../core/records.ts";
import { countPassed } from "../core/selection.ts";
import { evaluate, type Progress, type RunParts, type StandingAgent } from "./parts.ts";

/** One of a generation's children, judged. */
export interface Child {
  readonly child: number;
  /** Null where the answer held no code. */
  readonly source: string | null;
  readonly sha256: string | null;
  readonly evaluation: AgentEvaluation;
  readonly proposal: Proposal;
  /** Milliseconds from the request to the verdict. */
  readonly durationMs: number;
}

/** Evaluations of a generation's sources: equal ones are judged once. */
type Evaluations = Map<string, Promise<AgentEvaluation>>;

/**
 * Asks for a generation's children side by side and judges each as it comes; returns them in their order.
 * Where one fails for a fault of the machinery, the others are stopped and that fault is thrown.
 */
export async function makeChildren(
  parts: RunParts,
  generation: number,
  parent: StandingAgent,
  { archive }: Progress,
): Promise<Child[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([parts.signal, stop.signal]);
  const shared = {
    parts,
    generation,
    signal,
    evaluations: new Map<string, Promise<AgentEvaluation>>(),
    archive: [...archive],
  };
  const faults: unknown[] = [];
  const working = Array.from({ length: parts.candidates }, async (_, index) => {
    try {
      return await makeChild(index + 1, parent, shared);
    } catch (error) {
      faults.push(error);
      stop.abort(error);
      throw error;
    }
  });
  const settled = await Promise.allSettled(working);
  if (faults.length > 0) throw faults[0];
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

interface Shared extends Pick<Progress, "archive"> {
  readonly parts: RunParts;
  readonly generation: number;
  readonly signal: AbortSignal;
  readonly evaluations: Evaluations;
}

async function makeChild(child: number, parent: StandingAgent, shared: Shared): Promise<Child> {
  const { parts, generation } = shared;
  const started = parts.now().getTime();
  const proposal = await propose(child, parent, shared);
  parts.onEvent({ type: "answered", generation, child, usage: proposal.usage });
  const judged = await judge(child, proposal, shared);
  return { child, ...judged, proposal, durationMs: parts.now().getTime() - started };
}

function propose(child: number, parent: StandingAgent, shared: Shared): Promise<Proposal> {
  const { parts, generation, signal, archive } = shared;
  const { proposer, store, candidates, onEvent } = parts;
  const transcript = candidates === 1 ? null : child;
  return proposer.propose(
    { generation, child, parentSource: parent.source, tasks: reportsOf(parts, parent), archive },
    { signal, onEvent, record: (entry) => store.recordExchange(generation, transcript, entry) },
  );
}

function reportsOf({ tasks }: RunParts, { outcomes }: StandingAgent): TaskReport[] {
  return tasks.map(({ task_id, prompt, entry_point }, index) => {
    const report = outcomes[index];
    if (!report) throw new Error(`no outcome for task ${index}`);
    return { task_id, prompt, entry_point, outcome: report.outcome, reason: report.reason };
  });
}

/** An answer without code is an invalid candidate, as code that is no agent is. */
async function judge(
  child: number,
  { answer, finishReason }: Proposal,
  shared: Shared,
): Promise<Pick<Child, "source" | "sha256" | "evaluation">> {
  const extracted = extractPython(answer);
  if (!extracted.ok) {
    const reason = extracted.reason + endOfAnswer(finishReason);
    return { source: null, sha256: null, evaluation: { status: "invalid", reason } };
  }
  const { source } = extracted;
  const sha256 = await keep(child, source, shared);
  const evaluation = await evaluateOnce(child, source, shared);
  if (evaluation.status === "evaluated") return { source, sha256, evaluation };
  const reason = evaluation.reason + endOfAnswer(finishReason);
  return { source, sha256, evaluation: { status: "invalid", reason } };
}

/** An only child is the candidate. */
function keep(child: number, source: string, { parts, generation }: Shared): Promise<string> {
  const { store, candidates } = parts;
  return candidates === 1
    ? store.writeCandidate(generation, source)
    : store.writeChild(generation, child, source);
}

function evaluateOnce(child: number, source: string, shared: Shared): Promise<AgentEvaluation> {
  const { parts, generation, signal, evaluations } = shared;
  const known = evaluations.get(source);
  if (known) return known;
  const evaluation = evaluate(parts, { generation, child }, source, signal);
  evaluations.set(source, evaluation);
  return evaluation;
}

/** What a server says of an answer that did not end by itself; often the true cause of broken code. */
function endOfAnswer(finishReason: string | null): string {
  if (finishReason === null || finishReason === "stop") return "";
  if (finishReason === "length") return "; the answer was cut off at the token limit";
  if (finishReason === "content_filter") return "; the answer was withheld by a content filter";
  return `; the answer ended with "${oneLine(finishReason, 40)}"`;
}

export function rowsOf(
  children: readonly Child[],
  chosen: Child,
  { generation, total }: { readonly generation: number; readonly total: number },
): CandidateRow[] {
  return children.map((one) => {
    const { child, sha256, evaluation, durationMs } = one;
    const { status } = evaluation;
    return {
      generation,
      child,
      status,
      passed: status === "evaluated" ? countPassed(evaluation.outcomes) : null,
      total,
      reason: status === "invalid" ? evaluation.reason : "",
      agent_sha256: sha256,
      chosen: one === chosen,
      duration_ms: durationMs,
    };
  });
}
