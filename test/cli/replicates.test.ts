import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { linesOf } from "../figures/pdf.ts";
import { apiError, completion, startApiServer } from "../helpers/api-server.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { type Ended, lastLine, metai, onlyLine, SHORT_MOCK_RUN } from "./metai.ts";

const Estimate = z.object({ mean: z.number(), interval: z.tuple([z.number(), z.number()]) });
/** The parts of a summary that tests look at. */
const Summary = z.looseObject({
  run_type: z.string(),
  runs: z.array(
    z.looseObject({
      run: z.string(),
      seed: z.number(),
      passed: z.array(z.number()),
      ended: z.string().nullable(),
      head_sha256: z.string(),
    }),
  ),
  selection: z.looseObject({ final: Estimate }).nullable(),
});

function summaryIn(folder: string) {
  return Summary.parse(JSON.parse(readFileSync(join(folder, "replicates.json"), "utf8")));
}

function headOf(run: string): unknown {
  return JSON.parse(readFileSync(join(run, "manifest.json"), "utf8")).head_sha256;
}

describe("three mock runs", () => {
  let cwd: string;
  let run: Ended;
  const results = () => join(cwd, "results");
  const over = () => ["run-01", "run-03"].map((name) => contentsOf(join(results(), name)));
  const three = (...args: string[]) =>
    metai([...SHORT_MOCK_RUN, "--runs", "3", "--seed", "7", ...args], { cwd });

  beforeAll(async () => {
    cwd = await createFolder();
    run = await three();
  });
  afterAll(() => removeFolder(cwd));

  test("say what each came to, and their mean", () => {
    expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^3 runs, run_type mock, .*first 10 HumanEval tasks$/m);
    expect(run.stdout).toMatch(/^run-02 +8 +0 to 3 +completed after generation 1$/m);
    expect(run.stdout).toMatch(/^mean gain +3, interval 3 to 3$/m);
    expect(run.stdout).toContain("MOCK RUNS");
  });

  test("are whole runs, each in a folder of its own, and summarised in one file", () => {
    const { runs, selection } = summaryIn(results());
    expect(runs.map(({ run, seed, passed }) => [run, seed, passed])).toEqual([
      ["run-01", 7, [0, 3]],
      ["run-02", 8, [0, 3]],
      ["run-03", 9, [0, 3]],
    ]);
    expect(selection?.final).toEqual({ mean: 3, interval: [3, 3] });
    for (const { run, head_sha256 } of runs) {
      const folder = join(results(), run);
      expect(readManifest(folder)).toMatchObject({ status: "done", ended: "completed" });
      expect(headOf(folder)).toBe(head_sha256);
      expect(existsSync(join(folder, "run.lock"))).toBe(false);
    }
  });

  test("are drawn as one curve, each of them alone, and none without --allow-mock", async () => {
    const refused = await metai(["analyze"], { cwd });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(/mock.*--allow-mock/);
    const drawn = await metai(["analyze", "--allow-mock"], { cwd });
    expect(drawn, drawn.stderr).toMatchObject({ code: 0, stderr: "" });
    const lines = linesOf(readFileSync(join(results(), "improvement_curve.pdf")));
    expect(lines).toContain("3 MOCK runs: scripted answers");
    const one = ["--allow-mock", "--results", "results/run-02"];
    expect((await metai(["analyze", ...one], { cwd })).code).toBe(0);
  });

  test("are not taken for a single run, nor a single run for several", async () => {
    const before = contentsOf(results());
    const sentences: [args: string[], sentence: RegExp][] = [
      [[], /already holds a run/],
      [["--runs", "3", "--seed", "7"], /already holds a run/],
      [["--resume"], /several runs, up to run-03: add --runs 3/],
      [["--resume", "--runs", "2", "--seed", "7"], /holds run-03 already: give --runs 3 or more/],
      [["--resume", "--runs", "3", "--seed", "8"], /^run-0\d: .*--seed: \d in the run, \d now/],
    ];
    for (const [args, sentence] of sentences) {
      const run = await metai([...SHORT_MOCK_RUN, ...args], { cwd });
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(onlyLine(run.stderr)).toMatch(sentence);
    }
    expect(contentsOf(results())).toEqual(before);

    const single = [...SHORT_MOCK_RUN, "--results", "single"];
    expect((await metai(single, { cwd })).code).toBe(0);
    const several = await metai([...single, "--resume", "--runs", "2"], { cwd });
    expect(onlyLine(several.stderr)).toMatch(/holds a single run: leave --runs out/);
  });

  test("are gone on with: those that are over stay as they are, a missing one is begun", async () => {
    const before = over();
    rmSync(join(results(), "run-02"), { recursive: true });
    const resumed = await three("--resume", "--json");
    expect(resumed, resumed.stderr).toMatchObject({ code: 0, stderr: "" });
    const { results: folder, comparisons, ...told } = JSON.parse(resumed.stdout);
    expect({ folder, comparisons }).toEqual({ folder: "results", comparisons: [] });
    expect(Summary.parse(told)).toEqual(summaryIn(results()));
    expect(over()).toEqual(before);
    expect(summaryIn(results()).runs[1]?.head_sha256).toBe(headOf(join(results(), "run-02")));
    const more = await metai([...SHORT_MOCK_RUN, "--runs", "4", "--seed", "7", "--resume"], {
      cwd,
    });
    expect(more.stdout).toMatch(/^4 runs/m);
  });

  test("have a summary that rebuild makes again, byte for byte, without drawing a mock run", async () => {
    const path = join(results(), "replicates.json");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace('"mean": 3', '"mean": 4'));
    const rebuilt = await metai(["rebuild"], { cwd });
    expect(rebuilt, rebuilt.stderr).toMatchObject({ code: 0, stdout: path.slice(cwd.length + 1) });
    expect(rebuilt.stderr).toMatch(/^results: its curve was left out/m);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test("a journal that was changed is named, by every reader", async () => {
    const path = join(results(), "run-01", "journal.jsonl");
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.replace('"passed":3', '"passed":4'));
    for (const args of [
      ["analyze", "--allow-mock"],
      [...SHORT_MOCK_RUN, "--runs", "4", "--seed", "7", "--resume"],
    ]) {
      const run = await metai(args, { cwd });
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(onlyLine(run.stderr)).toMatch(/run-01.*journal\.jsonl, line \d+: /);
    }
    writeFileSync(path, whole);
  });

  test("runs of another configuration beside them are not mixed in", async () => {
    const other = ["self-improve", "--mock", "--held-out", "none", "--generations", "2", "--quiet"];
    rmSync(join(results(), "run-03"), { recursive: true });
    const run = await metai([...other, "--results", "results/run-03"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    const drawn = await metai(["analyze", "--allow-mock"], { cwd });
    expect(drawn).toMatchObject({ code: 1, stdout: "" });
    expect(onlyLine(drawn.stderr)).toMatch(
      /run-01 and run-03 in results .*--generations: 1 in run-01, 2 in run-03/,
    );
  });

  test("are replaced with --reset-results, by a single run too", async () => {
    const run = await metai([...SHORT_MOCK_RUN, "--reset-results"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    const names = Object.keys(contentsOf(results()));
    expect(names).toContain("journal.jsonl");
    expect(names.filter((name) => /run-\d|replicates/.test(name))).toEqual([]);
  });
});

test("a server that fails for one run stops them all; --resume goes on, and asks for nothing twice", async () => {
  const cwd = await temporaryFolder();
  const good = completion(answerWith(agentPassing(3)));
  const broken = apiError(400, { message: "no more of this" });
  let answers = 0;
  let isBroken = true;
  const server = await startApiServer(() => (isBroken && ++answers > 3 ? broken : good));
  const run = (...args: string[]) =>
    metai(
      ["self-improve", "--runs", "3", "--generations", "2", "--held-out", "none"].concat(
        ["--workers", "2", "--max-retries", "0"],
        args,
      ),
      { cwd, env: { OPENAI_API_KEY: "sk-proj-0z9Y8x7W6v5U", OPENAI_BASE_URL: server.baseUrl } },
    );
  const failed = await run();
  expect(failed).toMatchObject({ code: 2, stdout: "" });
  expect(lastLine(failed.stderr)).toMatch(/^run-0\d: .*no more of this/);
  expect(failed.stderr).toMatch(/^run-0\d {2}generation 1 of 2 {2}accepted: 3 > 0/m);
  const results = join(cwd, "results");
  const begun = [1, 2, 3].map((number) => join(results, `run-0${number}`)).filter(existsSync);
  const statuses = begun.map((folder) => readManifest(folder).status);
  expect(statuses).toContain("failed");
  expect(statuses.filter((status) => status === "running")).toEqual([]);
  const [asked, held] = [server.requests.length, answersIn(results)];
  expect(held).toBeGreaterThan(0);

  isBroken = false;
  const resumed = await run("--resume", "--quiet");
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stdout).toMatch(/^3 runs, run_type api, model gpt-4\.1-mini at http/m);
  expect(summaryIn(results).runs.map(({ ended }) => ended)).toEqual(Array(3).fill("completed"));
  expect(server.requests.length - asked).toBe(3 * 2 - held);
  const drawn = await metai(["analyze"], { cwd });
  expect(drawn, drawn.stderr).toMatchObject({ code: 0, stderr: "" });
});

test("runs share one budget: what it does not let through is left for --resume, and no mean is told", async () => {
  const cwd = await temporaryFolder();
  const server = await startApiServer([completion(answerWith(agentPassing(3)))]); // of 150 tokens
  const run = (...args: string[]) =>
    metai(
      ["self-improve", "--runs", "2", "--generations", "2", "--held-out", "none", "--quiet"].concat(
        args,
      ),
      { cwd, env: { OPENAI_API_KEY: "sk-proj-0z9Y8x7W6v5U", OPENAI_BASE_URL: server.baseUrl } },
    );
  const spent = await run("--max-tokens-total", "400");
  expect(spent.code, spent.stderr).toBe(0);
  expect(server.requests).toHaveLength(3);
  expect(spent.stdout).toMatch(/^No mean: \d of 2 runs are over/m);
  expect(spent.stdout).toMatch(/^run-0\d .* budget after generation [01]$/m);
  const resumed = await run("--max-tokens-total", "4000", "--resume");
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(server.requests).toHaveLength(4);
  expect(resumed.stdout).toMatch(/^mean final score +3, interval 3 to 3$/m);
});

/** The answers that the journals of several runs hold. */
function answersIn(results: string): number {
  const journals = Object.entries(contentsOf(results)).filter(([name]) => /journal/.test(name));
  const lines = journals.flatMap(([, text]) => text.trimEnd().split("\n"));
  const events = lines.map((line) => z.looseObject({ type: z.string() }).parse(JSON.parse(line)));
  return events.filter(({ type, proposal }) => type === "response" && proposal !== null).length;
}
