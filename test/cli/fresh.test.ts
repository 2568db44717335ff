import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readShipped } from "../../src/benchmark/shipped.ts";
import { readScores } from "../../src/store/tables.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { lastLine, metai } from "./metai.ts";

/** Fresh serves where HumanEval cannot be had. */
const NO_HUMANEVAL = { METAI_HUMANEVAL: undefined, METAI_HUMANEVAL_URL: "http://127.0.0.1:1" };

test("evaluate --benchmark fresh judges samples of all 24 tasks, without HumanEval", async () => {
  const cwd = await temporaryFolder();
  const records = await readShipped("fresh");
  const samples = records.map(({ task_id, canonical_solution }) =>
    JSON.stringify({ task_id, completion: canonical_solution }),
  );
  writeFileSync(join(cwd, "s.jsonl"), samples.join("\n"));
  const args = ["evaluate", "s.jsonl", "--benchmark", "fresh", "--workers", "2", "--quiet"];
  const run = await metai([...args, "--k", "1"], { cwd, env: NO_HUMANEVAL });
  expect(run).toMatchObject({ code: 0, stdout: '{"pass@1":1}', stderr: "" });
  const results = readFileSync(join(cwd, "s.jsonl_results.jsonl"), "utf8").trimEnd().split("\n");
  expect(results).toHaveLength(24);
});

test("a run on Fresh says so in every record, and leaves no data folder", async () => {
  const cwd = await temporaryFolder();
  const args = ["self-improve", "--mock", "--benchmark", "fresh", "--generations", "1"];
  const run = await metai(args, { cwd, env: NO_HUMANEVAL });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toContain("first 10 Fresh tasks");
  expect(run.stderr).toContain("first 10 Fresh tasks; the other 14 are held out.");
  expect(run.stdout + run.stderr).not.toContain("HumanEval");
  const rows = await readScores(join(cwd, "results", "scores.csv"));
  expect(rows.map(({ benchmark }) => benchmark)).toEqual(["Fresh", "Fresh"]);
  const { benchmark } = readManifest(join(cwd, "results"));
  expect(benchmark).toMatchObject({ name: "Fresh", tasks: 10, archive_sha256: null });
  expect(Object.keys(contentsOf(cwd)).filter((name) => name.startsWith("data/"))).toEqual([]);
  expect((await metai(["analyze", "--allow-mock"], { cwd })).code).toBe(0);
});

test("a run on a file of few tasks says that none is held out", async () => {
  const cwd = await temporaryFolder();
  const tasks = (await readShipped("fresh")).slice(0, 3);
  writeFileSync(join(cwd, "mine.jsonl"), tasks.map((task) => JSON.stringify(task)).join("\n"));
  const args = ["self-improve", "--mock", "--benchmark", "mine.jsonl", "--generations", "1"];
  const run = await metai(args, { cwd, env: NO_HUMANEVAL });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toContain("selected on all 3 mine.jsonl tasks: none is held out.");
  const rows = await readScores(join(cwd, "results", "scores.csv"));
  expect(rows.map(({ benchmark, total }) => `${total} ${benchmark}`)).toEqual(
    Array(2).fill("3 mine.jsonl"),
  );
});

test.for([
  ["Fresh/23", "def energy_bill("],
  ["Practice/3", "def only_negative("],
] as const)("data show %s knows the benchmark by the task", async ([task, prompt]) => {
  const cwd = await temporaryFolder();
  const shown = await metai(["data", "show", task], { cwd, env: NO_HUMANEVAL });
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toContain(prompt);
});

test("data show --benchmark fresh lists the ten tasks of a run, and prints any of the 24", async () => {
  const cwd = await temporaryFolder();
  const show = async (...args: string[]) =>
    (await metai(["data", "show", ...args, "--benchmark", "fresh"], { cwd, env: NO_HUMANEVAL }))
      .stdout;
  const list = (await show()).split("\n");
  expect(list).toHaveLength(10);
  expect(lastLine(list.join("\n"))).toMatch(/^Fresh\/9 +scale_recipe +A recipe gives/);
  expect(await show("Fresh/23")).toContain("def energy_bill(");
  expect(await show("23")).toBe(await show("Fresh/23"));
});
