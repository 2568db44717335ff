import { readFile, stat } from "node:fs/promises";
import { parseEnv } from "node:util";

import type { BenchmarkChoice } from "./benchmark/choice.ts";
import type { SandboxLevel } from "./core/records.ts";
import { UserError } from "./errors.ts";

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

/** Which benchmark: `humaneval`, `fresh` or a file; and where HumanEval is. */
export interface BenchmarkOptions extends DataOptions {
  benchmark?: string | undefined;
}

/** `metai self-improve`, as commander parses it. */
export interface SelfImproveOptions extends EvaluatorChoice, BenchmarkOptions {
  generations: number;
  earlyStop: boolean;
  mock?: true | undefined;
  model?: string | undefined;
  baseUrl?: string | undefined;
  temperature?: number | undefined;
  maxRetries?: number | undefined;
  requestTimeout?: number | undefined;
  results: string;
  resetResults?: true | undefined;
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

export type Environment = Readonly<Record<string, string | undefined>>;

/** How the model is reached: option, else environment, else default. */
export interface ModelConfig {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly model: string;
}

/** Settings of the `openai` proposer. */
export interface OpenaiConfig extends ModelConfig {
  readonly kind: "openai";
  readonly temperature: number | undefined;
  readonly maxRetries: number;
  readonly requestTimeoutSeconds: number;
}

/** A whole run, resolved: nothing is left to be looked up. */
export interface SelfImproveConfig {
  readonly generations: number;
  readonly earlyStop: boolean;
  readonly proposer: OpenaiConfig | { readonly kind: "mock" };
  readonly evaluator: EvaluatorChoice & {
    readonly timeout: number;
    readonly workers: number | undefined;
  };
  readonly benchmark: BenchmarkChoice;
  readonly results: string;
  readonly resetResults: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

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

export const DEFAULT_MODEL = "gpt-4.1-mini";
const DEFAULT_MAX_RETRIES = 5;
/** A model that thinks, or a local one on a laptop's processor, may take minutes. */
const DEFAULT_REQUEST_TIMEOUT_SECONDS = 300;

export function resolveSelfImprove(
  options: SelfImproveOptions,
  env: Environment,
): SelfImproveConfig {
  const { generations, earlyStop, results, timeout, workers, python, sandbox } = options;
  return {
    generations,
    earlyStop,
    proposer: options.mock ? { kind: "mock" } : resolveOpenai(options, env),
    evaluator: { python, sandbox, timeout, workers },
    benchmark: resolveChoice(options, env),
    results,
    resetResults: options.resetResults ?? false,
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

export function resolveModel(
  options: Pick<DoctorOptions, "model" | "baseUrl">,
  env: Environment,
): ModelConfig {
  return {
    apiKey: env.OPENAI_API_KEY || undefined,
    baseUrl: options.baseUrl ?? (env.OPENAI_BASE_URL || undefined),
    model: options.model ?? (env.OPENAI_MODEL || DEFAULT_MODEL),
  };
}

export function resolveBenchmark(
  options: Pick<DataOptions, "data" | "humaneval">,
  env: Environment,
): BenchmarkConfig {
  return { dataDir: options.data, path: options.humaneval, env };
}

/** The two names come first, however written: a file of such a name is given as `./fresh`. */
export function resolveChoice(options: BenchmarkOptions, env: Environment): BenchmarkChoice {
  const { benchmark = "humaneval", humaneval } = options;
  const name = benchmark.toLowerCase();
  if (name === "humaneval") return { kind: "humaneval", ...resolveBenchmark(options, env) };
  if (humaneval !== undefined) {
    throw new UserError(
      `--humaneval has no part in --benchmark ${benchmark}: leave one of the two out.`,
    );
  }
  return name === "fresh" ? { kind: "fresh" } : { kind: "file", path: benchmark };
}

function resolveOpenai(options: SelfImproveOptions, env: Environment): OpenaiConfig {
  return {
    kind: "openai",
    ...resolveModel(options, env),
    temperature: options.temperature,
    maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
    requestTimeoutSeconds: options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_SECONDS,
  };
}

/**
 * The process's environment, over what a `.env` file in the current folder says. An empty variable counts
 * as none.
 */
export async function readEnvironment(): Promise<Environment> {
  const set = Object.entries(process.env).filter(([, value]) => value !== "");
  return { ...(await readDotEnv(".env")), ...Object.fromEntries(set) };
}

async function readDotEnv(path: string): Promise<Environment> {
  if (!(await isFile(path))) return {}; // a virtual environment of Python may have that name
  return parseEnv(decodeText(await readFile(path)));
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Text as editors and shells on Windows write it too: UTF-8 or UTF-16, with a byte order mark. */
function decodeText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
