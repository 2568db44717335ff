import type { RunBenchmark } from "../../benchmark/choice.ts";
import type { ExperimentConfig } from "../../config.ts";
import type { RunFacts } from "../../core/journal.ts";
import type { Price } from "../../core/price.ts";
import type { Proposer } from "../../core/ports.ts";
import type { Task } from "../../core/records.ts";
import type { RunningEvaluator } from "../../evaluator/evaluator.ts";
import { SUSPECT_LIMITS } from "../../evaluator/limits.ts";
import { sha256 } from "../../store/objects.ts";
import { gitState, packageVersion } from "../package-info.ts";
import type { PreparedProposer } from "./proposers.ts";

export interface FactParts {
  readonly proposer: Proposer;
  readonly prepared: PreparedProposer;
  readonly benchmark: RunBenchmark;
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: RunFacts["cheats"];
  readonly price: Price | null;
}

/** What a run that begins now is made of. */
export async function runFacts(config: ExperimentConfig, parts: FactParts): Promise<RunFacts> {
  const { proposer, prepared, benchmark, heldOut, evaluator, cheats, price } = parts;
  const { limits } = config.spending;
  const openai = config.proposer.kind === "openai" ? config.proposer : null;
  return {
    run_type: proposer.runType,
    control: config.control,
    model: proposer.model,
    base_url: proposer.baseUrl,
    replay_of: null,
    settings: {
      generations: config.generations,
      early_stop: config.earlyStop,
      candidates: config.candidates,
      ties: config.ties,
      held_out: heldOut.length,
      seed: prepared.seed,
      policy: config.proposer.kind === "search" ? config.proposer.policy : null,
      box_sha256: prepared.boxSha256,
      seed_agent_sha256: sha256(prepared.seedSource),
      timeout_seconds: config.evaluator.timeout,
      temperature: openai?.temperature ?? null,
      max_retries: openai?.maxRetries ?? null,
      request_timeout_seconds: openai?.requestTimeoutSeconds ?? null,
      max_tokens_total: limits.maxTokens,
      max_cost: limits.maxCost,
      max_minutes: limits.maxMinutes,
    },
    price: price && {
      input_per_million: price.inputPerMillion,
      output_per_million: price.outputPerMillion,
      source: price.source,
    },
    benchmark: {
      name: benchmark.name,
      tasks: benchmark.tasks.length,
      archive_sha256: benchmark.archiveSha256,
      content_sha256: benchmark.contentSha256,
    },
    evaluator: evaluatorFacts(evaluator),
    cheats,
    versions: versions(),
    git: await gitState(),
  };
}

export function evaluatorFacts(evaluator: RunningEvaluator): RunFacts["evaluator"] {
  return {
    sandbox: evaluator.sandbox,
    sandbox_note: evaluator.sandboxNote,
    python: evaluator.python.version,
    workers: evaluator.workers,
    limits: SUSPECT_LIMITS,
  };
}

export function versions(): RunFacts["versions"] {
  return { metai: packageVersion(), node: process.version, platform: process.platform };
}
