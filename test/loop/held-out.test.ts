import { describe, expect, test } from "vitest";

import type { Task } from "../../src/core/records.ts";
import { UserError } from "../../src/errors.ts";
import { selfImprove } from "../../src/loop/self-improve.ts";
import { agent, answerOf, world } from "./parts.ts";

const HELD_OUT: readonly Task[] = Array.from({ length: 5 }, (_, index) => ({
  task_id: `Hidden/${index}`,
  prompt: `def hidden${index}():\n`,
  entry_point: `hidden${index}`,
  test: "",
}));

describe("held-out tasks", () => {
  test("are scored when the run is over, each agent that stood once, and counted in its rows", async () => {
    const { parts, writes } = world(
      [2, 1, 3].map((n) => answerOf(agent(n))),
      {
        heldOut: HELD_OUT,
      },
    );
    const { rows } = await selfImprove(parts);
    expect(rows.map((row) => [row.held_out_passed, row.held_out_total])).toEqual([
      [0, 5],
      [2, 5],
      [2, 5],
      [3, 5],
    ]);
    expect(writes.slice(writes.indexOf("row 3") + 1)).toEqual([
      "held out 0",
      "held out 1",
      "held out 3",
    ]);
  });

  test("reach neither a proposer nor, by their outcomes, the progress", async () => {
    const { parts, requests, events } = world([answerOf(agent(1)), answerOf(agent(2))], {
      heldOut: HELD_OUT,
    });
    await selfImprove(parts);
    expect(JSON.stringify(requests)).not.toMatch(/hidden/i);
    expect(JSON.stringify(events)).not.toMatch(/hidden/i);
    const progress = events.filter((event) => event.type === "held-out-judged");
    expect(progress.map(({ done, of }) => [done, of])).toEqual(
      Array.from({ length: 16 }, (_, done) => [done, 15]),
    );
  });

  test("score a source that stood twice once", async () => {
    const { parts, writes } = world(
      [1, 2, 1].map((n) => answerOf(agent(n))),
      {
        heldOut: HELD_OUT,
        control: "no-selection",
      },
    );
    const { rows } = await selfImprove(parts);
    expect(rows.map((row) => row.held_out_passed)).toEqual([0, 1, 2, 1]);
    expect(writes.filter((name) => name.startsWith("held out"))).toHaveLength(3);
  });

  test("that none are held out leaves the cells empty", async () => {
    const { parts, writes } = world([answerOf(agent(1))]);
    const { rows } = await selfImprove(parts);
    expect(rows.map((row) => row.held_out_passed)).toEqual([null, null]);
    expect(writes.at(-1)).toBe("row 1");
  });

  test("a run that ends in this step keeps its rows and the agents that are scored", async () => {
    const { parts, writes } = world([answerOf(agent(2))], { heldOut: HELD_OUT });
    const { evaluator } = parts;
    const problem = new UserError("out of power");
    const failing: typeof evaluator = {
      ...evaluator,
      evaluateAgent: async (source, tasks, options) => {
        if (tasks[0]?.task_id === "Hidden/0" && source === agent(2)) throw problem;
        return evaluator.evaluateAgent(source, tasks, options);
      },
    };
    await expect(selfImprove({ ...parts, evaluator: failing })).rejects.toBe(problem);
    expect(writes.slice(-2)).toEqual(["row 1", "held out 0"]);
  });
});
