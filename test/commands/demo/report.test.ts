import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { FOLDER, PLAIN, reportOf, resultOf, source, standing } from "./runs.ts";

/** The change from the plain agent to this one. */
function changeTo(after: string) {
  const { accepted } = reportOf(resultOf(standing(0, PLAIN, "FFF"), standing(1, after, "PFF")));
  const [change] = accepted;
  if (change === undefined) throw new Error("no change");
  const { put_in, taken_out, changed } = change;
  return { put_in: put_in.map(({ name }) => name), taken_out, changed };
}

describe("the blocks of an accepted change", () => {
  const policy = ["policy", "P = 1"] as const;
  const a = ["a", "A = 1"] as const;
  const b = ["b", "B = 1"] as const;
  const c = ["c", "C = 1"] as const;

  test.each([
    ["one put in", source(policy, a, c, b), { put_in: ["c"] }],
    ["one taken out", source(policy, b), { taken_out: ["a"] }],
    ["one in the place of another", source(policy, c, b), { put_in: ["c"], taken_out: ["a"] }],
    ["a number changed", source(policy, ["a", "A = 2"], b), { changed: ["a"] }],
    ["one moved behind another", source(policy, b, a), { changed: ["a"] }],
    ["one moved to the end", source(a, b, policy), { changed: ["policy"] }],
    [
      "one put in before the others, which keep their order",
      source(c, policy, a, b),
      { put_in: ["c"] },
    ],
  ])("%s", (_, after, expected) => {
    expect(changeTo(after)).toEqual({ put_in: [], taken_out: [], changed: [], ...expected });
  });
});

describe("the report", () => {
  const better = source(["policy", "P = 1"], ["a", "A = 1"], ["b", "B = 1"], ["c", "C = 1"]);
  const run = resultOf(standing(0, PLAIN, "PFF"), standing(2, better, "FPP"));

  test("says which tasks a change won and lost, in which generation, and what the part adds", () => {
    const { accepted } = reportOf(run);
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatchObject({
      generation: 2,
      passed: 2,
      won: ["Task/1 second", "Task/2 third"],
      lost: ["Task/0 first"],
      put_in: [{ name: "c", adds: "What c adds." }],
    });
  });

  test("names the two files that were compared, and shows their difference", () => {
    const [change] = reportOf(run).accepted;
    expect(change?.files).toEqual([join(FOLDER, "agent_gen0.py"), join(FOLDER, "agent_gen2.py")]);
    expect(
      change?.diff.filter(({ text }) => text !== "").map(({ sign, text }) => sign + text),
    ).toEqual(["+# [part c] What c adds.", "+C = 1", "+# [end c]"]);
  });

  test("holds the run beside its controls, each where it belongs", () => {
    const { seed, run: summary, controls, curve } = reportOf(run);
    expect({ seed, curve }).toEqual({ seed: 7, curve: join(FOLDER, "improvement_curve.pdf") });
    expect(summary).toMatchObject({ seed_passed: 1, final_passed: 2, total: 3 });
    expect(controls.no_selection.final_passed).toBe(0);
    expect(controls.every_part.final_passed).toBe(1);
  });

  test("counts the seconds to the first change that was accepted", () => {
    expect(reportOf(run).seconds.first_improvement).toBe(3.7);
  });

  test("has the commands that check it and make another, on the same tasks", () => {
    expect(reportOf(run)).toMatchObject({
      verify: `npx metai verify ${FOLDER}`,
      again: "npx metai demo --seed 8",
    });
    expect(reportOf(run, { kind: "file", path: "some.jsonl" })).toMatchObject({
      verify: `npx metai verify ${FOLDER} --benchmark some.jsonl`,
      again: "npx metai demo --benchmark some.jsonl --seed 8",
    });
  });

  test("has no change and no such time where none was accepted", () => {
    const { accepted, seconds } = reportOf(resultOf(standing(0, PLAIN, "FFF")));
    expect(accepted).toEqual([]);
    expect(seconds.first_improvement).toBeNull();
  });
});
