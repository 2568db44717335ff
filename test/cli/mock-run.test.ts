import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { quoted } from "../../src/commands/options/run-folder.ts";
import { readScores } from "../../src/store/tables.ts";
import { unusedPort } from "../helpers/api-server.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { MOCK_RUN, SHORT_MOCK_RUN, metai, onlyLine } from "./metai.ts";

test("five generations drive every path, without key or network, and are marked as mock", async () => {
  const cwd = await temporaryFolder();
  const nowhere = `http://127.0.0.1:${await unusedPort()}`;
  const run = await metai(["self-improve", "--mock"], {
    cwd,
    env: { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, METAI_HUMANEVAL_URL: nowhere },
  });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toContain("MOCK RUN");
  expect(run.stdout).toContain("no self-improvement");
  const rows = await readScores(join(cwd, "results", "scores.csv"));
  expect(rows.map((row) => row.run_type)).toEqual(Array(6).fill("mock"));
  const fates = rows.map((row) => row.decision.split(":")[0]);
  expect(fates).toEqual(["seed", "accepted", "rejected", "invalid", "accepted", "invalid"]);
  expect(rows.every((row) => row.base_url === null && row.prompt_tokens === null)).toBe(true);
});

test("analyze refuses a mock run and writes nothing; --allow-mock draws it", async () => {
  const cwd = await temporaryFolder();
  await metai([...SHORT_MOCK_RUN, "--workers", "1"], {
    cwd,
  });
  const before = contentsOf(cwd);
  const refused = await metai(["analyze", "--paper-figures"], { cwd });
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(onlyLine(refused.stderr)).toMatch(/mock.*--allow-mock/);
  expect(contentsOf(cwd)).toEqual(before);

  const drawn = await metai(["analyze", "--allow-mock"], { cwd });
  expect(drawn, drawn.stderr).toMatchObject({ code: 0, stderr: "" });
  const once = contentsOf(cwd)["results/improvement_curve.pdf"];
  expect(once).toMatch(/^%PDF-/);
  await metai(["analyze", "--allow-mock"], { cwd });
  expect(contentsOf(cwd)["results/improvement_curve.pdf"]).toBe(once);
});

test("what a run says to type next works as it stands, wherever the run is", async () => {
  const cwd = await temporaryFolder();
  const run = await metai([...SHORT_MOCK_RUN, "--results", "two words"], { cwd });
  const said = [...run.stdout.matchAll(/npx metai (.+)$/gm)].map(([, words = ""]) => words);
  expect(said).toEqual([
    `analyze ${quoted("two words")} --allow-mock`,
    `verify ${quoted("two words")}`,
  ]);
  for (const words of said) {
    const args = words.match(/(["']).*?\1|\S+/g)?.map((word) => word.replaceAll(/["']/g, "")) ?? [];
    const next = await metai(args, { cwd });
    expect(next, next.stderr).toMatchObject({ code: 0 });
  }
});

test("--json prints one object on standard output, and --quiet nothing on standard error", async () => {
  const cwd = await temporaryFolder();
  const args = [...MOCK_RUN, "--generations", "2", "--json", "--quiet"];
  const run = await metai(args, { cwd });
  expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
  const Summary = z.looseObject({ run_type: z.literal("mock"), generations: z.array(z.unknown()) });
  const summary = Summary.parse(JSON.parse(run.stdout));
  expect(summary).toMatchObject({ seed_passed: 0, final_passed: 3, total: 10, ended: "completed" });
  expect(summary.generations).toHaveLength(3);
});

test("a folder that holds a run is refused and left alone; --reset-results replaces the run only", async () => {
  const cwd = await temporaryFolder();
  const run = (...args: string[]) =>
    metai([...MOCK_RUN, "--quiet", "--workers", "1", ...args, "--results", "runs/a"], {
      cwd,
    });
  expect((await run("--generations", "3")).code).toBe(0);
  const before = contentsOf(cwd);

  const refused = await run("--generations", "1");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(onlyLine(refused.stderr)).toMatch(/already holds a run.*--reset-results/);
  expect(contentsOf(cwd)).toEqual(before);

  expect((await run("--generations", "1", "--reset-results")).code).toBe(0);
  expect(existsSync(join(cwd, "runs", "a", "agent_gen3.py"))).toBe(false);
  expect(await readScores(join(cwd, "runs", "a", "scores.csv"))).toHaveLength(2);
});

test("the options reach the run: time-out, workers, sandbox, early stop", async () => {
  const cwd = await temporaryFolder();
  const args = [...SHORT_MOCK_RUN, "--no-early-stop"];
  const run = await metai([...args, "--timeout", "2.5", "--workers", "1", "--sandbox", "process"], {
    cwd,
  });
  expect(run.code, run.stderr).toBe(0);
  expect(readManifest(join(cwd, "results"))).toMatchObject({
    settings: { generations: 1, early_stop: false, timeout_seconds: 2.5 },
    evaluator: { workers: 1, sandbox: "process" },
  });
  const rows = await readScores(join(cwd, "results", "scores.csv"));
  expect(rows.map((row) => row.sandbox)).toEqual(["process", "process"]);
});

test("the weak sandbox is said in a plain warning", async () => {
  const cwd = await temporaryFolder();
  const args = [...MOCK_RUN, "--generations", "1", "--sandbox", "process"];
  const run = await metai(args, { cwd });
  expect(run.stderr).toMatch(/^Warning: .*no security boundary/m);
});
