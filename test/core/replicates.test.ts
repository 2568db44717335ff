import { describe, expect, test } from "vitest";

import type { ScoreRow } from "../../src/core/records.ts";
import { alignedCurves, estimate, estimateCurve, isControlOf } from "../../src/core/replicates.ts";
import { rowOf } from "../store/rows.ts";

/** A run whose standing agent passes these, by generation, of 4 tasks. */
function runOf(...passes: number[]): ScoreRow[] {
  return passes.map((passed, generation) => rowOf({ generation, passed, total: 4 }));
}
const passedOf = ({ passed }: ScoreRow) => passed;
const heldOut = ({ held_out_passed: passed }: ScoreRow) => passed;

describe("curves of several runs have one length", () => {
  test.for<[string, ScoreRow[][], number[][]]>([
    [
      "they are as long",
      [runOf(0, 1), runOf(0, 2)],
      [
        [0, 1],
        [0, 2],
      ],
    ],
    [
      "one ended at a perfect score",
      [runOf(0, 4), runOf(0, 1, 2)],
      [
        [0, 4, 4],
        [0, 1, 2],
      ],
    ],
    [
      "one is not so far",
      [runOf(0, 1), runOf(0, 1, 2)],
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ["one is perfect, one not so far", [runOf(0, 4), runOf(1), runOf(0, 1, 2)], [[0], [1], [0]]],
    [
      "all are perfect",
      [runOf(4), runOf(0, 1, 4)],
      [
        [4, 4, 4],
        [0, 1, 4],
      ],
    ],
    ["there is none", [], []],
  ])("%s", ([, runs, expected]) => {
    expect(alignedCurves(runs, passedOf)).toEqual(expected);
  });

  test("none is made where a value is missing", () => {
    const scored = runOf(0, 1).map((row) => ({ ...row, held_out_passed: 7 }));
    expect(alignedCurves([scored, scored], heldOut)).toEqual([
      [7, 7],
      [7, 7],
    ]);
    expect(alignedCurves([scored, runOf(0, 1)], heldOut)).toEqual([]);
  });
});

describe("a mean over runs", () => {
  test("has an interval from two runs on, the same for the same seed", () => {
    expect(estimate([], 1)).toBeNull();
    expect(estimate([3], 1)).toEqual({ mean: 3, interval: null });
    expect(estimate([1, 3], 1)).toEqual({ mean: 2, interval: { low: 1, high: 3 } });
    const values = [1, 2, 4, 4, 5, 7, 8, 9];
    expect(estimate(values, 5)).toEqual(estimate(values, 5));
    const { mean, interval } = estimate(values, 5) ?? { mean: 0, interval: null };
    expect(mean).toBe(5);
    expect(interval?.low).toBeGreaterThan(2.5);
    expect(interval?.high).toBeLessThan(7.5);
  });

  test("is at each generation of curves what it is of the values there", () => {
    const curves = [
      [0, 1, 5],
      [0, 2, 2],
      [1, 3, 9],
    ];
    const byGeneration = [0, 1, 2].map((at) =>
      estimate(
        curves.map((curve) => curve[at] ?? 0),
        3,
      ),
    );
    expect(estimateCurve(curves, 3)).toEqual(byGeneration);
    expect(estimateCurve([], 3)).toEqual([]);
  });
});

describe("a control belongs to a run", () => {
  const search = { run_type: "search", model: "search seed 1" } as const;
  const other = { agent_sha256: "1".repeat(64) };
  test.for<[string, Partial<ScoreRow>, Partial<ScoreRow>, boolean]>([
    ["of its run type", { ...search, control: "no-selection" }, search, true],
    ["that asks no model, beside a model", { ...search, control: "same" }, {}, true],
    [
      "that asks no model, beside a mock",
      { ...search, control: "same" },
      { run_type: "mock" },
      false,
    ],
    ["of another run type", { ...search, control: "no-selection" }, {}, false],
    ["that is mock", { run_type: "mock", control: "random-edit" }, {}, false],
    ["that is none", search, search, false],
    ["of another benchmark", { control: "same", benchmark: "Fresh" }, {}, false],
    ["of another number of tasks", { control: "same", total: 20 }, {}, false],
    ["of another seed agent", { control: "same", ...other }, {}, false],
    ["whose seed agent is what it is about", { control: "every-part", ...other }, {}, true],
  ])("%s: %s", ([, control, run, belongs]) => {
    expect(isControlOf(rowOf(control), rowOf(run))).toBe(belongs);
  });
});
