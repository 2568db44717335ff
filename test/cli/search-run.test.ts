import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { parseAgent } from "../../src/proposer/search/blocks.ts";
import { readScores } from "../../src/store/tables.ts";
import { textOf } from "../figures/pdf.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { metai } from "./metai.ts";

const ARGS = ["self-improve", "--proposer", "search", "--seed", "104", "--generations", "2"];
const SMALL = ["--candidates", "4", "--held-out", "none", "--quiet"];

let cwd: string;

beforeAll(async () => {
  cwd = await createFolder();
});
afterAll(() => removeFolder(cwd));

async function search(results: string, ...extra: string[]): Promise<string> {
  const run = await metai([...ARGS, ...SMALL, "--results", results, ...extra], { cwd });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/run_type search.*no model took part/s);
  return join(cwd, results);
}

/** The sources that a run leaves, by their names. */
function sourcesIn(folder: string): Record<string, string> {
  const files = Object.entries(contentsOf(folder)).filter(([name]) => name.endsWith(".py"));
  return Object.fromEntries(files);
}

test("the same seed gives the same bytes of every agent and the same scores, another seed others", async () => {
  const first = await search("first");
  const second = await search("second", "--workers", "1");
  const sources = sourcesIn(first);
  expect(Object.keys(sources)).toHaveLength(3 + 2 + 8); // what stood, the candidates, all children
  expect(sourcesIn(second)).toEqual(sources);
  const rows = await readScores(join(first, "scores.csv"));
  expect(rows.map(({ run_type, model }) => [run_type, model])).toEqual(
    rows.map(() => ["search", "search seed 104"]),
  );
  const again = await readScores(join(second, "scores.csv"));
  expect(again.map(timeless)).toEqual(rows.map(timeless));
  expect(policiesOf(sources).size).toBeGreaterThan(1);

  const other = await search("other", "--seed", "105", "--generations", "1");
  expect(sourcesIn(other)["candidates/gen1_child1.py"]).not.toBe(
    sources["candidates/gen1_child1.py"],
  );
});

test("--policy fixed leaves the policy of every agent as it was; analyze draws the run and says what it is", async () => {
  const folder = await search("fixed", "--policy", "fixed");
  expect(policiesOf(sourcesIn(folder)).size).toBe(1);
  const drawn = await metai(["analyze", "--results", "fixed"], { cwd });
  expect(drawn.code, drawn.stderr).toBe(0);
  const text = textOf(readFileSync(join(folder, "improvement_curve.pdf")));
  expect(text).toMatch(/Search run on HumanEval: keyless, no model/);
});

test("of several runs each has the seed that follows and is what a single run of it is; a control stands beside", async () => {
  const small = ["--generations", "1", "--candidates", "2", "--held-out", "5"];
  const single = await search("single", ...small, "--seed", "5");
  const runs = [...ARGS, ...SMALL, ...small, "--runs", "2", "--seed", "4"];
  const several = await metai([...runs, "--results", "several"], { cwd });
  expect(several.code, several.stderr).toBe(0);
  expect(sourcesIn(join(cwd, "several", "run-02"))).toEqual(sourcesIn(single));
  expect(sourcesIn(join(cwd, "several", "run-01"))).not.toEqual(sourcesIn(single));

  const beside = ["--control", "same", "--results", "several/controls/same"];
  const control = await metai([...runs, ...beside], { cwd });
  expect(control.code, control.stderr).toBe(0);
  const drawn = await metai(["analyze", "--results", "several"], { cwd });
  expect(drawn, drawn.stderr).toMatchObject({ code: 0, stderr: "" });
  const text = textOf(readFileSync(join(cwd, "several", "improvement_curve.pdf")));
  expect(text).toContain("2 search runs on HumanEval: keyless, no model");
  expect(text).toContain("control: unchanged, 2 runs");
  const compared = await metai([...runs, "--results", "several", "--resume"], { cwd });
  expect(compared.stdout).toMatch(/^same +selection +2 +\d.* p = \d/m);
  expect(compared.stdout).toMatch(/^same +held out +2 +/m);
});

function timeless(row: object): object {
  return { ...row, timestamp: null };
}

function policiesOf(sources: Readonly<Record<string, string>>): Set<string | undefined> {
  return new Set(Object.values(sources).map(policyOf));
}

function policyOf(source: string): string | undefined {
  return parseAgent(source).blocks.find(({ name }) => name === "policy")?.text;
}
