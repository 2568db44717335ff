import { UserError } from "../errors.ts";
import type { TokenUsage } from "./ports.ts";
import { costOf, dollars, type Price } from "./price.ts";
import { createTurns } from "./turns.ts";

/** How much the requests of a command may take together; null is no limit. */
export interface BudgetLimits {
  /** Tokens of prompts and answers. */
  readonly maxTokens: number | null;
  /** US dollars. */
  readonly maxCost: number | null;
  /** Minutes of wall clock. */
  readonly maxMinutes: number | null;
}

export interface Spent {
  readonly tokens: number;
  /** US dollars; null where no price is known. */
  readonly cost: number | null;
  readonly minutes: number;
}

export interface BudgetOptions {
  readonly limits: BudgetLimits;
  /** Null where none is known. */
  readonly price: Price | null;
  /** What was spent before, by the parts of the run that is resumed. */
  readonly before?: TokenUsage & { readonly minutes: number };
  readonly now: () => Date;
}

/**
 * What all requests of a command, those of runs side by side among them, may spend together. Each request
 * enters before it is sent; one that was let in leaves with its usage or, if no answer came, withdraws.
 *
 * With a limit of tokens or dollars requests go one at a time, so that it is overrun by the last request
 * at most. With minutes alone they stay side by side; one that is under way is not cut off.
 */
export interface Budget {
  /**
   * Null if a request may go, else why not, in words: the budget is used up, now and for good.
   * Rejects with the signal's reason if it aborts while others are ahead, and with a UserError once the
   * server has answered without a count of tokens that a limit needs.
   */
  enter(signal: AbortSignal): Promise<string | null>;
  /** Throws a UserError if `usage` is null, the server having counted nothing, and a limit needs the count. */
  leave(usage: TokenUsage | null): void;
  /** After a request without an answer. It counts for nothing: what it cost, if anything, no server says. */
  withdraw(): void;
  /** In all, what was spent before included. */
  spent(): Spent;
}

/** A run may ask for nothing more: it ends where it is, without a fault. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
}

const NOTHING = { promptTokens: 0, completionTokens: 0, minutes: 0 };
const MS_PER_MINUTE = 60_000;

/** Throws a UserError for a limit in dollars where no price is known. */
export function createBudget({ limits, price, before = NOTHING, now }: BudgetOptions): Budget {
  if (limits.maxCost !== null && price === null) {
    throw new UserError(
      "A limit in dollars cannot be kept, as no price of this model is known: give --price-input and --price-output.",
    );
  }
  const start = now().getTime();
  const isCounted = limits.maxTokens !== null || limits.maxCost !== null;
  const turns = createTurns();
  let { promptTokens, completionTokens } = before;
  let wasUncounted = false;

  const spent = (): Spent => ({
    tokens: promptTokens + completionTokens,
    cost: price && costOf({ promptTokens, completionTokens }, price),
    minutes: before.minutes + (now().getTime() - start) / MS_PER_MINUTE,
  });
  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (isCounted) await turns.take(signal);
      const refusal = wasUncounted ? uncounted() : usedUp(limits, spent());
      if (refusal !== null && isCounted) turns.give();
      if (refusal instanceof UserError) throw refusal;
      return refusal;
    },
    leave(usage) {
      if (usage === null) wasUncounted ||= isCounted;
      else {
        promptTokens += usage.promptTokens;
        completionTokens += usage.completionTokens;
      }
      if (isCounted) turns.give();
      if (usage === null && isCounted) throw uncounted();
    },
    withdraw() {
      if (isCounted) turns.give();
    },
    spent,
  };
}

function uncounted(): UserError {
  return new UserError(
    "The server counts no tokens, so a limit of tokens or dollars cannot be kept: leave --max-tokens-total and --max-cost out, or limit the minutes instead.",
  );
}

function usedUp({ maxTokens, maxCost, maxMinutes }: BudgetLimits, spent: Spent): string | null {
  const { tokens, cost, minutes } = spent;
  if (maxTokens !== null && tokens >= maxTokens) {
    return `the budget of ${grouped(maxTokens)} tokens is used up (${grouped(tokens)})`;
  }
  if (maxCost !== null && cost !== null && cost >= maxCost) {
    return `the budget of ${dollars(maxCost)} is used up (${dollars(cost)})`;
  }
  if (maxMinutes !== null && minutes >= maxMinutes) {
    return `the budget of ${maxMinutes} minutes is used up (${minutes.toFixed(1)})`;
  }
  return null;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
