import { describe, expect, test } from "vitest";
import { estimateTokens, GROWN_AGENT_TOKENS } from "../../src/core/estimate.ts";
import { buildMessages } from "../../src/core/prompt.ts";

const TASKS = [
  { task_id: "Mine/0", prompt: 'def one():\n    """One."""\n', entry_point: "one" },
  { task_id: "Mine/1", prompt: 'def two():\n    """Two."""\n', entry_point: "two" },
];
const SEED = `def solve(prompt, entry_point):\n    return "    return 1\\n"\n${"# \n".repeat(100)}`;
const ONE = { runs: 1, generations: 1, candidates: 1 };

describe("the guess of tokens", () => {
  test("is, at its low end, the first request as it is sent and the seed agent as the answer", () => {
    const reports = TASKS.map((task) => ({ ...task, outcome: "failed" as const, reason: "" }));
    const messages = buildMessages({
      generation: 1,
      child: 1,
      parentSource: SEED,
      tasks: reports,
      archive: [],
    });
    const sent = messages.map(({ content }) => content).join("");
    expect(estimateTokens(ONE, SEED, TASKS).low).toEqual({
      promptTokens: Math.ceil(sent.length / 4),
      completionTokens: Math.ceil(SEED.length / 4),
    });
  });

  test("grows by the same for each further generation, by the grown agent at its high end", () => {
    const of = (generations: number) => estimateTokens({ ...ONE, generations }, SEED, TASKS);
    const [one, two, three] = [of(1), of(2), of(3)];
    expect(three.low.promptTokens).toBe(3 * one.low.promptTokens);
    const step = two.high.promptTokens - one.high.promptTokens;
    expect(three.high.promptTokens - two.high.promptTokens).toBe(step);
    const grownBy = GROWN_AGENT_TOKENS - Math.ceil(SEED.length / 4);
    expect(Math.abs(step - one.high.promptTokens - grownBy)).toBeLessThanOrEqual(1);
    expect(three.high.completionTokens).toBe(3 * GROWN_AGENT_TOKENS);
  });

  test("is a multiple for several runs and candidates", () => {
    const one = estimateTokens({ ...ONE, generations: 4 }, SEED, TASKS);
    const six = estimateTokens({ runs: 2, generations: 4, candidates: 3 }, SEED, TASKS);
    expect(six.low.promptTokens).toBe(6 * one.low.promptTokens);
    expect(six.high.promptTokens).toBe(6 * one.high.promptTokens);
    expect(six.high.completionTokens).toBe(6 * one.high.completionTokens);
  });

  test("never has a high end below its low end, however long the seed is", () => {
    const long = "# a long agent\n".repeat(5000);
    const { low, high } = estimateTokens({ ...ONE, generations: 3 }, long, TASKS);
    expect(high.completionTokens).toBeGreaterThanOrEqual(low.completionTokens);
    expect(high.promptTokens).toBeGreaterThan(low.promptTokens);
  });
});
