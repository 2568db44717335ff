import { describe, expect, test } from "vitest";

import type { RunOfSeveral, SeveralCardFacts } from "../../src/commands/card/several-facts.ts";
import { severalCardMarkdown } from "../../src/commands/card/several-markdown.ts";
import { replicatesSummary } from "../../src/commands/replicates/summary.ts";
import { CRITERIA } from "../../src/core/criteria.ts";
import type { RunEnding } from "../../src/core/journal.ts";
import { RunRecord } from "../../src/core/run-record.ts";
import { scoreRows } from "../../src/core/run-tables.ts";
import { factsOf } from "../helpers/facts.ts";
import { accepted, offered, seedEvents, startedEvent } from "../store/events.ts";

const EVENTS = [
  startedEvent(),
  ...seedEvents("seed = 1\n"),
  ...offered(1, "child = 1\n"),
  ...accepted(1, "child = 1\n"),
];

/** The first run's fields, then the second's. */
function severalOf(
  changes: Partial<SeveralCardFacts> = {},
  endings: readonly (RunEnding | null)[] = ["completed", "perfect"],
  shows: readonly string[] = CRITERIA,
): SeveralCardFacts {
  const facts = changes.facts ?? [factsOf(), factsOf()];
  const rows = scoreRows(RunRecord.of(EVENTS));
  const replicates = facts.map((one, index) => ({
    name: `run-0${index + 1}`,
    facts: one,
    rows,
    ended: endings[index] ?? null,
    head: String(index).repeat(64),
  }));
  const summary = replicatesSummary(replicates);
  const runs = summary.runs.map((run, index): RunOfSeveral => {
    const startedAt = `2026-01-0${index + 2}T03:04:05.000Z`;
    return { ...run, startedAt, events: 12, resumed: index, shows: index === 0 ? shows : CRITERIA };
  });
  return {
    facts,
    summary,
    runs,
    rows: replicates.flatMap((one) => one.rows),
    comparisons: [],
    registered: null,
    registeredRuns: 2,
    ...changes,
  };
}

test("a card of several runs tells each, their means with intervals, and every head", () => {
  const text = severalCardMarkdown(severalOf());
  expect(text).toContain("# metai run card: a-model on Mine, 2 runs\n");
  expect(text).toContain("the first begun 2026-01-02T03:04:05.000Z.");
  expect(text).toMatch(
    /^\| run-01 \| +\| 0 to 1 of 2 \| +\| \*\*completed\*\* after generation 1 \|$/m,
  );
  expect(text).toContain("| selection, 2 | 0.0 | 1.0 (1.0 to 1.0) | 1.0 (1.0 to 1.0) |");
  expect(text).toContain("over few runs they are too narrow. No task was held out and scored");
  expect(text).toContain(`- run-01: 12 events; journal head \`${"0".repeat(64)}\``);
  expect(text).toContain(`- run-02: 12 events, gone on with 1 time; journal head`);
  expect(text).toContain("**recursive continuation**: shown by 2 of 2 runs.");
});

test("what the runs differ in is told of all of them, once", () => {
  const [one, other] = [
    factsOf({ model: "search seed 1", run_type: "search" }),
    factsOf({ model: "search seed 2", run_type: "search" }),
  ];
  const versions = { ...other.versions, node: "v99.0.0" };
  const text = severalCardMarkdown(severalOf({ facts: [one, { ...other, versions }] }));
  expect(text).toContain("# metai run card: search on Mine, 2 runs\n");
  expect(text).toContain("| model | search seed 1; search seed 2 |");
  expect(text).toMatch(/\| versions \| metai .*; metai .*Node v99\.0\.0/);
  expect(text.match(/no model took part/g)).toHaveLength(1);
});

describe("what a reader must not overlook is told", () => {
  const registered = { name: "f.yaml", sha256: "ab".repeat(32), note: null, deviations: [] };
  const difference = { mean: 1.25, interval: [0.5, 2] } as const;
  const counts = { pairs: 2, higher: 2, lower: 0, tied: 0, p_value: 0.5 };
  test.for<[string, SeveralCardFacts, string]>([
    [
      "no mean of runs that are not over",
      severalOf({}, ["completed", null]),
      "No mean: 1 of 2 runs are over",
    ],
    ["no interval of one run", severalOf({ facts: [factsOf()] }), "it has no interval"],
    ["no controls", severalOf(), "was not measured"],
    [
      "a control beside them",
      severalOf({ comparisons: [{ control: "same", on: "selection", difference, ...counts }] }),
      "| same | selection | 2 | 1.3 (0.5 to 2.0) | 2 / 0 / 0 | 0.500 |",
    ],
    ["that nothing was registered", severalOf(), "No configuration was registered"],
    [
      "that some were not registered",
      severalOf({ registered, registeredRuns: 1 }),
      "for 1 of 2 runs only",
    ],
    [
      "a criterion that not all show",
      severalOf({}, undefined, []),
      "**inspectable target**: shown by 1 of 2 runs.",
    ],
    [
      "mock runs",
      severalOf({ facts: [factsOf({ run_type: "mock" }), factsOf({ run_type: "mock" })] }),
      "no self-improvement",
    ],
  ])("%s", ([, facts, words]) => {
    expect(severalCardMarkdown(facts)).toContain(words);
  });
});
