import type { BenchmarkChoice } from "./benchmark/choice.ts";
import { shippedName } from "./benchmark/shipped.ts";
import type { Environment } from "./config/environment.ts";
import { type ImproverConfig, type ImproverOptions, resolveImprover } from "./config/improver.ts";
import type { SandboxLevel } from "./core/records.ts";
import { UserError } from "./errors.ts";

export { type Environment, readEnvironment } from "./config/environment.ts";
export { DEFAULT_MODEL, type ModelConfig, resolveModel } from "./config/improver.ts";

/** The interpreter and the sandbox that agents run under, as given on the command line. */
export interface EvaluatorChoice {
  python?: string | undefined;
  sandbox: "auto" | SandboxLevel;
}

/** Where the benchmark is, and how to answer. */
export interface DataOptions {
  data: string;
  humaneval?: string | undefined;
  json?: true | undefined;
}

/** Which benchmark: `humaneval`, `fresh`, `practice` or a file; and where HumanEval is. */
export interface BenchmarkOptions extends DataOptions {
  benchmark?: string | undefined;
}

/** `metai self-improve`, as commander parses it. */
export interface SelfImproveOptions extends EvaluatorChoice, BenchmarkOptions, ImproverOptions {
  generations: number;
  earlyStop: boolean;
  heldOut: number | "all";
  results: string;
  resetResults?: true | undefined;
  resume?: true | undefined;
  preregister?: string | undefined;
  timeout: number;
  workers?: number | undefined;
  quiet?: true | undefined;
}

/** `metai evaluate`, as commander parses it. */
export interface EvaluateOptions extends EvaluatorChoice, BenchmarkOptions {
  k: number[];
  problemFile?: string | undefined;
  timeout: number;
  workers?: number | undefined;
  output?: string | undefined;
  restart?: true | undefined;
  table?: true | undefined;
  quiet?: true | undefined;
}

/** `metai doctor`, as commander parses it. */
export interface DoctorOptions extends EvaluatorChoice, DataOptions {
  cheats?: true | undefined;
  model?: string | undefined;
  baseUrl?: string | undefined;
  results: string;
}

/** A whole run, resolved: nothing is left to be looked up. */
export interface SelfImproveConfig extends ImproverConfig {
  readonly generations: number;
  readonly earlyStop: boolean;
  /** So many of the tasks that are held out, or all. */
  readonly heldOut: number | "all";
  readonly evaluator: EvaluatorChoice & {
    readonly timeout: number;
    readonly workers: number | undefined;
  };
  readonly benchmark: BenchmarkChoice;
  readonly results: string;
  /** Whether a run that the folder holds is refused, replaced or gone on with. */
  readonly earlierRun: "refuse" | "replace" | "resume";
  /** The file of a configuration to register before the run, or null. */
  readonly preregister: string | null;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** What a run itself needs to know of its options. */
export type ExperimentConfig = Omit<
  SelfImproveConfig,
  "benchmark" | "replicates" | "earlierRun" | "preregister" | "json"
>;

/** An evaluation of samples, resolved. */
export interface EvaluateConfig {
  readonly samples: string;
  readonly k: readonly number[];
  readonly benchmark: BenchmarkChoice;
  readonly evaluator: SelfImproveConfig["evaluator"];
  /** Undefined where it goes beside the samples. */
  readonly output: string | undefined;
  readonly restart: boolean;
  readonly table: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

export interface BenchmarkConfig {
  readonly dataDir: string;
  readonly path: string | undefined;
  readonly env: Environment;
}

export function resolveSelfImprove(
  options: SelfImproveOptions,
  env: Environment,
): SelfImproveConfig {
  const { generations, earlyStop, heldOut, results, timeout, workers, python, sandbox } = options;
  return {
    generations,
    earlyStop,
    heldOut,
    ...resolveImprover(options, env),
    evaluator: { python, sandbox, timeout, workers },
    benchmark: resolveChoice(options, env),
    results,
    earlierRun: options.resume ? "resume" : options.resetResults ? "replace" : "refuse",
    preregister: options.preregister ?? null,
    quiet: options.quiet ?? false,
    json: options.json ?? false,
  };
}

export function resolveEvaluate(
  samples: string,
  options: EvaluateOptions,
  env: Environment,
): EvaluateConfig {
  const { k, problemFile, timeout, workers, python, sandbox, output } = options;
  return {
    samples,
    k,
    benchmark:
      problemFile === undefined ? resolveChoice(options, env) : { kind: "file", path: problemFile },
    evaluator: { python, sandbox, timeout, workers },
    output,
    restart: options.restart ?? false,
    table: options.table ?? false,
    quiet: options.quiet ?? false,
    json: options.json ?? false,
  };
}

export function resolveBenchmark(
  options: Pick<DataOptions, "data" | "humaneval">,
  env: Environment,
): BenchmarkConfig {
  return { dataDir: options.data, path: options.humaneval, env };
}

/** The names come first, however written: a file of such a name is given as `./fresh`. */
export function resolveChoice(options: BenchmarkOptions, env: Environment): BenchmarkChoice {
  const { benchmark = "humaneval", humaneval } = options;
  if (benchmark.toLowerCase() === "humaneval") {
    return { kind: "humaneval", ...resolveBenchmark(options, env) };
  }
  if (humaneval !== undefined) {
    throw new UserError(
      `--humaneval has no part in --benchmark ${benchmark}: leave one of the two out.`,
    );
  }
  const name = shippedName(benchmark);
  return name ? { kind: "shipped", name } : { kind: "file", path: benchmark };
}
