import type { RunFacts } from "../../src/core/journal.ts";

const HASH = "ab".repeat(32);

/** What a run of these is made of, with what no test asks for filled in. */
export function factsOf(
  fields: Partial<Pick<RunFacts, "run_type" | "control" | "model" | "base_url" | "price">> &
    Partial<Pick<RunFacts["settings"], "generations" | "candidates" | "held_out">> &
    Partial<Pick<RunFacts["benchmark"], "tasks">> &
    Partial<Pick<RunFacts["evaluator"], "sandbox">> = {},
): RunFacts {
  return {
    run_type: fields.run_type ?? "api",
    control: fields.control ?? null,
    model: fields.model ?? "a-model",
    base_url: fields.base_url ?? null,
    replay_of: null,
    settings: {
      generations: fields.generations ?? 5,
      early_stop: true,
      candidates: fields.candidates ?? 1,
      ties: "parent",
      held_out: fields.held_out ?? 0,
      seed: null,
      policy: null,
      box_sha256: null,
      seed_agent_sha256: HASH,
      timeout_seconds: 3,
      temperature: null,
      max_retries: 5,
      request_timeout_seconds: 300,
      max_tokens_total: null,
      max_cost: null,
      max_minutes: null,
    },
    price: fields.price ?? null,
    benchmark: {
      name: "Mine",
      tasks: fields.tasks ?? 10,
      archive_sha256: null,
      content_sha256: HASH,
    },
    evaluator: {
      sandbox: fields.sandbox ?? "process",
      sandbox_note: null,
      python: "3.11.7",
      workers: 2,
      limits: {},
    },
    cheats: { run: 0, earned: 0 },
    versions: { metai: "0.1.0", node: "v20.19.0", platform: "linux" },
    git: null,
  };
}
