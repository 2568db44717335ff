import type { RunBenchmark } from "../benchmark/choice.ts";
import type { ExperimentConfig } from "../config.ts";
import type { Proposer } from "../core/ports.ts";
import type { Task } from "../core/records.ts";
import type { RunningEvaluator } from "../evaluator/evaluator.ts";
import { SUSPECT_LIMITS } from "../evaluator/limits.ts";
import type { Manifest } from "../store/manifest.ts";
import { packageVersion } from "./package-info.ts";

export interface ManifestParts {
  readonly proposer: Proposer;
  readonly boxSha256: string | null;
  readonly benchmark: RunBenchmark;
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: Manifest["cheats"];
}

/** The manifest of a run that begins now. */
export function manifestOf(config: ExperimentConfig, parts: ManifestParts): Manifest {
  const { proposer, boxSha256, benchmark, heldOut, evaluator, cheats } = parts;
  const openai = config.proposer.kind === "openai" ? config.proposer : null;
  return {
    status: "running",
    ended: null,
    problem: null,
    run_type: proposer.runType,
    control: config.control,
    model: proposer.model,
    base_url: proposer.baseUrl,
    started_at: new Date().toISOString(),
    ended_at: null,
    settings: {
      generations: config.generations,
      early_stop: config.earlyStop,
      candidates: config.candidates,
      ties: config.ties,
      held_out: heldOut.length,
      seed: "seed" in config.proposer ? config.proposer.seed : null,
      policy: config.proposer.kind === "search" ? config.proposer.policy : null,
      box_sha256: boxSha256,
      timeout_seconds: config.evaluator.timeout,
      temperature: openai?.temperature ?? null,
      max_retries: openai?.maxRetries ?? null,
      request_timeout_seconds: openai?.requestTimeoutSeconds ?? null,
    },
    benchmark: {
      name: benchmark.name,
      tasks: benchmark.tasks.length,
      archive_sha256: benchmark.archiveSha256,
      content_sha256: benchmark.contentSha256,
    },
    evaluator: {
      sandbox: evaluator.sandbox,
      sandbox_note: evaluator.sandboxNote,
      python: evaluator.python.version,
      workers: evaluator.workers,
      limits: SUSPECT_LIMITS,
    },
    cheats,
    versions: { metai: packageVersion(), node: process.version, platform: process.platform },
  };
}
