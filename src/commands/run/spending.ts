import type { ExperimentConfig } from "../../config.ts";
import { type Budget, createBudget } from "../../core/budget.ts";
import type { TokenUsage } from "../../core/ports.ts";
import type { Price } from "../../core/price.ts";
import { RunRecord } from "../../core/run-record.ts";
import { UserError } from "../../errors.ts";
import type { JournalLine } from "../../store/journal.ts";

type Spending = Pick<ExperimentConfig, "proposer" | "spending">;

/**
 * What a run's tokens cost: as given, else the list price; null where no model is asked or none is known.
 * Throws a UserError where a limit in dollars could then not be kept.
 */
export async function priceOfRun({ proposer, spending }: Spending): Promise<Price | null> {
  if (proposer.kind !== "openai") return null;
  const { priceOf } = await import("../../prices.ts");
  const price = spending.price ?? (await priceOf(proposer.model, proposer.baseUrl ?? null));
  if (price === null && spending.limits.maxCost !== null) {
    throw new UserError(
      `--max-cost cannot be kept: no price of ${proposer.model} at this server is known. Give --price-input and --price-output, in dollars a million tokens.`,
    );
  }
  return price;
}

/**
 * What runs may use together; null where nothing is limited. `before` are the lines of each one's journal, of
 * what was used before it is gone on with.
 */
export function budgetOf(
  { limits }: Spending["spending"],
  price: Price | null,
  before: readonly (readonly JournalLine[])[],
): Budget | null {
  const { maxTokens, maxCost, maxMinutes } = limits;
  if (maxTokens === null && maxCost === null && maxMinutes === null) return null;
  const usages = before.map((lines) => RunRecord.of(lines.map(({ event }) => event)).usage);
  const sum = (of: (usage: TokenUsage) => number) =>
    usages.reduce((total, usage) => total + of(usage), 0);
  const used = {
    promptTokens: sum((usage) => usage.promptTokens),
    completionTokens: sum((usage) => usage.completionTokens),
    minutes: Math.max(0, ...before.map(minutesAtWork)), // they were at work side by side
  };
  return createBudget({ limits, price, before: used, now: () => new Date() });
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
