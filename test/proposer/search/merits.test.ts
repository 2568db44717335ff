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

test("without doubt it is the fit by least squares with a ridge of 1", () => {
  // By hand: of 4 and 0 the block's column, less its mean, is 1/2 and -1/2, so 2 / (1/2 + 1).
  const two = [earlier("good", 4), earlier("other", 0)];
  expect(draw("good", two, 0).get("good")).toBeCloseTo(4 / 3, 6);
  // At the fit, what a block leaves unexplained adds up to its merit.
  const names = "a b c d e f";
  const archive = ["a b", "a c d", "b d e f", "a b c d", "f", "c e", "a f"].map((had, index) =>
    earlier(had, (index * 3) % 5),
  );
  const merits = draw(names, archive, 0);
  const said = archive.map((partner) => {
    const merit = partner.agent.blocks.reduce((sum, { name }) => sum + (merits.get(name) ?? 0), 0);
    return { partner, left: partner.passed.length - merit };
  });
  const common = said.reduce((sum, { left }) => sum + left, 0) / said.length;
  for (const [name, merit] of merits) {
    const having = said.filter(({ partner }) => {
      return partner.agent.blocks.some((block) => block.name === name);
    });
    const rest = having.reduce((sum, { left }) => sum + left - common, 0);
    expect(rest).toBeCloseTo(merit, 4);
  }
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

test("strays from the record by the doubt, and less where more agents had the block", () => {
  const archive = Array.from({ length: 40 }, (_, index) =>
    earlier(index % 2 === 0 ? "known" : "other", index % 2 === 0 ? 3 : 1),
  );
  const draws = Array.from({ length: 400 }, (_, index) =>
    draw("known unknown", archive, 0.5, `${index}`),
  );
  const known = draws.map((merits) => merits.get("known") ?? 0);
  const unknown = draws.map((merits) => merits.get("unknown") ?? 0);
  expect(spread(unknown)).toBeGreaterThan(0.42);
  expect(spread(unknown)).toBeLessThan(0.58);
  expect(spread(known)).toBeLessThan(0.2); // 0.5 / sqrt(40 / 4 + 1) = 0.15
  expect(known.every((merit) => merit > 1)).toBe(true);
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
