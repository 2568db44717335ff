import { describe, expect, test } from "vitest";

import {
  heldOutOf,
  proportion,
  selectionOf,
  type CardFacts,
} from "../../src/commands/card/facts.ts";
import { cardMarkdown } from "../../src/commands/card/markdown.ts";
import { criteriaOf } from "../../src/core/criteria.ts";
import type { JournalEvent } from "../../src/core/journal.ts";
import { RunRecord } from "../../src/core/run-record.ts";
import { factsOf } from "../helpers/facts.ts";
import { accepted, heldOut, offered, seedEvents, startedEvent } from "../store/events.ts";
import { scoreRows } from "../../src/core/run-tables.ts";

const SEED = "seed = 1\n";
const CHILD = "child = 1\n";
const EVENTS: readonly JournalEvent[] = [
  startedEvent(),
  ...seedEvents(SEED),
  ...offered(1, CHILD),
  ...accepted(1, CHILD),
  ...heldOut(SEED),
];

function cardOf(events: readonly JournalEvent[], changes: Partial<CardFacts> = {}): CardFacts {
  const record = RunRecord.of(events);
  const selection = selectionOf(record);
  if (selection === null || record.started === null) throw new Error("no run");
  return {
    facts: record.started.facts,
    head: "12".repeat(32),
    events: events.length,
    startedAt: "2026-01-02T03:04:05.000Z",
    endedAt: "2026-01-02T03:05:05.000Z",
    ended: "completed",
    problem: null,
    resumed: 0,
    rows: scoreRows(record),
    selection,
    heldOut: heldOutOf(record),
    controls: [],
    registered: null,
    criteria: criteriaOf(events, record),
    ...changes,
  };
}

const markdown = (changes: Partial<CardFacts> = {}) => cardMarkdown(cardOf(EVENTS, changes));

test("a card tells each generation, and the gain with its intervals", () => {
  const text = markdown();
  expect(text).toMatch(/\| 0 \| 0\/2 \| +\| seed \| 1\/1 \|/);
  expect(text).toMatch(/\| 1 \| 1\/2 \| 1\/2 \| accepted: 1 \\> 0 \|/);
  expect(text).toMatch(
    /\| selection \| 0\/2 \(0\.0 to 65\.8 %\) \| 1\/2 \(9\.5 to 90\.5 %\) \| 1 \/ 0 \| 1\.000 \|/,
  );
  expect(text).toContain("its p is no test of a gain");
  expect(text).toContain(`metai verify RUN --head ${"12".repeat(32)}`);
});

test("a search on Practice is said to have been tuned there", () => {
  const { facts } = cardOf(EVENTS);
  const benchmark = { ...facts.benchmark, name: "Practice" };
  const text = markdown({ facts: { ...facts, benchmark, run_type: "search" } });
  expect(text).toContain("its p is no test of a gain. The search was tuned on these tasks");
  expect(markdown({ facts: { ...facts, benchmark, run_type: "api" } })).not.toContain("tuned");
});

test("held-out scores that are not there are told to be missing", () => {
  expect(heldOutOf(RunRecord.of(EVENTS))).toBeNull(); // the agent that stands is not scored
  expect(markdown()).toContain("No task was held out and scored");
});

test("the seed and the final agent are compared on the same held-out tasks", () => {
  const child = heldOut(CHILD).slice(1);
  const failed = child.map((event) =>
    event.type === "held-out-scored"
      ? { ...event, generation: 1, passed: 0 }
      : event.type === "held-out-outcome"
        ? { ...event, outcome: "failed" as const }
        : event,
  );
  const compared = heldOutOf(RunRecord.of([...EVENTS, ...failed]));
  expect(compared).toMatchObject({
    seed: { passed: 1, total: 1 },
    final: { passed: 0, total: 1 },
    test: { onlyFirst: 1, onlySecond: 0, pValue: 1 },
  });
});

describe("what a reader must not overlook is told", () => {
  test.for<[string, Partial<CardFacts>, string]>([
    ["a mock run", { facts: factsOf({ run_type: "mock" }) }, "no self-improvement"],
    ["a search", { facts: factsOf({ run_type: "search" }) }, "no model took part"],
    ["a weak sandbox", { facts: factsOf({ sandbox: "process" }) }, "no security boundary"],
    ["a replay", { facts: { ...factsOf(), replay_of: "34".repeat(32) } }, "were replayed"],
    ["a control", { facts: factsOf({ control: "same" }) }, "control **same**"],
    ["that it went on", { resumed: 2 }, "gone on with 2 times"],
    ["why it ended", { ended: "budget", problem: "it is used up" }, "**budget** (it is used up)"],
    ["that it is not over", { ended: "not over" }, "**not over**"],
    ["no controls", {}, "was not measured"],
    [
      "a control beside it",
      {
        controls: [
          { control: "same", seed: proportion(0, 2), final: proportion(1, 2), generations: 5 },
        ],
      },
      "| same | 5 | 0/2",
    ],
    ["that nothing was registered", {}, "No configuration was registered"],
    [
      "no deviation",
      { registered: { name: "f", sha256: "ab".repeat(32), note: null, deviations: [] } },
      "deviates from it in nothing",
    ],
  ])("%s", ([, changes, words]) => {
    expect(markdown(changes)).toContain(words);
  });
});

test("text from elsewhere stays text", () => {
  const facts = factsOf({ model: "<b>|`x`|\n# no title" });
  const text = markdown({ facts });
  expect(text).not.toContain("<b>");
  expect(text).not.toMatch(/^# no title/m);
  expect(text).toContain(String.raw`\<b\>\|\`x\`\| \# no title`);
});

test("a price and its tokens come to a cost", () => {
  const price = { input_per_million: 1, output_per_million: 2, source: "a list" };
  const rows = cardOf(EVENTS).rows.map((row) => ({
    ...row,
    prompt_tokens: 1000,
    completion_tokens: 500,
    cost_usd: 0.002,
  }));
  expect(markdown({ rows, facts: factsOf({ price }) })).toContain(
    "2,000 tokens in prompts and 1,000 in answers: $0.004, at $1 and $2 a million (a list).",
  );
});

/** The lines of the journal that show each criterion. */
const shown = (events: readonly JournalEvent[]) =>
  criteriaOf(events, RunRecord.of(events)).map(({ name, shownBy }) => [
    name,
    shownBy.flatMap(({ lines }) => lines),
  ]);

describe("the four criteria", () => {
  test("are shown by lines of the journal, or not at all", () => {
    expect(shown(EVENTS)).toEqual([
      ["inspectable target", [2, 7]],
      ["meta-level modifier", []],
      ["feedback-directed selection", [11]],
      ["recursive continuation", []],
    ]);
  });

  test("recursion is that what was accepted is what a later answer rewrites", () => {
    const again = accepted(1, CHILD).map((event) =>
      event.type === "decision"
        ? { ...event, generation: 2, parent_generation: 1, accepted: false }
        : { ...event, generation: 2 },
    );
    expect(shown([...EVENTS, ...again]).at(-1)).toEqual(["recursive continuation", [12, 16]]);
  });
});
