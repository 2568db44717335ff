import type { BenchmarkChoice } from "../benchmark/choice.ts";
import {
  type BenchmarkOptions,
  type EvaluatorChoice,
  type ExperimentConfig,
  resolveChoice,
} from "../config.ts";
import type { Environment } from "./environment.ts";
import { type SearchConfig, UNLIMITED } from "./improver.ts";

/** `metai demo`, as commander parses it. */
export interface DemoOptions extends EvaluatorChoice, BenchmarkOptions {
  seed: number;
  heldOut: number | "all";
  results?: string | undefined;
  resetResults?: true | undefined;
  timeout: number;
  workers?: number | undefined;
  quiet?: true | undefined;
}

export interface DemoConfig {
  readonly benchmark: BenchmarkChoice;
  /** Whether Fresh may serve where HumanEval cannot be had: only if no benchmark was asked for. */
  readonly orFresh: boolean;
  readonly run: ExperimentConfig & { readonly proposer: SearchConfig };
  /** Whether a run that the folder holds is replaced. The demo's own folder is there for that. */
  readonly resetResults: boolean;
  readonly json: boolean;
}

const FOLDER = "results/demo";
/** The size of the run: the seed protocol's generations, of eight children. */
const SIZE = { generations: 5, candidates: 8, earlyStop: true, ties: "parent" } as const;

export function resolveDemo(options: DemoOptions, env: Environment): DemoConfig {
  const { seed, heldOut, results, timeout, workers, python, sandbox } = options;
  return {
    benchmark: resolveChoice(options, env),
    orFresh: options.benchmark === undefined,
    run: {
      ...SIZE,
      heldOut,
      proposer: { kind: "search", seed, policy: "adaptive" },
      control: null,
      spending: UNLIMITED,
      evaluator: { python, sandbox, timeout, workers },
      results: results ?? FOLDER,
      quiet: options.quiet ?? false,
    },
    resetResults: results === undefined || (options.resetResults ?? false),
    json: options.json ?? false,
  };
}
