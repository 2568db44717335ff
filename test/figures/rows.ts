import type { ScoreRow } from "../../src/core/records.ts";

/**
 * The rows of a run that starts with `seed` passes and is offered a candidate a generation: its
 * passes, or null for an invalid one.
 */
export function runOf(
  seed: number,
  candidates: readonly (number | null)[],
  fields: Partial<ScoreRow> = {},
): ScoreRow[] {
  let passed = seed;
  const rows = [rowOf({ passed, ...fields })];
  for (const [index, candidate] of candidates.entries()) {
    const accepted = candidate !== null && candidate > passed;
    if (accepted) passed = candidate;
    const generation = index + 1;
    rows.push(rowOf({ generation, passed, accepted, candidate_passed: candidate, ...fields }));
  }
  return rows;
}

export function mockRunOf(seed: number, candidates: readonly (number | null)[]): ScoreRow[] {
  const fields = {
    run_type: "mock",
    model: "scripted",
    response_model: null,
    base_url: null,
  } as const;
  return runOf(seed, candidates, fields);
}

function rowOf(fields: Partial<ScoreRow>): ScoreRow {
  return {
    generation: 0,
    run_type: "api",
    control: null,
    benchmark: "HumanEval",
    model: "gpt-4.1-mini",
    response_model: "gpt-4.1-mini",
    base_url: "https://api.openai.com/v1",
    passed: 0,
    total: 10,
    candidates: null,
    accepted: null,
    candidate_passed: null,
    decision: "",
    parent_generation: null,
    held_out_passed: null,
    held_out_total: null,
    sandbox: "bubblewrap",
    prompt_tokens: null,
    completion_tokens: null,
    cost_usd: null,
    agent_sha256: "0".repeat(64),
    timestamp: "2026-03-01T12:00:00.000Z",
    ...fields,
  };
}
