import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { demoReport } from "../../src/commands/demo-report.ts";
import type { OutcomeKind } from "../../src/core/records.ts";
import type { RunResult, StandingAgent } from "../../src/loop/parts.ts";
import { rowOf } from "../store/rows.ts";

const STARTED = Date.parse("2026-01-02T03:04:00.000Z");
const FOLDER = join("results", "demo");
const TASKS = ["first", "second", "third"].map((entry_point, index) => ({
  task_id: `Task/${index}`,
  prompt: "",
  entry_point,
  test: "",
}));

/** An agent of these blocks, each a name and a line. */
function source(...blocks: (readonly [name: string, line: string])[]): string {
  const texts = blocks.map(
    ([name, line]) => `# [part ${name}] What ${name} adds.\n${line}\n# [end ${name}]\n`,
  );
  return `# [parts begin]\n\n${texts.join("\n")}\n# [parts end]\n`;
}

/** An agent that stood, with an outcome for each of the tasks: passed where the letter is a P. */
function standing(generation: number, of: string, letters: string): StandingAgent {
  const outcomes = TASKS.map(({ task_id }, index) => {
    const outcome: OutcomeKind = letters[index] === "P" ? "passed" : "failed";
    return { task_id, outcome, reason: "", duration_ms: 1 };
  });
  return { source: of, sha256: "0".repeat(64), generation, outcomes };
}

const passes = (letters: string) => letters.replaceAll("F", "").length;

function resultOf(...lineage: StandingAgent[]): RunResult {
  const rows = [0, 1, 2].map((generation) => {
    const agent = lineage.findLast((one) => one.generation <= generation);
    const letters = agent?.outcomes.map(({ outcome }) => (outcome === "passed" ? "P" : "F"));
    return rowOf({
      generation,
      passed: passes((letters ?? []).join("")),
      total: TASKS.length,
      accepted: generation === 0 ? null : agent?.generation === generation,
      timestamp: new Date(STARTED + (generation + 1) * 1240).toISOString(),
    });
  });
  return { rows, ended: "completed", lineage };
}

const PLAIN = source(["policy", "P = 1"], ["a", "A = 1"], ["b", "B = 1"]);

function report(run: RunResult) {
  const control = resultOf(standing(0, PLAIN, "FFF"));
  return demoReport({
    results: FOLDER,
    run,
    controls: { noSelection: control, everyPart: resultOf(standing(0, PLAIN, "PFF")) },
    benchmark: {
      name: "Some",
      tasks: TASKS,
      heldOut: [],
      contentSha256: "0".repeat(64),
      archiveSha256: null,
    },
    seed: 7,
    started: STARTED,
  });
}

/** The change from the plain agent to this one. */
function changeTo(after: string) {
  const { accepted } = report(resultOf(standing(0, PLAIN, "FFF"), standing(1, after, "PFF")));
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
    ["two that changed places", source(policy, b, a), { changed: ["b", "a"] }],
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
    const { accepted } = report(run);
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
    const [change] = report(run).accepted;
    expect(change?.files).toEqual([join(FOLDER, "agent_gen0.py"), join(FOLDER, "agent_gen2.py")]);
    expect(
      change?.diff.filter(({ text }) => text !== "").map(({ sign, text }) => sign + text),
    ).toEqual(["+# [part c] What c adds.", "+C = 1", "+# [end c]"]);
  });

  test("holds the run beside its controls, each where it belongs", () => {
    const { seed, run: summary, controls, curve } = report(run);
    expect({ seed, curve }).toEqual({ seed: 7, curve: join(FOLDER, "improvement_curve.pdf") });
    expect(summary).toMatchObject({ seed_passed: 1, final_passed: 2, total: 3 });
    expect(controls.no_selection.final_passed).toBe(0);
    expect(controls.every_part.final_passed).toBe(1);
  });

  test("counts the seconds to the first change that was accepted", () => {
    expect(report(run).seconds.first_improvement).toBe(3.7);
  });

  test("has no change and no such time where none was accepted", () => {
    const { accepted, seconds } = report(resultOf(standing(0, PLAIN, "FFF")));
    expect(accepted).toEqual([]);
    expect(seconds.first_improvement).toBeNull();
  });
});
