import { describe, expect, test } from "vitest";

import type { JournalEvent } from "../../src/core/journal.ts";
import type { Task } from "../../src/core/records.ts";
import { RunRecord } from "../../src/core/run-record.ts";
import { UserError } from "../../src/errors.ts";
import { selfImprove } from "../../src/loop/self-improve.ts";
import { agent, answerOf, startOf, world } from "./parts.ts";

const HELD_OUT: readonly Task[] = ["Hidden/0", "Hidden/1"].map((task_id) => ({
  task_id,
  prompt: "def hidden():\n",
  entry_point: "hidden",
  test: "",
}));

/** Generations with an answer without code, an agent twice, one that is none, and a rejected one. */
const TURNS = [
  ["no code", answerOf(agent(1)), answerOf(agent(1))],
  [answerOf("def solve_it():\n    pass\n"), answerOf(agent(2)), answerOf(agent(0))],
  [answerOf(agent(1)), answerOf(agent(0)), "no code"],
];

const usual = () => world(TURNS, { candidates: 3, heldOut: HELD_OUT });

/** The run that goes on after the first so many events of another. */
async function resumeAfter(events: readonly JournalEvent[]) {
  const made = usual();
  for (const event of events) await made.parts.journal.append(event);
  // The texts were on disk before the events that speak of them.
  for (const text of TURNS.flat()) {
    await made.parts.journal.keep(text);
  }
  const past = RunRecord.of([startOf(made.parts), ...events]);
  const result = await selfImprove({ ...made.parts, past });
  return { ...made, result };
}

const withoutTimes = (events: readonly JournalEvent[]) =>
  events.map((event) => JSON.stringify({ ...event, duration_ms: 0 })).toSorted();

const isNoRequest = ({ type }: JournalEvent) => type !== "request";

describe("a run that goes on after any event", async () => {
  const whole = usual();
  const expected = await selfImprove(whole.parts);
  const moments = whole.journaled.map((_, index) => index);

  test("of which there are many", () => {
    expect(moments.length).toBeGreaterThan(60);
    expect(expected.rows.map(({ passed }) => passed)).toEqual([0, 1, 2, 2]);
  });

  test("ends as an uninterrupted one, asks for nothing that it has and judges nothing twice", async () => {
    for (const moment of moments) {
      const before = whole.journaled.slice(0, moment);
      const { result, journaled, requests } = await resumeAfter(before);
      expect(result, `after ${moment} events`).toEqual(expected);

      const answered = before.filter(({ type }) => type === "response").length;
      expect(requests.length, `after ${moment} events`).toBe(9 - answered);
      // A request that was under way is made again; of everything else there is one.
      expect(withoutTimes(journaled.filter(isNoRequest)), `after ${moment} events`).toEqual(
        withoutTimes(whole.journaled.filter(isNoRequest)),
      );
    }
  });

  test("notes nothing more if it was over", async () => {
    const { journaled } = await resumeAfter(whole.journaled);
    expect(journaled).toEqual(whole.journaled);
  });

  test("is refused where the journal decides otherwise", async () => {
    const forged = whole.journaled.map((event) =>
      event.type === "decision" ? { ...event, accepted: !event.accepted } : event,
    );
    const resumed = resumeAfter(forged);
    await expect(resumed).rejects.toThrow(UserError);
    await expect(resumed).rejects.toThrow(/another decision/);
  });
});

const QUIET = {
  enter: async () => null,
  leave: () => {},
  withdraw: () => {},
  spent: () => ({ tokens: 0, cost: null, minutes: 0 }),
};

/** Lets so many requests through. */
const budgetOf = (requests: number) => {
  let left = requests;
  return {
    ...QUIET,
    enter: async () => (left-- > 0 ? null : "the budget of 3 requests is used up"),
  };
};

describe("a budget", () => {
  test("ends the run before the next request, with what was answered judged", async () => {
    const { parts, requests, journaled } = usual();
    const result = await selfImprove({ ...parts, budget: budgetOf(4) });
    expect(result).toMatchObject({
      ended: "budget",
      problem: "the budget of 3 requests is used up",
    });
    expect(result.rows).toHaveLength(2);
    expect(requests).toHaveLength(6); // asked of the proposer; two were not let through
    const of = (type: JournalEvent["type"]) => journaled.filter((event) => event.type === type);
    expect(of("request")).toHaveLength(4);
    expect(
      of("judged").filter((event) => "generation" in event && event.generation === 2),
    ).toHaveLength(1);
    expect(of("held-out-opened")).toEqual([]);
  });

  test("is told what each request used, once", async () => {
    const used: unknown[] = [];
    const usage = { promptTokens: 10, completionTokens: 1 };
    const answer = () => ({ answer: "", responseModel: null, finishReason: null, usage });
    const { parts } = world([answer, answer]);
    const budget = { ...QUIET, leave: (one: unknown) => void used.push(one) };
    await selfImprove({ ...parts, budget });
    expect(used).toEqual([usage, usage]);
  });
});
