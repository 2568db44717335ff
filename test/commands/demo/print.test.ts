import { expect, test, vi } from "vitest";

import { printDemoReport } from "../../../src/commands/demo/print.ts";
import type { ExperimentResult } from "../../../src/commands/run/experiment.ts";
import { PLAIN, reportOf, resultOf, source, standing } from "./runs.ts";

/** What is printed of a run, in one line. */
function printed(run: ExperimentResult): string {
  return printedLines(run).join(" ").replaceAll(/\s+/g, " ");
}

function printedLines(run: ExperimentResult): string[] {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    printDemoReport(reportOf(run));
    return log.mock.calls.flat().join("\n").split("\n");
  } finally {
    log.mockRestore();
  }
}

/** A run that holds out five tasks, of which the seed passes one and what stands at the end so many. */
function heldOut(passed: number): ExperimentResult {
  const run = resultOf(standing(0, PLAIN, "FFF"));
  const rows = run.rows.map((row, index) => ({
    ...row,
    held_out_passed: index === 0 ? 1 : passed,
    held_out_total: 5,
  }));
  return { ...run, rows };
}

test.each([
  [3, "the 2 gained there are not fitted to them"],
  [2, "the 1 gained there is not fitted to them"],
  [1, "nothing was gained there"],
  [0, "nothing was gained there"],
])("of the held-out tasks it says what was gained: 1 to %i", (passed, words) => {
  expect(printed(heldOut(passed))).toContain(`never reached the selection: ${words}`);
});

test("where nothing was held out, nothing is said of it", () => {
  const text = printed(resultOf(standing(0, PLAIN, "FFF")));
  expect(text).toContain("no edit that was tried made the agent better");
  expect(text).not.toContain("held-out");
});

test("a seed that passes every task is said to leave nothing to improve", () => {
  const text = printed(resultOf(standing(0, PLAIN, "PPP")));
  expect(text).toContain("The seed passes every task, so there was nothing to improve.");
  expect(text).not.toContain("no edit");
});

test("however much changed, it fits a terminal", () => {
  const names = Array.from({ length: 12 }, (_, index) => `part-number-${index}`);
  const grown = source(["policy", "P = 1"], ...names.map((name) => [name, "x = 1"] as const));
  const lines = printedLines(resultOf(standing(0, PLAIN, "FFF"), standing(1, grown, "PPP")));
  expect(lines.join("\n")).toMatch(/^1 .*\+part-number-0 (.*\n) {30,}\+/m);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const ofTen = heldOut(3).rows.map((row) => ({ ...row, total: 10, held_out_total: 154 }));
  const withScores = printedLines({ ...heldOut(3), rows: ofTen });
  expect(withScores.join("\n")).toMatch(/ the 10 selected on {2}held out, scored once$/m);
  expect(withScores.filter((line) => line.length > 80)).toEqual([]);
});

/** A run on a benchmark of that name. */
function on(benchmark: string): ExperimentResult {
  const run = resultOf(standing(0, PLAIN, "FFF"));
  return { ...run, rows: run.rows.map((row) => ({ ...row, benchmark })) };
}

test("the control's best child stands beside what the control came to", () => {
  const text = printed(resultOf(standing(0, PLAIN, "FFF"), standing(1, PLAIN, "PPP")));
  expect(text).toContain(
    "came from 0 to 3 tasks. Edits by chance, kept whatever they did, came to 0",
  );
  expect(text).toContain("and the best of them all to 2.");
  expect(text).toMatch(/the best of all its children 2\/3/);
});

test("decoys in the last agent are named, each with its reason", () => {
  const decoyed = source(["policy", "P = 1"], ["many-numbers", "x = 1"], ["a", "A = 1"]);
  const run = resultOf(standing(0, PLAIN, "FFF"), standing(1, decoyed, "PFF"));
  expect(printed(run)).toMatch(
    /Decoys in the last agent, parts that help nothing many-numbers so /,
  );
  expect(printed(resultOf(standing(0, PLAIN, "FFF")))).not.toContain("Decoys");
});

test("on Practice it says that the search was tuned there", () => {
  const rows = heldOut(3).rows.map((row) => ({
    ...row,
    benchmark: "Practice",
    run_type: "search" as const,
  }));
  const text = printed({ ...heldOut(3), rows });
  expect(text).toContain("The search was tuned on these tasks");
  expect(text).not.toContain("fitted");
  expect(text).not.toContain("ten seeds");
});

test("on Fresh it names easier tasks that need no HumanEval; elsewhere it does not", () => {
  expect(printed(on("Fresh"))).toContain("npx metai demo --benchmark practice easier tasks");
  expect(printed(on("Fresh"))).toMatch(/npx metai demo --seed \d+ +another run/);
  expect(printed(on("Fresh"))).not.toContain("tuned");
  expect(printedLines(on("Fresh")).filter((line) => line.length > 80)).toEqual([]);
  expect(printed(on("HumanEval"))).not.toMatch(/practice|tuned/);
  expect(printed(on("HumanEval"))).toContain("figures over ten seeds");
});

test("the caveat counts the tasks that there are", () => {
  expect(printed(resultOf(standing(0, PLAIN, "FFF")))).toContain("3 tasks bear no finer claim");
});
