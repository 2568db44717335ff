import { expect, test } from "vitest";

import { insertBlock } from "../../../src/proposer/search/blocks.ts";
import { creditOf } from "../../../src/proposer/search/credit.ts";
import { agent, BOX } from "./parts.ts";

const parts = BOX.filter(({ name }) => ["nothing", "three", "two"].includes(name));

/** An earlier agent with some of the parts, and how many tasks it passes. */
function earlier(names: readonly string[], count: number) {
  const having = parts
    .filter(({ name }) => names.includes(name))
    .reduce((whole, part) => insertBlock(whole, 0, part), agent());
  return {
    name: "earlier",
    agent: having,
    passed: Array.from({ length: count }, (_, i) => `${i}`),
  };
}

function credits(archive: Parameters<typeof creditOf>[1], trust: number) {
  return Object.fromEntries(
    [...creditOf(parts, archive, trust)].map(([{ name }, weight]) => [name, weight]),
  );
}

test("a part counts as much as its agents pass of the mean, half an agent of the mean added", () => {
  const archive = [earlier(["two"], 4), earlier(["three"], 0), earlier(["three"], 2)];
  // The mean is 2: (4 + 1) / 1.5 / 2 for "two", (2 + 1) / 2.5 / 2 for "three", 1 for what none has.
  const weights = credits(archive, 6);
  expect(weights["two"]).toBeCloseTo(1 + 6 * (5 / 3), 10);
  expect(weights["three"]).toBeCloseTo(1 + 6 * 0.6, 10);
  expect(weights["nothing"]).toBeCloseTo(1 + 6, 10);
});

test("without trust, without agents, or where none passes anything, all parts count alike", () => {
  const passed = [earlier(["two"], 4), earlier([], 0)];
  for (const [archive, trust] of [
    [passed, 0],
    [[], 6],
    [[earlier(["two"], 0)], 6],
  ] as const) {
    expect(new Set(Object.values(credits(archive, trust))).size).toBe(1);
  }
});
