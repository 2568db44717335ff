import type { PlanConfig } from "../../config/plan.ts";
import { estimateTokens } from "../../core/estimate.ts";
import type { TokenUsage } from "../../core/ports.ts";
import { costOf, type Price } from "../../core/price.ts";
import type { Task } from "../../core/records.ts";
import { smallestGain } from "../../core/statistics/power.ts";
import { wilsonInterval } from "../../core/statistics/wilson.ts";

/** What runs would take and could tell; with --json, literally this. */
export interface PlanReport {
  readonly runs: number;
  readonly generations: number;
  readonly candidates: number;
  /** Null where no model is asked. */
  readonly model: { readonly name: string; readonly base_url: string } | null;
  /** At most, retries aside. */
  readonly requests: number;
  readonly tokens: { readonly low: Tokens; readonly high: Tokens };
  /** US dollars a million tokens; null where none is known or no model is asked. */
  readonly price: { input: number; output: number; source: string } | null;
  /** US dollars; null where no price is known. */
  readonly cost: { readonly low: number; readonly high: number } | null;
  readonly evaluations: Evaluations;
  readonly budget: readonly Fit[];
  readonly one_run: Likely;
  readonly smallest_gains: readonly SmallestGain[];
}

interface Tokens {
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
}

/** At most. An evaluation is one agent on one task. */
interface Evaluations {
  readonly agents: number;
  readonly tasks: number;
  readonly held_out_agents: number;
  readonly held_out_tasks: number;
  readonly total: number;
}

/** Whether an estimate stays within a limit: wholly, at its low end only, or not at all. */
export interface Fit {
  readonly of: "tokens" | "dollars";
  readonly limit: number;
  /** Null where nothing is known to hold against it. */
  readonly fits: "yes" | "perhaps" | "no" | null;
}

/** What a good score of one run leaves open: a Wilson 95 % interval, as proportions. */
interface Likely {
  readonly passed: number;
  readonly total: number;
  readonly interval: readonly [low: number, high: number];
}

/** The smallest true gain found with power 0.8 at 5 %, as a proportion; null where even a gain to 1 is not. */
export interface SmallestGain {
  readonly runs: number;
  readonly on: "selection" | "held_out";
  readonly tasks: number;
  readonly from: number;
  readonly gain: number | null;
}

export interface PlanFacts {
  readonly model: PlanReport["model"];
  readonly price: Price | null;
  readonly seedSource: string;
  /** Those selected on. */
  readonly tasks: readonly Task[];
  /** How many are held out. */
  readonly heldOut: number;
}

/** Runs for which the smallest gain is told, beside the number planned. */
const TABLE = [1, 3, 5, 10, 20];
/** Rates at the start: an agent that passes nothing, as the seed on HumanEval, and one that passes half. */
const STARTS = { selection: [0, 0.5], held_out: [0.5] };

export function planReport(config: PlanConfig, facts: PlanFacts): PlanReport {
  const { runs, generations, candidates } = config;
  const { model, price, seedSource, tasks, heldOut } = facts;
  const size = { runs: model === null ? 0 : runs, generations, candidates };
  const { low, high } = estimateTokens(size, seedSource, tasks);
  const cost = costs(facts, low, high);
  const count = tasks.length;
  const good = Math.round(count * 0.9);
  const interval = wilsonInterval(good, count);
  return {
    runs,
    generations,
    candidates,
    model,
    requests: size.runs * generations * candidates,
    tokens: { low: tokensOf(low), high: tokensOf(high) },
    price: price && {
      input: price.inputPerMillion,
      output: price.outputPerMillion,
      source: price.source,
    },
    cost,
    evaluations: evaluations(config, count, heldOut),
    budget: [
      ...fit("tokens", config.maxTokens, { low: total(low), high: total(high) }),
      ...fit("dollars", config.maxCost, cost),
    ],
    one_run: { passed: good, total: count, interval: [interval.low, interval.high] },
    smallest_gains: smallestGains(runs, count, heldOut),
  };
}

function costs({ model, price }: PlanFacts, low: TokenUsage, high: TokenUsage): PlanReport["cost"] {
  if (model === null) return { low: 0, high: 0 };
  return price && { low: costOf(low, price), high: costOf(high, price) };
}

/** The seed and every candidate on the tasks; every agent that can have stood on those held out. */
function evaluations(
  { runs, generations, candidates }: PlanConfig,
  tasks: number,
  heldOut: number,
): Evaluations {
  const agents = runs * (1 + generations * candidates);
  const standing = heldOut === 0 ? 0 : runs * (1 + generations);
  return {
    agents,
    tasks,
    held_out_agents: standing,
    held_out_tasks: heldOut,
    total: agents * tasks + standing * heldOut,
  };
}

function fit(
  of: Fit["of"],
  limit: number | null,
  range: { readonly low: number; readonly high: number } | null,
): Fit[] {
  if (limit === null) return [];
  if (range === null) return [{ of, limit, fits: null }];
  if (range.high <= limit) return [{ of, limit, fits: "yes" }];
  return [{ of, limit, fits: range.low <= limit ? "perhaps" : "no" }];
}

function smallestGains(planned: number, tasks: number, heldOut: number): SmallestGain[] {
  const sets = [
    { on: "selection", tasks } as const,
    ...(heldOut === 0 ? [] : [{ on: "held_out", tasks: heldOut } as const]),
  ];
  const rows = [...new Set([...TABLE, planned])].toSorted((a, b) => a - b);
  return rows.flatMap((runs) =>
    sets.flatMap(({ on, tasks }) =>
      STARTS[on].map((from) => ({
        runs,
        on,
        tasks,
        from,
        gain: smallestGain({ runs, tasks, from }),
      })),
    ),
  );
}

function tokensOf(usage: TokenUsage): Tokens {
  const { promptTokens, completionTokens } = usage;
  return { prompt: promptTokens, completion: completionTokens, total: total(usage) };
}

function total({ promptTokens, completionTokens }: TokenUsage): number {
  return promptTokens + completionTokens;
}
