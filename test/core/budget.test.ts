import { setImmediate } from "node:timers/promises";

import { describe, expect, test } from "vitest";
import { type BudgetLimits, type BudgetOptions, createBudget } from "../../src/core/budget.ts";
import { UserError } from "../../src/errors.ts";

const NO_LIMITS: BudgetLimits = { maxTokens: null, maxCost: null, maxMinutes: null };
const PRICE = { inputPerMillion: 1, outputPerMillion: 10, source: "a table" };
const { signal } = new AbortController();

function budgetOf(limits: Partial<BudgetLimits>, options: Partial<BudgetOptions> = {}) {
  let minutes = 0;
  const budget = createBudget({
    limits: { ...NO_LIMITS, ...limits },
    price: null,
    now: () => new Date(minutes * 60_000),
    ...options,
  });
  return { budget, pass: (more: number) => void (minutes += more) };
}

const used = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
});

/** Whether a promise has been settled by what has happened up to now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.finally(() => (settled = true));
  await setImmediate();
  return settled;
}

test("tokens of prompts and answers are used up by the request that reaches the limit", async () => {
  const { budget } = budgetOf({ maxTokens: 20_000 });
  expect(await budget.enter(signal)).toBeNull();
  budget.leave(used(19_000, 999));
  expect(await budget.enter(signal)).toBeNull();
  budget.leave(used(400, 13));
  expect(await budget.enter(signal)).toBe("the budget of 20,000 tokens is used up (20,412)");
  expect(await budget.enter(signal)).toContain("used up");
});

test("dollars are counted at the price of each kind of token", async () => {
  const { budget } = budgetOf({ maxCost: 0.5 }, { price: PRICE });
  expect(await budget.enter(signal)).toBeNull();
  budget.leave(used(100_000, 40_000));
  expect(budget.spent().cost).toBeCloseTo(0.5, 12);
  expect(await budget.enter(signal)).toBe("the budget of $0.50 is used up ($0.50)");
});

test("minutes are used up by the clock, and what is under way may end", async () => {
  const { budget, pass } = budgetOf({ maxMinutes: 30 });
  expect(await budget.enter(signal)).toBeNull();
  pass(29.9);
  expect(await budget.enter(signal)).toBeNull();
  pass(1.2);
  expect(await budget.enter(signal)).toBe("the budget of 30 minutes is used up (31.1)");
  budget.leave(used(1, 1));
});

test("a resumed run goes on from what was spent", async () => {
  const before = { ...used(900, 99), minutes: 5 };
  const { budget, pass } = budgetOf({ maxTokens: 1000, maxMinutes: 6 }, { before, price: PRICE });
  pass(0.5);
  expect(budget.spent()).toEqual({ tokens: 999, cost: (900 + 990) / 1e6, minutes: 5.5 });
  expect(await budget.enter(signal)).toBeNull();
  budget.leave(used(1, 0));
  expect(await budget.enter(signal)).toMatch(/1,000 tokens/);
});

test("without limits all may go, whatever the server counts", async () => {
  const { budget } = budgetOf({});
  expect(await Promise.all([budget.enter(signal), budget.enter(signal)])).toEqual([null, null]);
  budget.leave(null);
  budget.leave(used(5, 5));
  expect(budget.spent()).toMatchObject({ tokens: 10, cost: null });
});

describe("requests side by side", () => {
  test("go one at a time in their order where tokens are limited, so that one at most overruns", async () => {
    const { budget } = budgetOf({ maxTokens: 100 });
    expect(await budget.enter(signal)).toBeNull();
    const second = budget.enter(signal);
    const third = budget.enter(signal);
    expect(await isSettled(second)).toBe(false);
    budget.leave(used(60, 0));
    expect(await second).toBeNull();
    expect(await isSettled(third)).toBe(false);
    budget.leave(used(60, 0));
    expect(await third).toBe("the budget of 100 tokens is used up (120)");
  });

  test("all hear of it when nothing is left", async () => {
    const { budget } = budgetOf({ maxTokens: 1 });
    await budget.enter(signal);
    const others = [budget.enter(signal), budget.enter(signal), budget.enter(signal)];
    budget.leave(used(1, 0));
    const reasons = await Promise.all(others);
    expect(new Set(reasons)).toEqual(new Set(["the budget of 1 tokens is used up (1)"]));
  });

  test("stay side by side where minutes alone are limited", async () => {
    const { budget } = budgetOf({ maxMinutes: 1 });
    expect(await Promise.all([budget.enter(signal), budget.enter(signal)])).toEqual([null, null]);
  });

  test("one that is stopped while it waits leaves the queue to the others", async () => {
    const { budget } = budgetOf({ maxTokens: 100 });
    const stopped = new AbortController();
    await budget.enter(signal);
    const second = budget.enter(stopped.signal);
    const third = budget.enter(signal);
    stopped.abort(new Error("stopped"));
    await expect(second).rejects.toThrow("stopped");
    await expect(budget.enter(stopped.signal)).rejects.toThrow("stopped");
    budget.leave(used(1, 1));
    expect(await third).toBeNull();
  });

  test("one that is stopped when its turn has come has still to withdraw", async () => {
    const { budget } = budgetOf({ maxTokens: 100 });
    const stopped = new AbortController();
    await budget.enter(signal);
    const second = budget.enter(stopped.signal);
    const third = budget.enter(signal);
    budget.leave(used(1, 1));
    stopped.abort(new Error("stopped"));
    expect(await second).toBeNull();
    expect(await isSettled(third)).toBe(false);
    budget.withdraw();
    expect(await third).toBeNull();
    expect(budget.spent().tokens).toBe(2);
  });
});

describe("a limit that cannot be kept is an error for the user", () => {
  test("tokens, where the server counts none", async () => {
    const { budget } = budgetOf({ maxTokens: 100 });
    await budget.enter(signal);
    const second = budget.enter(signal);
    expect(() => budget.leave(null)).toThrow(UserError);
    await expect(second).rejects.toThrow(/^The server counts no tokens/);
    await expect(budget.enter(signal)).rejects.toThrow(UserError);
  });

  test("dollars, where no price is known", () => {
    expect(() => budgetOf({ maxCost: 1 })).toThrow(/--price-input and --price-output/);
  });
});
