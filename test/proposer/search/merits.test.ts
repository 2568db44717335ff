import { expect, test } from "vitest";
import { insertBlock } from "../../../src/proposer/search/blocks.ts";
import type { Partner } from "../../../src/proposer/search/edit.ts";
import { drawMerits } from "../../../src/proposer/search/merits.ts";
import { randomFrom } from "../../../src/proposer/search/random.ts";
import { agent } from "./parts.ts";

/** An earlier agent with some blocks, and how many tasks it passes. */
function earlier(names: string, count: number): Partner {
  const blocks = names.split(" ").map((name) => ({ name, text: "" }));
  return {
    name: "an earlier one",
    agent: blocks.reduce((whole, block) => insertBlock(whole, 0, block), agent()),
    passed: Array.from({ length: count }, (_, index) => `task ${index}`),
  };
}

function draw(names: string, archive: readonly Partner[], doubt: number, seed = "a test") {
  return drawMerits(names.split(" "), archive, doubt, randomFrom(seed));
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The doubt of 0 leaves what the record alone says; a block that stood in an agent that passes has 0.2 for that. */
test("a block that alone tells a failure from a success is needed, or spoils, that many tasks", () => {
  const needed = draw("good both", [earlier("good both", 3), earlier("both", 0)], 0);
  expect(needed.get("good")).toBeCloseTo(3.2);
  const spoiling = draw("bad both", [earlier("bad both", 0), earlier("both", 3)], 0);
  expect(spoiling.get("bad")).toBeCloseTo(-3);
});

test("what agents that pass do without is not needed, and what they have spoils nothing", () => {
  const archive = [earlier("kept a", 3), earlier("kept b", 3), earlier("c", 0)];
  for (let seed = 0; seed < 50; seed++) {
    const merits = draw("kept a b c", archive, 0, `${seed}`);
    expect(merits.get("a")).toBeCloseTo(0.2);
    expect(merits.get("b")).toBeCloseTo(0.2);
    expect(merits.get("kept")).toBeGreaterThan(0.1);
    expect(merits.get("c")).toBeLessThan(0.1);
    expect((merits.get("kept") ?? 0) - (merits.get("c") ?? 0)).toBeGreaterThan(3.1); // one of them explains it
  }
});

test("finds out of forty agents which blocks a run's tasks need and which spoil them", () => {
  const random = randomFrom("forty agents");
  const names = Array.from({ length: 20 }, (_, index) => `b${index}`);
  const tasks = [["b0", "b1"], ["b1", "b2"], ["b3"], ["b0", "b4"]];
  const archive = Array.from({ length: 40 }, (_, index): Partner => {
    const had = names.filter(
      (name) => random.fraction() < (name === "b5" || name === "b6" ? 0.2 : 0.6),
    );
    const spoilt = had.includes("b5") || had.includes("b6");
    const passed = tasks.flatMap((needs, task) => {
      return !spoilt && needs.every((name) => had.includes(name)) ? [`task ${task}`] : [];
    });
    return { ...earlier(had.join(" "), 0), name: `agent ${index}`, passed };
  });
  const draws = Array.from({ length: 100 }, (_, index) => {
    return draw(names.join(" "), archive, 0.25, `${index}`);
  });
  const mean = (name: string) => {
    return draws.reduce((sum, merits) => sum + (merits.get(name) ?? 0), 0) / draws.length;
  };
  const others = names.slice(7).map(mean);
  for (const name of ["b0", "b1", "b2", "b3", "b4"]) {
    expect(mean(name)).toBeGreaterThan(Math.max(...others) + 0.25);
  }
  for (const name of ["b5", "b6"]) expect(mean(name)).toBeLessThan(Math.min(...others) - 1);
});

test("tells a harmful block from a good one that came with it", () => {
  const archive = [
    earlier("good bad", 1),
    earlier("good", 4),
    earlier("other bad", 0),
    earlier("other good", 4),
    earlier("other", 2),
  ];
  const merits = draw("good bad other", archive, 0.05);
  expect(merits.get("good")).toBeGreaterThan(0.5);
  expect(merits.get("bad")).toBeLessThan(-0.5);
});

test("strays by the doubt", () => {
  const archive = [earlier("known", 3), earlier("other", 0), earlier("known other", 3)];
  const draws = Array.from({ length: 400 }, (_, index) => draw("known", archive, 0.5, `${index}`));
  const known = draws.map((merits) => merits.get("known") ?? 0);
  expect(spread(known)).toBeGreaterThan(0.42);
  expect(spread(known)).toBeLessThan(0.58);
});

test("where nothing is told of what agents pass, blocks are good or bad by chance", () => {
  const archive = ["a b", "a c", "b c"].map((names) => earlier(names, 0));
  const draws = Array.from({ length: 400 }, (_, index) => draw("a b c", archive, 0.25, `${index}`));
  for (const name of ["a", "b", "c"]) {
    const good = draws.filter((merits) => (merits.get(name) ?? 0) > 0).length;
    expect(good).toBeGreaterThan(160);
    expect(good).toBeLessThan(240);
  }
  expect(draw("a b", [], 0.25).size).toBe(2);
});
