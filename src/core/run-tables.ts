import type { EventOf, RunFacts } from "./journal.ts";
import { costOf } from "./price.ts";
import type { CandidateRow, ScoreRow, TaskOutcome } from "./records.ts";
import { proposalsOf, type RunRecord, sumOf } from "./run-record.ts";

/** A row of `scores.csv` for each generation that is closed. */
export function scoreRows(record: RunRecord): ScoreRow[] {
  const { started } = record;
  if (started === null) return [];
  return closedOf(record).map((closed) => scoreRow(record, started, closed));
}

function scoreRow(
  record: RunRecord,
  { facts }: EventOf<"run-started">,
  closed: EventOf<"generation-closed">,
): ScoreRow {
  const { generation } = closed;
  const decision = record.decision(generation);
  const children = record.children(generation);
  const proposals = proposalsOf(children);
  const prompt_tokens = sumOf(proposals.map((one) => one.prompt_tokens));
  const completion_tokens = sumOf(proposals.map((one) => one.completion_tokens));
  const chosen = decision === undefined ? undefined : children.get(decision.child);
  const heldOut = record.heldOutScore(closed.agent_sha256);
  return {
    generation,
    run_type: facts.run_type,
    control: facts.control,
    benchmark: facts.benchmark.name,
    model: facts.model,
    response_model: chosen?.proposal?.response_model ?? null,
    base_url: facts.base_url,
    passed: closed.passed,
    total: facts.benchmark.tasks,
    candidates: decision === undefined ? null : children.size,
    accepted: decision?.accepted ?? null,
    candidate_passed: decision?.candidate_passed ?? null,
    decision: decision?.words ?? "seed",
    parent_generation: decision?.parent_generation ?? null,
    held_out_passed: heldOut?.passed ?? null,
    held_out_total: heldOut?.total ?? null,
    sandbox: facts.evaluator.sandbox,
    prompt_tokens,
    completion_tokens,
    cost_usd: costInRow(facts.price, prompt_tokens, completion_tokens),
    agent_sha256: closed.agent_sha256,
    timestamp: closed.closed_at,
  };
}

/** US dollars, to a millionth; null where no price or no count is known. */
function costInRow(
  price: RunFacts["price"],
  promptTokens: number | null,
  completionTokens: number | null,
): number | null {
  if (price === null || promptTokens === null || completionTokens === null) return null;
  const { input_per_million: inputPerMillion, output_per_million: outputPerMillion } = price;
  const each = { inputPerMillion, outputPerMillion, source: price.source };
  return Math.round(costOf({ promptTokens, completionTokens }, each) * 1e6) / 1e6;
}

/** A row of `candidates.csv` for each child of the generations that are closed. */
export function candidateRows(record: RunRecord): CandidateRow[] {
  const total = record.started?.facts.benchmark.tasks;
  if (total === undefined) return [];
  return closedOf(record).flatMap(({ generation }) => {
    const decision = record.decision(generation);
    if (decision === undefined) return [];
    return [...record.children(generation)]
      .toSorted(byNumber)
      .flatMap(([child, { candidate, judged }]) => {
        if (judged === undefined) return [];
        const { status, passed, reason, duration_ms } = judged;
        const agent_sha256 = candidate?.agent_sha256 ?? null;
        const chosen = child === decision.child;
        return [
          { generation, child, status, passed, total, reason, agent_sha256, chosen, duration_ms },
        ];
      });
  });
}

/** An outcome with the generation whose agent it is of. */
export interface OutcomeOf extends TaskOutcome {
  readonly generation: number;
}

/** What the seed and each generation's candidate did, of the generations that are closed. */
export function outcomeRows(record: RunRecord): OutcomeOf[] {
  return closedOf(record).flatMap(({ generation }) => {
    const evaluation = record.evaluation(generation, record.decision(generation)?.child ?? 0);
    if (evaluation === null || evaluation.status === "invalid") return [];
    return evaluation.outcomes.map((outcome) => ({ generation, ...outcome }));
  });
}

/** What the agents that stood did on the held-out tasks, as far as they are scored. */
export function heldOutRows(record: RunRecord): OutcomeOf[] {
  const order = record.started?.held_out ?? [];
  return record.heldOutAgents.flatMap((agent) => {
    const scored = record.heldOutScore(agent);
    if (scored === undefined) return [];
    const { generation } = scored;
    const outcomes = record.heldOutOutcomes(agent);
    return order.flatMap((task) => {
      const outcome = outcomes.get(task);
      return outcome === undefined ? [] : [{ generation, ...outcome }];
    });
  });
}

function closedOf(record: RunRecord): EventOf<"generation-closed">[] {
  return Array.from({ length: record.generations }, (_, generation) =>
    record.closed(generation),
  ).filter((closed) => closed !== undefined);
}

function byNumber([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}
