import type { ScoreRow } from "../../src/core/records.ts";

/** A row of scores, with these fields instead of the usual ones. */
export function rowOf(fields: Partial<ScoreRow> = {}): ScoreRow {
  return {
    generation: 0,
    run_type: "api",
    control: null,
    benchmark: "HumanEval",
    model: "a-model",
    response_model: "a-model-0",
    base_url: "http://localhost:1/v1",
    passed: 1,
    total: 10,
    candidates: 1,
    accepted: true,
    candidate_passed: 1,
    decision: "accepted: 1 > 0",
    parent_generation: 0,
    held_out_passed: null,
    held_out_total: null,
    sandbox: "process",
    prompt_tokens: 12,
    completion_tokens: 3,
    cost_usd: 0.000024,
    agent_sha256: "ab".repeat(32),
    timestamp: "2026-01-02T03:04:05.678Z",
    ...fields,
  };
}
