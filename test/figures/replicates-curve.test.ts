import { describe, expect, test } from "vitest";

import type { ScoreRow } from "../../src/core/records.ts";
import { UserError } from "../../src/errors.ts";
import { type ReplicateRun, replicatesCurve, type RunEnd } from "../../src/figures/figures.ts";
import { fontsOf, infoOf, linesOf, sizeOf, textOf, wordsOffPage } from "./pdf.ts";
import { mockRunOf, runOf } from "./rows.ts";

const COMPLETED: RunEnd = { how: "completed", generations: 2 };

/** A run of the search with this seed, offered these candidates. */
function searched(
  seed: number,
  candidates: readonly number[],
  fields: Partial<ScoreRow> = {},
): ReplicateRun {
  const about = { run_type: "search", model: `search seed ${seed}`, base_url: null } as const;
  return { rows: runOf(1, candidates, { ...about, ...fields }), seed, end: COMPLETED };
}

const asRun = (rows: readonly ScoreRow[]): ReplicateRun => ({ rows, seed: null, end: COMPLETED });
const draw = (runs: readonly ReplicateRun[], controls: readonly ScoreRow[][] = []) =>
  replicatesCurve(runs, { allowMock: false, seed: 1, controls });
const bytesOf = async (runs: readonly ReplicateRun[], seed = 1) =>
  Buffer.from(await replicatesCurve(runs, { allowMock: false, seed }));
const scored = (passed: number) => ({ held_out_passed: passed, held_out_total: 154 });
/** A control of the search with this seed, in which this many passed all along. */
const beside = (seed: number, passed: number) =>
  searched(seed, [passed], { control: "no-selection" }).rows.map((row) => ({ ...row, passed }));
const face = async (runs: readonly ReplicateRun[]) => textOf(await draw(runs));

const THREE = [searched(4, [2, 5]), searched(5, [1, 2]), searched(6, [1, 2])];

describe("what a curve of several runs says of them", () => {
  test("how many, which, their mean and its interval", async () => {
    const pdf = await draw(THREE);
    const lines = linesOf(pdf);
    expect(lines).toContain("3 search runs on HumanEval: keyless, no model");
    expect(lines).toContain("model search, seeds 4 to 6");
    expect(lines).toContain("final mean 3 of 10 (2 to 5); seed 1");
    expect(textOf(pdf)).toContain(
      "percentile bootstrap over 3 whole runs, 10,000 resamples, seed 1",
    );
    expect(textOf(pdf)).toContain("mean, 95% bootstrap band");
    expect(lines).toContain("ended after generation 2 of 2");
    expect(textOf(pdf)).not.toContain("held");
  });

  test("one run has no interval and no band", async () => {
    const text = await face(THREE.slice(0, 1));
    expect(text).toContain("1 search run on HumanEval");
    expect(text).toContain("mean 5 of 10; seed 1");
    expect(text).not.toContain("bootstrap");
  });

  test("the mean share of held-out tasks on an axis of its own, where all are scored", async () => {
    const runs = [searched(1, [4], scored(10)), searched(2, [4], scored(20))];
    const pdf = await draw(runs);
    expect(textOf(pdf)).toContain("share of 154 held-out tasks");
    expect(linesOf(pdf)).toContain(
      "held out mean 15 of 154 (10 to 20); seed 15; scored after the runs",
    );
    expect(wordsOffPage(pdf)).toEqual([]);
    expect(await face([...runs, searched(3, [4])])).not.toContain("held");
  });

  test("how each ended, where they differ", async () => {
    const runs = [
      ...THREE,
      { ...searched(7, [10]), end: { ...COMPLETED, how: "perfect" as const } },
      { ...searched(8, [2]), end: { ...COMPLETED, how: "interrupted" as const } },
    ];
    const text = await face(runs);
    expect(text).toContain("3 after generation 2 of 2; 1 after generation 1 of 2: perfect score");
    expect(text).toContain("1 interrupted after generation 1 of 2");
    expect(text).toContain("mean 3.2 of 10"); // (2 + 1 + 1 + 10 + 2) / 5: as far as all have come
  });

  test("runs of a model, of a control and of a mock by their names", async () => {
    const api = [runOf(1, [2]), runOf(1, [3])].map(asRun);
    const lines = linesOf(await draw(api));
    expect(lines).toContain("2 self-improvement runs on HumanEval");
    expect(lines).toContain("model gpt-4.1-mini");
    const control = await face([searched(1, [1], { control: "same" })]);
    expect(control).toContain("1 CONTROL run on HumanEval: same");
    const mock = await replicatesCurve([mockRunOf(0, [3]), mockRunOf(0, [3])].map(asRun), {
      allowMock: true,
      seed: 1,
    });
    expect(textOf(mock)).toContain("2 MOCK runs: scripted answers");
    expect((textOf(mock) + infoOf(mock)).toLowerCase()).not.toContain("self-improvement run");
  });

  test("the controls beside them", async () => {
    const pdf = await draw(THREE, [beside(4, 1), beside(5, 2)]);
    expect(textOf(pdf)).toContain("control: no selection, 2 runs");
    await expect(draw(THREE, [runOf(1, [1], { control: "no-selection" })])).rejects.toThrow(
      /belong to another experiment/,
    );
  });
});

describe("what a curve of several runs draws", () => {
  test("every run, whatever their mean: two that differ alike are told apart", async () => {
    const [first, second] = [searched(1, [2, 6]), searched(2, [6, 6])];
    const [third, fourth] = [searched(1, [3, 6]), searched(2, [5, 6])];
    const close = await bytesOf([third, fourth]);
    expect((await bytesOf([first, second])).equals(close)).toBe(false);
  });

  test("the same bytes for the same runs and seed, other intervals for another seed", async () => {
    const runs = Array.from({ length: 12 }, (_, index) =>
      searched(index, [1 + (index % 7), 2 + ((index * 5) % 9)]),
    );
    const once = await bytesOf(runs);
    expect((await bytesOf(runs)).equals(once)).toBe(true);
    expect((await bytesOf(runs, 2)).equals(once)).toBe(false);
  });

  test.for([1, 2, 20, 99])("%i runs: one column wide, with every word on it", async (count) => {
    const runs = Array.from({ length: count }, (_, index) =>
      searched(index * 1000, [index % 10], { held_out_passed: 3, held_out_total: 20 }),
    );
    const pdf = await draw(runs);
    expect(sizeOf(pdf).width).toBeCloseTo(3.4 * 72, 1);
    expect(wordsOffPage(pdf)).toEqual([]);
    expect(fontsOf(pdf).filter(({ embedded }) => !embedded)).toEqual([]);
  });
});

test.for<[string, readonly (readonly ScoreRow[])[], string]>([
  ["no runs", [], "no scores to draw"],
  ["a run without scores", [runOf(1, [2]), []], "no scores to draw"],
  ["mock runs", [mockRunOf(1, [2])], "--allow-mock"],
  ["mixed run types", [runOf(1, [2]), mockRunOf(1, [2])], "mix run types (api, mock)"],
  ["mixed controls", [runOf(1, [2]), runOf(1, [2], { control: "same" })], "mix controls"],
  ["mixed task counts", [runOf(1, []), runOf(1, [], { total: 20 })], "(10, 20)"],
])("refused: %s", async ([, runs, part]) => {
  const error = await draw(runs.map(asRun)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ kind: "refused", message: expect.stringContaining(part) });
});
