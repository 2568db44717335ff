import { describe, expect, test } from "vitest";
import { planReport } from "../../../src/commands/plan/report.ts";
import type { PlanConfig } from "../../../src/config/plan.ts";

const CONFIG: PlanConfig = {
  runs: 3,
  generations: 5,
  candidates: 2,
  proposer: { kind: "mock" },
  benchmark: { kind: "shipped", name: "fresh" },
  heldOut: "all",
  price: null,
  maxTokens: null,
  maxCost: null,
  json: false,
};
const TASKS = Array.from({ length: 10 }, (_, index) => ({
  task_id: `Mine/${index}`,
  prompt: "def f():\n",
  entry_point: "f",
  test: "def check(candidate):\n    pass\n",
}));
const PRICE = { inputPerMillion: 1, outputPerMillion: 10, source: "a table" };
const FACTS = {
  model: { name: "m", base_url: "http://b/v1" },
  price: PRICE,
  seedSource: "def solve(prompt, entry_point):\n    return ''\n",
  tasks: TASKS,
  heldOut: 14,
};

test("requests and evaluations are counted for all runs", () => {
  const { requests, evaluations } = planReport(CONFIG, FACTS);
  expect(requests).toBe(3 * 5 * 2);
  expect(evaluations).toEqual({
    agents: 3 * (1 + 5 * 2),
    tasks: 10,
    held_out_agents: 3 * (1 + 5),
    held_out_tasks: 14,
    total: 33 * 10 + 18 * 14,
  });
});

test("the cost is that of the tokens at their prices", () => {
  const { cost, tokens } = planReport(CONFIG, FACTS);
  const expected = (tokens.low.prompt + 10 * tokens.low.completion) / 1e6;
  expect(cost?.low).toBeCloseTo(expected, 12);
  expect(planReport(CONFIG, { ...FACTS, price: null }).cost).toBeNull();
});

test("a proposer without a model makes no request and costs nothing", () => {
  const report = planReport(CONFIG, { ...FACTS, model: null, price: null });
  expect(report).toMatchObject({ requests: 0, cost: { low: 0, high: 0 } });
  expect(report.tokens.high.total).toBe(0);
  expect(report.evaluations.agents).toBe(33);
});

describe("a budget", () => {
  const { tokens } = planReport(CONFIG, FACTS);

  test.each([
    [tokens.high.total, "yes"],
    [tokens.high.total - 1, "perhaps"],
    [tokens.low.total, "perhaps"],
    [tokens.low.total - 1, "no"],
  ])("of %d tokens is enough: %s", (maxTokens, fits) => {
    const { budget } = planReport({ ...CONFIG, maxTokens }, FACTS);
    expect(budget).toEqual([{ of: "tokens", limit: maxTokens, fits }]);
  });

  test("of dollars cannot be held against an unknown price", () => {
    const { budget } = planReport({ ...CONFIG, maxCost: 1 }, { ...FACTS, price: null });
    expect(budget).toEqual([{ of: "dollars", limit: 1, fits: null }]);
  });
});

test("the table of gains has the number of runs that is planned, and the held-out tasks", () => {
  const gains = planReport({ ...CONFIG, runs: 7 }, FACTS).smallest_gains;
  expect([...new Set(gains.map(({ runs }) => runs))]).toEqual([1, 3, 5, 7, 10, 20]);
  expect(gains.filter(({ runs, on }) => runs === 7 && on === "held_out")).toEqual([
    { runs: 7, on: "held_out", tasks: 14, from: 0.5, gain: expect.any(Number) },
  ]);
  const without = planReport(CONFIG, { ...FACTS, heldOut: 0 }).smallest_gains;
  expect(without.map(({ on }) => on)).not.toContain("held_out");
});
