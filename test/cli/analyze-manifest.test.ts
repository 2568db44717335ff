import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { metai, onlyLine } from "./metai.ts";

const CURVE = "improvement_curve.pdf";

describe("analyze holds the scores against the manifest beside them", () => {
  let cwd: string;
  let whole: Record<string, string>;
  const path = (name: string) => join(cwd, "results", name);
  const change = (name: string, old: string | RegExp, by: string) => {
    const before = readFileSync(path(name), "utf8");
    const after = before.replaceAll(old, by);
    expect(after).not.toBe(before);
    writeFileSync(path(name), after);
  };
  const analyze = () => metai(["analyze", "--allow-mock"], { cwd });

  beforeAll(async () => {
    cwd = await createFolder();
    const args = [
      "--mock",
      "--held-out",
      "none",
      "--generations",
      "2",
      "--quiet",
      "--workers",
      "1",
    ];
    await metai(["self-improve", ...args], { cwd });
    whole = contentsOf(join(cwd, "results"));
  });
  beforeEach(() => {
    rmSync(path(CURVE), { force: true });
    for (const name of ["scores.csv", "manifest.json"]) {
      writeFileSync(path(name), whole[name] ?? "", "latin1");
    }
  });
  afterAll(() => removeFolder(cwd));

  test.for([
    ["a run type", /mock/g, "api", /run_type api and manifest\.json beside it mock/],
    [
      "a control",
      /mock,,HumanEval/g,
      "mock,same,HumanEval",
      /control same and manifest.* \(none\)/,
    ],
    ["a benchmark", /,HumanEval,/g, ",Fresh,", /benchmark Fresh and manifest.* HumanEval:/],
    ["a model", /,(mock,,HumanEval),[^,]+,/g, ",$1,gpt-4.1,", /model gpt-4\.1 and manifest/],
    ["a server", /,,,(?=\d+,10,)/g, ",,https://api.openai.com/v1,", /base_url https:.* \(none\)/],
    ["a generation too few", /\n2,.*\n$/g, "\n", /generations 1 and .* 2:/],
  ] as const)("%s that was changed in the scores is refused", async ([, old, by, sentence]) => {
    change("scores.csv", old, by);
    const run = await analyze();
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(Object.keys(contentsOf(join(cwd, "results")))).not.toContain(CURVE);
  });

  test.for([
    ["no JSON", /[{}]/g, "?", /manifest\.json is no manifest/],
    ["a word that no manifest has", '"done"', '"finished"', /\(status: /],
  ] as const)("a manifest that is garbage is named: %s", async ([, old, by, sentence]) => {
    change("manifest.json", old, by);
    const run = await analyze();
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
  });

  test("a run that was killed is drawn with a word on it", async () => {
    change("manifest.json", '"done"', '"running"');
    change("manifest.json", '"completed"', "null");
    const run = await analyze();
    expect(run.code, run.stderr).toBe(0);
    expect(onlyLine(run.stderr)).toMatch(/^Note: .*: not finished after generation 2 of 2\.$/);
  });

  test("scores without a manifest are drawn with a word on it", async () => {
    rmSync(path("manifest.json"));
    const run = await analyze();
    expect(run.code, run.stderr).toBe(0);
    expect(onlyLine(run.stderr)).toMatch(/^Note: there is no .*manifest\.json/);
  });

  test("a whole run needs no word", async () => {
    expect(await analyze()).toMatchObject({ code: 0, stderr: "" });
  });
});
