import { asksNone, type Control, type Ties } from "../core/records.ts";
import { UserError } from "../errors.ts";
import type { BudgetLimits } from "../core/budget.ts";
import type { Price } from "../core/price.ts";
import type { Environment } from "./environment.ts";
import { type PriceOptions, resolvePrice } from "./price.ts";

/** What rewrites the agent and how it is chosen, as commander parses it. */
export interface ImproverOptions extends PriceOptions {
  proposer?: ProposerKind | undefined;
  mock?: true | undefined;
  model?: string | undefined;
  baseUrl?: string | undefined;
  temperature?: number | undefined;
  maxRetries?: number | undefined;
  requestTimeout?: number | undefined;
  seed?: number | undefined;
  policy?: Policy | undefined;
  candidates?: number | undefined;
  ties: Ties;
  control?: Control | undefined;
  maxTokensTotal?: number | undefined;
  maxCost?: number | undefined;
  maxMinutes?: number | undefined;
  runs?: number | undefined;
}

export type ProposerKind = "openai" | "mock" | "search";
type Policy = "adaptive" | "fixed";

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

export interface SearchConfig {
  readonly kind: "search";
  readonly seed: number;
  readonly policy: Policy;
}

/** A proposer that improves nothing, in the place of the one named. */
export type NullConfig = {
  readonly kind: "null";
  readonly inPlaceOf: ProposerKind;
} & ({ readonly control: "same" } | { readonly control: "random-edit"; readonly seed: number });

export type ProposerConfig = OpenaiConfig | { readonly kind: "mock" } | SearchConfig | NullConfig;

export interface ImproverConfig {
  readonly proposer: ProposerConfig;
  /** Children in each generation. */
  readonly candidates: number;
  readonly ties: Ties;
  readonly control: Control | null;
  readonly spending: SpendingConfig;
  /** Several runs of which the first has this seed, the next the one after it; null for a single run. */
  readonly replicates: { readonly runs: number; readonly seed: number } | null;
}

/** What a run may use, and what its tokens cost. */
export interface SpendingConfig {
  /** As given; null where the list price is to be looked up. */
  readonly price: Price | null;
  readonly limits: BudgetLimits;
}

export const UNLIMITED: SpendingConfig = {
  price: null,
  limits: { maxTokens: null, maxCost: null, maxMinutes: null },
};

export const DEFAULT_MODEL = "gpt-4.1-mini";
const DEFAULT_MAX_RETRIES = 5;
/** A model that thinks, or a local one on a laptop's processor, may take minutes. */
const DEFAULT_REQUEST_TIMEOUT_SECONDS = 300;
const DEFAULT_SEED = 1;
/** Of the search; the seed protocol offers one. */
const SEARCH_CANDIDATES = 8;

/** Throws a UserError for an option that would do nothing. */
export function resolveImprover(options: ImproverOptions, env: Environment): ImproverConfig {
  const { proposer = options.mock ? "mock" : "openai", control = null } = options;
  if (options.mock && proposer !== "mock") {
    throw new UserError(
      `--mock is short for --proposer mock and cannot be given with --proposer ${proposer}: leave one of the two out.`,
    );
  }
  return {
    proposer: resolveProposer(proposer, options, env),
    candidates: options.candidates ?? (proposer === "search" ? SEARCH_CANDIDATES : 1),
    ties: options.ties,
    control,
    spending: {
      price: resolvePrice(options),
      limits: {
        maxTokens: options.maxTokensTotal ?? null,
        maxCost: options.maxCost ?? null,
        maxMinutes: options.maxMinutes ?? null,
      },
    },
    replicates: resolveReplicates(options),
  };
}

function resolveReplicates({ runs, seed = DEFAULT_SEED }: ImproverOptions) {
  if (runs === undefined) return null;
  if (seed > Number.MAX_SAFE_INTEGER - (runs - 1)) {
    throw new UserError(
      `--seed ${seed}: the seeds of ${runs} runs would go beyond ${Number.MAX_SAFE_INTEGER}; give a smaller one.`,
    );
  }
  return { runs, seed };
}

function resolveProposer(
  kind: ProposerKind,
  options: ImproverOptions,
  env: Environment,
): ProposerConfig {
  const { control, seed = DEFAULT_SEED, policy = "adaptive" } = options;
  if (asksNone(control)) {
    const drawing = control === "random-edit" ? (["seed"] as const) : [];
    refuseOthers(options, drawing, `--control ${control}`);
    const inPlaceOf = { kind: "null", inPlaceOf: kind } as const;
    return control === "same" ? { ...inPlaceOf, control } : { ...inPlaceOf, control, seed };
  }
  refuseOthers(options, OPTIONS_OF[kind], `--proposer ${kind}`);
  if (kind === "mock") return { kind };
  return kind === "search" ? { kind, seed, policy } : resolveOpenai(options, env);
}

const FLAGS = [
  ["model", "--model"],
  ["baseUrl", "--base-url"],
  ["temperature", "--temperature"],
  ["maxRetries", "--max-retries"],
  ["requestTimeout", "--request-timeout"],
  ["seed", "--seed"],
  ["policy", "--policy"],
  ["priceInput", "--price-input"],
  ["priceOutput", "--price-output"],
  ["maxTokensTotal", "--max-tokens-total"],
  ["maxCost", "--max-cost"],
] as const;
type Flag = (typeof FLAGS)[number][0];

const OPTIONS_OF: Readonly<Record<ProposerKind, readonly Flag[]>> = {
  openai: [
    "model",
    "baseUrl",
    "temperature",
    "maxRetries",
    "requestTimeout",
    "priceInput",
    "priceOutput",
    "maxTokensTotal",
    "maxCost",
  ],
  mock: [],
  search: ["seed", "policy"],
};

function refuseOthers(options: ImproverOptions, own: readonly Flag[], by: string): void {
  for (const [name, flag] of FLAGS) {
    if (options[name] === undefined || own.includes(name)) continue;
    if (name === "seed" && options.runs !== undefined) continue; // the runs' summary draws from it
    throw new UserError(`${flag} cannot be used with ${by}: leave one of the two out.`);
  }
}

export function resolveModel(
  options: Pick<ImproverOptions, "model" | "baseUrl">,
  env: Environment,
): ModelConfig {
  return {
    apiKey: env.OPENAI_API_KEY || undefined,
    baseUrl: options.baseUrl ?? (env.OPENAI_BASE_URL || undefined),
    model: options.model ?? (env.OPENAI_MODEL || DEFAULT_MODEL),
  };
}

function resolveOpenai(options: ImproverOptions, env: Environment): OpenaiConfig {
  return {
    kind: "openai",
    ...resolveModel(options, env),
    temperature: options.temperature,
    maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
    requestTimeoutSeconds: options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_SECONDS,
  };
}
