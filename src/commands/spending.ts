import type { ExperimentConfig } from "../config.ts";
import { type Budget, createBudget } from "../core/budget.ts";
import type { TokenUsage } from "../core/ports.ts";
import type { Price } from "../core/price.ts";
import { UserError } from "../errors.ts";
import type { JournalLine } from "../store/journal.ts";

type Spending = Pick<ExperimentConfig, "proposer" | "spending">;

/**
 * What a run's tokens cost: as given, else the list price; null where no model is asked or none is known.
 * Throws a UserError where a limit in dollars could then not be kept.
 */
export async function priceOfRun({ proposer, spending }: Spending): Promise<Price | null> {
  if (proposer.kind !== "openai") return null;
  const { priceOf } = await import("../prices.ts");
  const price = spending.price ?? (await priceOf(proposer.model, proposer.baseUrl ?? null));
  if (price === null && spending.limits.maxCost !== null) {
    throw new UserError(
      `--max-cost cannot be kept: no price of ${proposer.model} at this server is known. Give --price-input and --price-output, in dollars a million tokens.`,
    );
  }
  return price;
}

/** Null where nothing is limited. `before` is what an earlier part of the run has used. */
export function budgetOf(
  { limits }: Spending["spending"],
  price: Price | null,
  before: TokenUsage & { readonly minutes: number },
): Budget | null {
  const { maxTokens, maxCost, maxMinutes } = limits;
  if (maxTokens === null && maxCost === null && maxMinutes === null) return null;
  return createBudget({ limits, price, before, now: () => new Date() });
}

/** Minutes that a run was at work; not those between a stop, or a kill, and the part that went on. */
export function minutesAtWork(lines: readonly JournalLine[]): number {
  let milliseconds = 0;
  for (const [index, { time, event }] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined || event.type === "run-resumed") continue;
    milliseconds += Math.max(0, Date.parse(time) - Date.parse(before.time));
  }
  return milliseconds / 60_000;
}
