import { describe, expect, test } from "vitest";
import { below } from "../../../src/core/random.ts";
import {
  draw,
  geometric,
  pick,
  pickWeighted,
  randomFrom,
} from "../../../src/proposer/search/random.ts";

const MANY = 20_000;
const GOLDEN = [121374056, 1786162002, 895109164, 3129648677];

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("the generator", () => {
  test("gives the draws of sfc32, computed by another program", () => {
    const random = randomFrom("metai-search/1/1/1/1");
    expect(Array.from({ length: 4 }, () => random.fraction() * 2 ** 32)).toEqual(GOLDEN);
  });

  test("is uniform", () => {
    const random = randomFrom("uniform");
    const counts = Array<number>(10).fill(0);
    for (let i = 0; i < MANY; i++) {
      const digit = below(random, 10);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    const expected = MANY / 10;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(27.9); // 0.999 quantile at 9 degrees of freedom
  });
});

describe("the number of edits", () => {
  test.each([1, 1.5, 4, 12])("has the mean %f and the variance of a geometric draw", (wanted) => {
    const random = randomFrom(`geometric ${wanted}`);
    const counts = Array.from({ length: MANY }, () => geometric(random, wanted, 1000));
    const variance = wanted * (wanted - 1);
    const average = mean(counts);
    expect(Math.abs(average - wanted)).toBeLessThanOrEqual(4 * Math.sqrt(variance / MANY));
    const spread = mean(counts.map((count) => (count - average) ** 2));
    expect(spread).toBeGreaterThanOrEqual(variance * 0.85);
    expect(spread).toBeLessThanOrEqual(variance * 1.15);
  });

  test("is at least 1 and never more than the bound", () => {
    const random = randomFrom("bounds");
    const counts = new Set(Array.from({ length: MANY }, () => geometric(random, 40, 60)));
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, 60]);
  });
});

test("weights are chances", () => {
  const random = randomFrom("weights");
  const weights = new Map([
    ["never", 0],
    ["seldom", 1],
    ["often", 3],
  ]);
  const drawn = Array.from({ length: MANY }, () => pickWeighted(random, weights));
  expect(drawn).not.toContain("never");
  const often = drawn.filter((key) => key === "often").length / MANY;
  expect(Math.abs(often - 0.75)).toBeLessThan(0.0125);
});

test("items are drawn once each, and none from nothing", () => {
  const random = randomFrom("items");
  expect(draw(random, ["a", "b", "c"], 5).toSorted()).toEqual(["a", "b", "c"]);
  expect(new Set(draw(random, ["a", "b", "c"], 2)).size).toBe(2);
  expect(() => pick(random, [])).toThrow(/nothing to pick from/);
});
