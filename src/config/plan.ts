import type { BenchmarkChoice } from "../benchmark/choice.ts";
import { type BenchmarkOptions, resolveChoice } from "../config.ts";
import type { Price } from "../core/price.ts";
import { UserError } from "../errors.ts";
import type { Environment } from "./environment.ts";
import { type ImproverOptions, type ProposerConfig, resolveImprover } from "./improver.ts";
import { type PriceOptions, resolvePrice } from "./price.ts";

/** `metai plan`, as commander parses it. */
export interface PlanOptions
  extends
    BenchmarkOptions,
    PriceOptions,
    Pick<ImproverOptions, "proposer" | "mock" | "model" | "baseUrl" | "candidates"> {
  generations: number;
  runs: number;
  heldOut: number | "all";
  maxTokensTotal?: number | undefined;
  maxCost?: number | undefined;
}

/** A plan, resolved. */
export interface PlanConfig {
  readonly runs: number;
  readonly generations: number;
  readonly candidates: number;
  readonly proposer: ProposerConfig;
  readonly benchmark: BenchmarkChoice;
  readonly heldOut: number | "all";
  /** As given on the command line; null where the list price is to be looked up. */
  readonly price: Price | null;
  readonly maxTokens: number | null;
  /** US dollars. */
  readonly maxCost: number | null;
  readonly json: boolean;
}

/** Throws a UserError for an option that would do nothing. */
export function resolvePlan(options: PlanOptions, env: Environment): PlanConfig {
  const { runs, generations, heldOut } = options;
  const { proposer, candidates } = resolveImprover({ ...options, ties: "parent" }, env);
  const price = resolvePrice(options);
  if (price !== null && proposer.kind !== "openai") {
    throw new UserError(
      `${price.source} cannot be used with --proposer ${proposer.kind}, which asks no model: leave them out.`,
    );
  }
  return {
    runs,
    generations,
    candidates,
    proposer,
    benchmark: resolveChoice(options, env),
    heldOut,
    price,
    maxTokens: options.maxTokensTotal ?? null,
    maxCost: options.maxCost ?? null,
    json: options.json ?? false,
  };
}
