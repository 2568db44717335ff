import { z } from "zod";

/**
 * Where a run's candidates came from. `api`: a server that speaks the OpenAI protocol. `mock`: scripted answers, plumbing
 * only. `search`: the keyless improver, no model. No figure and no table mixes them.
 */
export const RunType = z.enum(["api", "mock", "search"]);
export type RunType = z.infer<typeof RunType>;

/** A benchmark task, exactly the fields of `data/tasks.json`. Only the judge may see `test`. */
export const Task = z.strictObject({
  task_id: z.string(),
  prompt: z.string(),
  entry_point: z.string(),
  test: z.string(),
});
export type Task = z.infer<typeof Task>;

/** The part of a task that a proposer and an agent may see. */
export type VisibleTask = Pick<Task, "task_id" | "prompt" | "entry_point">;

/**
 * What became of one task.
 * `passed`: every assertion of the test held. `failed`: one did not, or the code raised. `timeout`: the
 * clock ran out. `crashed`: its process died or broke the protocol. `limit`: it met a resource limit.
 * `invalid`: the agent returned something that is no usable Python source.
 */
export const OutcomeKind = z.enum(["passed", "failed", "timeout", "crashed", "limit", "invalid"]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

export const TaskOutcome = z.strictObject({
  task_id: z.string(),
  outcome: OutcomeKind,
  /** Why, in words that hold nothing of the test; empty when passed. */
  reason: z.string(),
  /** Wall clock from the agent's start to the verdict, in milliseconds. */
  duration_ms: z.number().nonnegative(),
});
export type TaskOutcome = z.infer<typeof TaskOutcome>;

/**
 * A model's answer to a task: a `completion`, which is appended to the task's prompt, or a `solution`, a
 * whole program. It has exactly one of the two. Whatever other fields there are stay with it.
 */
export const Sample = z.looseObject({
  task_id: z.string(),
  completion: z.string().optional(),
  solution: z.string().optional(),
});
export type Sample = z.infer<typeof Sample>;

/** What became of a sample. The first two are the fields of the official harness. */
export const Verdict = z.object({
  /** `passed`, `timed out`, or `failed: ` and why. */
  result: z.string(),
  passed: z.boolean(),
  ...TaskOutcome.omit({ task_id: true }).shape,
});
export type Verdict = z.infer<typeof Verdict>;

/** A sample with its verdict: one line of a file of results. */
export const SampleResult = z.looseObject({ ...Sample.shape, ...Verdict.shape });
export type SampleResult = z.infer<typeof SampleResult>;

/** How well the untrusted process was walled in. `process` is no security boundary. */
export const SandboxLevel = z.enum(["bubblewrap", "process"]);
export type SandboxLevel = z.infer<typeof SandboxLevel>;

/**
 * A run that is made to show what the procedure makes of nothing. `no-selection`: the first child of each
 * generation stands, whatever it passes. `same`: the parent is offered unchanged. `random-edit`: it is offered
 * with an edit that means nothing. `every-part`: the seed with every part of the box at once, and no generation.
 */
export const Control = z.enum(["no-selection", "same", "random-edit", "every-part"]);
export type Control = z.infer<typeof Control>;

/** Whether nothing is asked for an edit, neither a model nor the search: what is offered improves nothing. */
export function asksNone(control: Control | null | undefined): control is "same" | "random-edit" {
  return control === "same" || control === "random-edit";
}

/** Which agent of equally many passes stands: the parent, or the one whose source has fewer bytes. */
export const Ties = z.enum(["parent", "smaller"]);
export type Ties = z.infer<typeof Ties>;

/**
 * One row of `scores.csv`: the standing agent of one generation and what was offered in it. Fields that
 * do not apply (generation 0 has no candidate, an invalid candidate has no score) are null and are
 * written as empty cells.
 */
export const ScoreRow = z.strictObject({
  generation: z.int().nonnegative(),
  run_type: RunType,
  /** Null for a run that is no control. */
  control: Control.nullable(),
  /** HumanEval, Fresh, Practice, or the name of a file of tasks. */
  benchmark: z.string().min(1),
  /** The model that was asked for; for a mock run the name of the script. */
  model: z.string(),
  /** The model that the server says answered. */
  response_model: z.string().nullable(),
  /** The server's address without credentials; null for a mock run. */
  base_url: z.string().nullable(),
  /** Tasks that the standing agent of this generation passes, of `total`. */
  passed: z.int().nonnegative(),
  total: z.int().positive(),
  /** Children that were offered, of which the best is the candidate. */
  candidates: z.int().positive().nullable(),
  accepted: z.boolean().nullable(),
  candidate_passed: z.int().nonnegative().nullable(),
  /** The decision in words. */
  decision: z.string(),
  /** The generation whose candidate became the parent (0 is the seed). */
  parent_generation: z.int().nonnegative().nullable(),
  /** Held-out tasks that the standing agent passes; null until they are scored, when the run is over. */
  held_out_passed: z.int().nonnegative().nullable(),
  held_out_total: z.int().positive().nullable(),
  sandbox: SandboxLevel,
  prompt_tokens: z.int().nonnegative().nullable(),
  completion_tokens: z.int().nonnegative().nullable(),
  /** What these tokens cost, in US dollars; null where no price is known. */
  cost_usd: z.number().nonnegative().nullable(),
  /** SHA-256 of the standing agent's file. */
  agent_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** UTC, ISO 8601. */
  timestamp: z.iso.datetime(),
});
export type ScoreRow = z.infer<typeof ScoreRow>;

/** One row of `candidates.csv`: a child that was offered in a generation, and what became of it. */
export const CandidateRow = z.strictObject({
  generation: z.int().positive(),
  /** From 1. */
  child: z.int().positive(),
  /** `invalid`: it is no agent, for this reason. */
  status: z.enum(["evaluated", "invalid"]),
  passed: z.int().nonnegative().nullable(),
  total: z.int().positive(),
  reason: z.string(),
  /** SHA-256 of its source; null where the answer held none. */
  agent_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Whether it is the generation's candidate. */
  chosen: z.boolean(),
  /** Wall clock from the request to the verdict, in milliseconds. */
  duration_ms: z.number().nonnegative(),
});
export type CandidateRow = z.infer<typeof CandidateRow>;
