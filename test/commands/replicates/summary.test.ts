import { describe, expect, test } from "vitest";

import { replicatesSummary } from "../../../src/commands/replicates/summary.ts";
import type { ScoreRow } from "../../../src/core/records.ts";
import type { Replicate } from "../../../src/core/replicates.ts";
import { factsOf } from "../../helpers/facts.ts";
import { rowOf } from "../../store/rows.ts";

/** A run with this seed whose standing agent passes these, by generation, of 10 tasks. */
function replicate(seed: number, passes: readonly number[], fields: Partial<Replicate> = {}) {
  const facts = factsOf({ generations: 2 });
  return {
    name: `run-0${seed}`,
    facts: { ...facts, settings: { ...facts.settings, seed } },
    rows: passes.map((passed, generation) => rowOf({ generation, passed })),
    ended: "completed",
    head: String(seed).repeat(64),
    ...fields,
  } satisfies Replicate;
}

const heldOut = (rows: readonly ScoreRow[], passed: number) =>
  rows.map((row) => ({ ...row, held_out_passed: passed, held_out_total: 154 }));

describe("what several runs come to", () => {
  const runs = [replicate(4, [1, 2, 5]), replicate(5, [1, 1, 2]), replicate(6, [1, 1, 2])];

  test("every single run, and the means with their intervals", () => {
    const { selection, bootstrap, ...summary } = replicatesSummary(runs);
    expect(summary.runs.map(({ run, seed, passed }) => [run, seed, passed])).toEqual([
      ["run-04", 4, [1, 2, 5]],
      ["run-05", 5, [1, 1, 2]],
      ["run-06", 6, [1, 1, 2]],
    ]);
    expect(bootstrap).toEqual({ seed: 4, resamples: 10_000, level: 0.95 });
    expect(selection).toMatchObject({
      seed: 1,
      final: { mean: 3, interval: [2, 5] },
      gain: { mean: 2, interval: [1, 4] },
    });
    expect(selection?.curve.map(({ mean }) => mean)).toEqual([1, 4 / 3, 3]);
    expect(selection?.curve.at(-1)).toEqual(selection?.final);
    expect(summary).toMatchObject({ held_out: null, prompt_tokens: 9 * 12, total: 10 });
    expect(summary.cost_usd).toBeCloseTo(9 * 0.000024, 12);
  });

  test("held-out tasks, where every run is scored on them", () => {
    const scored = runs.map((run, index) => ({ ...run, rows: heldOut(run.rows, 10 * index) }));
    const { held_out } = replicatesSummary(scored);
    expect(held_out).toMatchObject({ final: { mean: 10 }, gain: { mean: 0, interval: [0, 0] } });
    expect(replicatesSummary([...scored.slice(1), replicate(7, [1, 1, 1])]).held_out).toBeNull();
  });

  test("no interval for one run", () => {
    const { selection } = replicatesSummary(runs.slice(0, 1));
    expect(selection).toMatchObject({ final: { mean: 5, interval: null } });
  });

  test("no mean while one is not over: it would favour what ended early", () => {
    for (const ended of ["budget", "interrupted", "failed", null] as const) {
      const summary = replicatesSummary([...runs, replicate(7, [1], { ended })]);
      expect(summary).toMatchObject({ selection: null, held_out: null });
      expect(summary.runs).toHaveLength(4);
    }
    const early = replicatesSummary([...runs, replicate(7, [1, 10], { ended: "perfect" })]);
    expect(early.selection?.curve.map(({ mean }) => mean)).toEqual([1, 3.5, 19 / 4]);
  });

  test("nothing without a run", () => {
    expect(() => replicatesSummary([])).toThrow(/no runs/);
  });
});
