import { describe, expect, test } from "vitest";
import { mcnemarTest, signTest } from "../../../src/core/statistics/paired-tests.ts";

/** Outcomes of two agents with so many tasks that both, only one or neither passed. */
function outcomes(both: number, onlyFirst: number, onlySecond: number, neither: number) {
  return [
    list([both + onlyFirst, true], [onlySecond + neither, false]),
    list([both, true], [onlyFirst, false], [onlySecond, true], [neither, false]),
  ] as const;
}

function list(...parts: [count: number, passed: boolean][]): boolean[] {
  return parts.flatMap(([count, passed]) => Array<boolean>(count).fill(passed));
}

describe("McNemar's exact test", () => {
  test("gives the p-value of mcnemar.exact in the documentation of R's exact2x2", () => {
    const [first, second] = outcomes(21, 2, 9, 12);
    const { pValue, ...counts } = mcnemarTest(first, second);
    expect(counts).toEqual({ onlyFirst: 2, onlySecond: 9 });
    expect(pValue).toBeCloseTo(0.06543, 5);
  });

  test("does not care which agent comes first, nor for tasks on which they agree", () => {
    const [first, second] = outcomes(0, 12, 5, 0);
    const [padded, other] = outcomes(100, 5, 12, 50);
    expect(mcnemarTest(first, second).pValue).toBe(mcnemarTest(padded, other).pValue);
    expect(mcnemarTest(first, second).pValue).toBeCloseTo(0.1435, 4); // stat-tools.xyz/mcnemar
  });

  test("of equal agents is 1", () => {
    const [first] = outcomes(3, 4, 0, 3);
    expect(mcnemarTest(first, first)).toEqual({ onlyFirst: 0, onlySecond: 0, pValue: 1 });
  });

  test("refuses outcomes of different tasks", () => {
    expect(() => mcnemarTest([true], [true, false])).toThrow(RangeError);
  });
});

describe("the exact sign test", () => {
  test("gives the published p-value of the ten deer", () => {
    // J. H. Zar, "Biostatistical Analysis" (1999), the hind leg and the foreleg of ten deer, in cm.
    const hind = [142, 140, 144, 144, 142, 146, 149, 150, 142, 148];
    const fore = [138, 136, 147, 139, 143, 141, 143, 145, 136, 146];
    const { pValue, ...signs } = signTest(hind.map((leg, deer) => leg - (fore[deer] ?? 0)));
    expect(signs).toEqual({ positive: 8, negative: 2, ties: 0 });
    expect(pValue).toBeCloseTo(0.1094, 4);
  });

  test("drops ties and is the same for the opposite differences", () => {
    const differences = [0, 3, 0, 1, -2, 5, 4];
    const turned = signTest(differences.map((difference) => -difference));
    expect(signTest(differences)).toEqual({ positive: 4, negative: 1, ties: 2, pValue: 0.375 });
    expect(turned).toEqual({ positive: 1, negative: 4, ties: 2, pValue: 0.375 });
  });

  test("six runs that agree are significant and five are not", () => {
    expect(signTest([1, 1, 1, 1, 1]).pValue).toBeCloseTo(0.0625, 12);
    expect(signTest([1, 1, 1, 1, 1, 1]).pValue).toBeCloseTo(0.03125, 12);
  });

  test("of ties alone, or of nothing, is 1", () => {
    expect(signTest([0, 0]).pValue).toBe(1);
    expect(signTest([]).pValue).toBe(1);
  });

  test("refuses what is no number", () => {
    expect(() => signTest([1, Number.NaN])).toThrow(RangeError);
  });
});
