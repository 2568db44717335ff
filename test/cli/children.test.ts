import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readCandidates, readScores } from "../../src/store/tables.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest, readTranscript } from "./folder.ts";
import { metai, onlyLine } from "./metai.ts";

const MOCK = ["self-improve", "--mock", "--generations", "1", "--quiet"];

describe("a run of two children a generation with five tasks held out", () => {
  let cwd: string;
  let results: string;
  let stdout: string;

  beforeAll(async () => {
    cwd = await createFolder();
    results = join(cwd, "results");
    ({ stdout } = await metai([...MOCK, "--candidates", "2", "--held-out", "5"], { cwd }));
  });
  afterAll(() => removeFolder(cwd));

  test("keeps each child, says which was chosen, and names the settings", async () => {
    const names = Object.keys(contentsOf(results));
    for (const name of [
      "agent_gen1_candidate.py",
      "candidates/gen1_child1.py",
      "candidates/gen1_child2.py",
      "transcripts/gen1_child1.jsonl",
      "transcripts/gen1_child2.jsonl",
    ]) {
      expect(names).toContain(name);
    }
    const children = await readCandidates(join(results, "candidates.csv"));
    expect(children.map(({ child, chosen, passed }) => [child, chosen, passed])).toEqual([
      [1, true, 3],
      [2, false, 3],
    ]);
    expect(readManifest(results)).toMatchObject({
      control: null,
      settings: { candidates: 2, ties: "parent", held_out: 5, seed: null },
    });
  });

  test("scores the held-out tasks when it is over, and tells them in no transcript", async () => {
    const rows = await readScores(join(results, "scores.csv"));
    expect(rows.map((row) => row.held_out_total)).toEqual([5, 5]);
    const outcomes = readFileSync(join(results, "held_out_outcomes.csv"), "utf8");
    const tasks = ["10", "11", "12", "13", "14"].map((number) => `HumanEval/${number}`);
    const expected = ["0", "1"].flatMap((generation) =>
      tasks.map((task) => `${generation},${task}`),
    );
    const told = outcomes.trimEnd().split("\n").slice(1);
    expect(told.map((line) => line.split(",", 2).join(","))).toEqual(expected);
    for (const task of tasks) {
      expect(JSON.stringify(readTranscript(results, 1, 1))).not.toContain(task);
      expect(readFileSync(join(results, "task_outcomes.csv"), "utf8")).not.toContain(task);
    }
    expect(stdout).toMatch(/held out, scored once/);
    expect(stdout).toMatch(/seed +\d\/10 \(\d+ to \d+ %\) {2,}\d\/5 \(/);
  });

  test("is drawn, and not where the table of its children was changed", async () => {
    const analyze = ["analyze", "--allow-mock"];
    expect((await metai(analyze, { cwd })).code).toBe(0);
    const path = join(results, "candidates.csv");
    writeFileSync(path, readFileSync(path, "utf8").replace("1,1,evaluated,3", "1,1,evaluated,4"));
    const refused = await metai(analyze, { cwd });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(/candidates\.csv and scores\.csv.*generation 1/);
  });
});

test.each(["no-selection", "same", "random-edit"])(
  "a control says so in rows, manifest and summary: %s",
  async (control) => {
    const cwd = await temporaryFolder();
    const run = await metai([...MOCK, "--control", control, "--held-out", "none"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain(`CONTROL ${control}: `);
    const rows = await readScores(join(cwd, "results", "scores.csv"));
    expect(rows.map((row) => row.control)).toEqual([control, control]);
    expect(rows[1]?.accepted).toBe(control === "no-selection");
    expect(readManifest(join(cwd, "results"))).toMatchObject({ control });
  },
);

test("more held-out tasks than there are is refused before the run", async () => {
  const cwd = await temporaryFolder();
  const run = await metai([...MOCK, "--held-out", "155"], { cwd });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/--held-out 155: HumanEval has only 154 tasks/);
  expect(Object.keys(contentsOf(cwd)).filter((name) => name.startsWith("results"))).toEqual([]);
});
