import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import { SampleResult } from "../../src/core/records.ts";
import { modelSamples } from "../helpers/model-samples.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { metai, onlyLine } from "./metai.ts";

/** Two problems in HumanEval's format, with a field that it has not. */
const PROBLEMS = ["double", "negate"].map((name, index) => ({
  task_id: `mine/${name}`,
  prompt: `def ${name}(x):\n    """What its name says."""\n`,
  entry_point: name,
  test: `def check(candidate):\n    assert candidate(3) == ${index === 0 ? 6 : -3}\n`,
  level: index,
}));

const RIGHT = { double: "    return 2 * x\n", negate: "    return -x\n" };

const sample = (name: keyof typeof RIGHT, completion = RIGHT[name]) => ({
  task_id: `mine/${name}`,
  completion,
});

const linesFrom = (records: readonly object[]) =>
  records.map((record) => JSON.stringify(record) + "\n").join("");

/** Evaluates samples of the two problems. */
async function evaluateMine(samples: string | Buffer, ...options: string[]) {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "p.jsonl"), linesFrom(PROBLEMS));
  writeFileSync(join(cwd, "s.jsonl"), samples);
  const args = ["evaluate", "s.jsonl", "--problem-file", "p.jsonl", "--workers", "2", ...options];
  return { ...(await metai(args, { cwd })), cwd };
}

function resultsIn(cwd: string, name = "s.jsonl_results.jsonl") {
  const text = readFileSync(join(cwd, name), "utf8");
  expect(text.at(-1)).toBe("\n");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => SampleResult.parse(JSON.parse(line)));
}

const withoutTime = (result: SampleResult) => ({ ...result, duration_ms: 0 });

describe("results", () => {
  test("hold each sample with its verdict in their order, whichever is done first", async () => {
    const samples = [
      { ...sample("double", "    while True: pass\n"), temperature: 0.5 },
      sample("double"),
      { solution: "def negate(x):\n    return 0 - x\n", task_id: "mine/negate", n: [1] },
      sample("double", "    return x\n"),
      sample("double", "    return (x\n"),
      sample("negate", "    raise KeyError(x)\n"),
      sample("negate", "    import os\n    os._exit(0)\n"),
    ];
    const run = await evaluateMine(`\n${linesFrom(samples)}  \n`, "--timeout", "1");
    expect(run.code, run.stderr).toBe(0);
    const results = resultsIn(run.cwd);
    const found = [
      ["timed out", "timeout"],
      ["passed", "passed"],
      ["passed", "passed"],
      ["failed: a test assertion did not hold", "failed"],
      [expect.stringMatching(/^failed: the solution .*does not compile/), "invalid"],
      ["failed: the solution raised KeyError", "failed"],
      [expect.stringMatching(/^failed: its process /), "crashed"],
    ];
    expect(results).toEqual(
      found.map(([result, outcome], index) => ({
        ...samples[index],
        result,
        passed: outcome === "passed",
        outcome,
        reason: expect.any(String),
        duration_ms: expect.any(Number),
      })),
    );
    const [firstLine] = readFileSync(join(run.cwd, "s.jsonl_results.jsonl"), "utf8").split("\n");
    expect(Object.keys(JSON.parse(firstLine ?? "")).join()).toBe(
      "task_id,completion,temperature,result,passed,outcome,reason,duration_ms",
    );
    expect(JSON.parse(run.stdout)["pass@1"]).toBeCloseTo((1 / 4 + 1 / 3) / 2, 12);
    expect(run.stderr).toMatch(
      /7 samples in .*2 passed, 2 failed, 1 timeout, 1 crashed, 1 invalid/,
    );
    const files = ["p.jsonl", "s.jsonl", "s.jsonl_results.jsonl"];
    expect(Object.keys(contentsOf(run.cwd))).toEqual(files);
  });

  test("can be evaluated again, and go where they are wanted", async () => {
    const first = await evaluateMine(linesFrom([sample("double", "    return x\n")]));
    const results = readFileSync(join(first.cwd, "s.jsonl_results.jsonl"));
    const again = await evaluateMine(gzipSync(results), "--output", "new/out.jsonl", "--quiet");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(resultsIn(again.cwd, "new/out.jsonl").map(withoutTime)).toEqual(
      resultsIn(first.cwd).map(withoutTime),
    );
    expect(Object.keys(contentsOf(again.cwd))).toEqual(["new/out.jsonl", "p.jsonl", "s.jsonl"]);
  });
});

describe("standard output", () => {
  const SAMPLES = linesFrom([
    sample("double"),
    sample("double", ""),
    sample("double", ""),
    sample("negate"),
    sample("negate"),
    sample("negate"),
  ]);

  test("is pass@k, of every k for which each task has the samples", async () => {
    const { stdout, stderr } = await evaluateMine(SAMPLES, "--k", "2,4,1");
    expect(stdout).toMatch(/^\{"pass@1":0\.6666\d+,"pass@2":0\.8333\d+\}$/);
    expect(stderr).toMatch(
      /pass@1 0\.667 ± 0\.333, pass@2 0\.833 ± 0\.167; ± is the standard error/,
    );
    expect(stderr).toMatch(/pass@4 is left out: the fewest samples of a task are 3/);
  });

  test("says over how many tasks it is where some have no samples", async () => {
    const { stdout, stderr } = await evaluateMine(linesFrom([sample("double")]));
    expect(JSON.parse(stdout)).toEqual({ "pass@1": 1, tasks: 1, tasks_total: 2 });
    expect(stderr).toMatch(/Warning: only 1 of 2 tasks have samples/);
  });

  test("has a line for each task where that is asked for", async () => {
    const { stdout } = await evaluateMine(SAMPLES, "--k", "1,4", "--table");
    expect(stdout.split("\n").slice(0, -1)).toEqual([
      "task         samples  passed  pass@1  pass@4",
      "mine/double  3        1       0.333   –",
      "mine/negate  3        3       1.000   –",
    ]);
    expect(stdout.split("\n").at(-1)).toMatch(/^\{"pass@1":0\.666/);
  });

  test("has everything where JSON is asked for", async () => {
    const { stdout } = await evaluateMine(SAMPLES, "--json", "--sandbox", "process");
    expect(JSON.parse(stdout)).toMatchObject({
      "pass@1": expect.closeTo(2 / 3, 12),
      standard_error: { "pass@1": expect.closeTo(1 / 3, 12) },
      tasks: 2,
      tasks_total: 2,
      samples: 6,
      outcomes: { passed: 4, failed: 2, timeout: 0, crashed: 0, limit: 0, invalid: 0 },
      per_task: [
        { task_id: "mine/double", samples: 3, passed: 1 },
        { task_id: "mine/negate", samples: 3, passed: 3 },
      ],
      sandbox: "process",
      timeout_seconds: 3,
      workers: 2,
      results: "s.jsonl_results.jsonl",
    });
  });
});

describe("a file that is not as it must be is refused before anything runs", () => {
  const GOOD = linesFrom([sample("double")]);
  test.for([
    ["empty", "", /s\.jsonl is empty/],
    ["blank lines only", "\n\n", /s\.jsonl is empty/],
    ["half an object", `${GOOD}\n{"task_id": "mine/double"`, /s\.jsonl, line 3: it is no JSON/],
    [
      "no completion",
      `${GOOD}{"task_id": "mine/double"}\n`,
      /line 2: it has neither completion nor solution/,
    ],
    ["no task_id", `${GOOD}{"completion": ""}\n`, /line 2: task_id is missing/],
    [
      "an unknown task",
      `${GOOD}{"task_id": "other", "completion": ""}`,
      /line 2: task_id "other" is none of the 2/,
    ],
    [
      "a number for a text",
      `${GOOD}{"task_id": "mine/double", "completion": 1}`,
      /line 2: completion is no string/,
    ],
    [
      "a double key",
      `${GOOD}{"task_id": "mine/double", "completion": "", "completion": ""}`,
      /line 2:.* twice/,
    ],
    [
      "both completion and solution",
      `${GOOD}{"task_id": "mine/double", "completion": "", "solution": ""}`,
      /line 2:.* both /,
    ],
    [
      "a line too long",
      `${GOOD}{"x": "${"x".repeat(8 * 1024 * 1024)}`,
      /line 2: it is longer than 8 MB/,
    ],
    ["a byte order mark", `\uFEFF${GOOD}`, /line 1: a byte order mark/],
    [
      "no UTF-8",
      Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff])]),
      /line 2: it is no valid UTF-8/,
    ],
    ["half a gzip file", gzipSync(GOOD).subarray(0, -9), /line \d: the gzip data ends too early/],
  ] as const)("%s", async ([, content, sentence]) => {
    const run = await evaluateMine(typeof content === "string" ? content : Buffer.from(content));
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(Object.keys(contentsOf(run.cwd))).toEqual(["p.jsonl", "s.jsonl"]);
  });

  test.for([
    [["evaluate"], /missing required argument 'samples'/],
    [["evaluate", "none.jsonl"], /none\.jsonl: there is no such file/],
    [["evaluate", "."], /is no regular file/],
    [["evaluate", "s.jsonl", "--k", "1,0"], /whole number from 1/],
    [["evaluate", "s.jsonl", "--k", "1;2"], /whole number from 1/],
    [["evaluate", "s.jsonl", "--output", "s.jsonl"], /would overwrite s\.jsonl/],
    [["evaluate", "s.jsonl", "--output", "s.jsonl/out"], /Cannot use s\.jsonl/],
    [["evaluate", "s.jsonl", "--problem-file", "none.jsonl"], /none\.jsonl: there is no such file/],
    [["evaluate", "s.jsonl", "--problem-file", "s.jsonl"], /s\.jsonl, line 1: prompt is missing/],
    [["evaluate", "s.jsonl", "--problem-file", "p", "--humaneval", "h"], /cannot be used with/],
    [["evaluate", "s.jsonl", "--table", "--json"], /cannot be used with/],
    [["evaluate", "s.jsonl", "--python", "none"], /none/],
  ] as const)("%s", async ([args, sentence]) => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, "s.jsonl"), linesFrom([{ task_id: "HumanEval/0", completion: "" }]));
    const run = await metai(args, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(Object.keys(contentsOf(cwd))).toEqual(["s.jsonl"]);
  });

  test("a problem whose own test does not run stops the evaluation", async () => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, "s.jsonl"), linesFrom([sample("double")]));
    writeFileSync(join(cwd, "p.jsonl"), linesFrom([{ ...PROBLEMS[0], test: "def check(" }]));
    const run = await metai(["evaluate", "s.jsonl", "--problem-file", "p.jsonl"], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/the test of mine\/double does not run/);
    expect(Object.keys(contentsOf(cwd))).toEqual(["p.jsonl", "s.jsonl"]);
  });
});

/** A line of the model samples, with the official harness's verdict on it. */
const ModelSample = z.looseObject({
  task_id: z.string(),
  official_passed: z.boolean(),
  timing_sensitive: z.boolean().optional(),
});

describe.skipIf(modelSamples === null)("models' samples (not on this machine)", () => {
  test("have the verdicts that the official harness gives", { timeout: 120_000 }, async () => {
    const cwd = await temporaryFolder();
    const lines = gunzipSync(readFileSync(modelSamples ?? ""))
      .toString("utf8")
      .trimEnd()
      .split("\n")
      .filter((_, index) => index % 29 === 0);
    const expected = lines.map((line) => ModelSample.parse(JSON.parse(line)));
    writeFileSync(join(cwd, "s.jsonl.gz"), gzipSync(lines.join("\n")));
    const run = await metai(["evaluate", "s.jsonl.gz", "--workers", "2"], { cwd });
    expect(run.code, run.stderr).toBe(0);

    const results = resultsIn(cwd, "s.jsonl.gz_results.jsonl");
    expect(results).toHaveLength(expected.length);
    const disagreements = results.filter((result, index) => {
      const official = expected[index];
      expect(result).toMatchObject({ ...official }); // all that the line holds, in its place
      return official?.timing_sensitive !== true && result.passed !== official?.official_passed;
    });
    expect(disagreements).toEqual([]);
    expect(new Set(results.map(({ passed }) => passed))).toEqual(new Set([true, false]));
  });
});
