import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { CLI, metai, onlyLine } from "./metai.ts";

const COMMANDS = [
  [],
  ["self-improve"],
  ["plan"],
  ["evaluate"],
  ["demo"],
  ["analyze"],
  ["replay"],
  ["card"],
  ["rebuild"],
  ["verify"],
  ["data"],
  ["data", "pull"],
  ["data", "verify"],
  ["data", "show"],
  ["doctor"],
];

test("--version is the package's", async () => {
  const text = readFileSync(join(CLI, "../../package.json"), "utf8");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const run = await metai(["--version"], { cwd: await temporaryFolder() });
  expect(run).toEqual({ code: 0, stdout: version, stderr: "" });
});

test.skipIf(process.platform === "win32")(
  "the built command may be run: npx, which saw to that once, does not do so for the next build",
  () => {
    expect(statSync(CLI).mode & 0o111).toBe(0o111);
  },
);

test.for(COMMANDS.map((words) => ({ words, name: ["metai", ...words].join(" ") })))(
  "$name --help has an example and fits a terminal",
  async ({ words, name }) => {
    const run = await metai([...words, "--help"], { cwd: await temporaryFolder() });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const [, examples] = run.stdout.split(/^Examples?:$/m);
    expect(examples).toContain(`\n  ${name}`);
    expect(run.stdout).not.toMatch(ESCAPES);
    expect(run.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  },
);

describe("bad usage is one line and exit 2", () => {
  test.for([
    [["dance"], /unknown command 'dance'/],
    [["data", "dance"], /unknown command 'dance'/],
    [["self-improve", "--generation", "3"], /unknown option '--generation'.*--generations/],
    [["analyze", "--colour"], /unknown option '--colour'/],
    [["analyze", "results", "more"], /too many arguments/],
    [["analyze", "one", "--results", "two"], /Name the run's folder once/],
    [["verify", ""], /\S/],
    [["self-improve", "--generations", "none"], /whole number/],
    [["self-improve", "--generations", "0"], /whole number/],
    [["self-improve", "--timeout", "-1"], /number from 0\.1/],
    [["self-improve", "--temperature", "3"], /number from 0 to 2/],
    [["self-improve", "--sandbox", "none"], /bubblewrap/],
    [["self-improve", "--model"], /argument missing/],
    [["self-improve", "--mock", "--model", "gpt-4.1"], /cannot be used with/],
    [["analyze", "--skip-curve"], /--paper-figures/],
    [["self-improve", "--benchmark"], /argument missing/],
    [["self-improve", "--mock", "--quiet", "--benchmark", "no.jsonl"], /no\.jsonl/],
    [["evaluate", "s", "--benchmark", "fresh", "--problem-file", "p"], /cannot be used with/],
    [["evaluate", "s", "--problem_file", "p", "--problem-file", "p"], /cannot be used with/],
    [["evaluate", "s", "--n_workers", "2", "--workers", "2"], /cannot be used with/],
    [["data", "show", "24", "--benchmark", "fresh"], /Fresh\/0 to Fresh\/23/],
    [
      ["demo", "--benchmark", "frsh"],
      /frsh: there is no such file, .*\(humaneval, fresh, practice\)/,
    ],
    [["data", "show", "164"], /HumanEval\/0 to HumanEval\/163/],
    [["self-improve", "--mock", "--quiet", "--results", join(CLI, "r")], /Cannot use .*bin\.cjs/],
  ] as const)("%s", async ([args, sentence]) => {
    const cwd = await temporaryFolder();
    const run = await metai(args, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(contentsOf(cwd)).toEqual({});
  });
});

test.for([["analyze"], ["card"], ["verify"], ["rebuild"], ["replay", "--results", "results"]])(
  "%s of the folder above a run names the run",
  async (args) => {
    const cwd = await temporaryFolder();
    for (const name of ["an empty one", "demo"]) {
      mkdirSync(join(cwd, "results", name), { recursive: true });
    }
    writeFileSync(join(cwd, "results", "demo", "journal.jsonl"), "");
    const run = await metai(args, { cwd });
    expect(run).toMatchObject({ stdout: "" });
    expect(run.code).toBeGreaterThan(0);
    expect(onlyLine(run.stderr)).toContain(`, such as ${join("results", "demo")}.`);
  },
);

const HEADER =
  "generation,run_type,control,benchmark,model,response_model,base_url,passed,total,candidates,accepted," +
  "candidate_passed,decision,parent_generation,held_out_passed,held_out_total,sandbox,prompt_tokens," +
  "completion_tokens,cost_usd,agent_sha256,timestamp\n";
const row = (
  generation: number,
  runType: string,
  passed = "1",
  benchmark = "HumanEval",
  control = "",
) =>
  `${generation},${runType},${control},${benchmark},m,,,${passed},10,,,,d,,,,process,,,,${"0".repeat(64)},2026-01-01T00:00:00.000Z\n`;

describe("scores that cannot be drawn are refused in one line", () => {
  test.for([
    ["mixed run types", HEADER + row(0, "api") + row(1, "mock"), 1, /mix/],
    ["mixed benchmarks", HEADER + row(0, "api") + row(1, "api", "1", "Fresh"), 1, /mix benchmarks/],
    [
      "a control among others",
      HEADER + row(0, "search") + row(1, "search", "1", "HumanEval", "same"),
      1,
      /mix controls \(none, same\)/,
    ],
    ["no rows", HEADER, 1, /no scores/],
    ["an empty file", "", 1, /no scores/],
    ["a word for a number", HEADER + row(0, "api", "all"), 2, /row 1: passed/],
    ["half a line", HEADER + row(0, "api").slice(0, 20), 2, /scores\.csv/],
    ["no text at all", '\u0000\u0001\u0002"""x', 2, /scores\.csv/],
  ] as const)("%s", async ([, text, code, sentence]) => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, "scores.csv"), text);
    const run = await metai(["analyze", "--allow-mock", "--results", "."], { cwd });
    expect(run).toMatchObject({ code, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(Object.keys(contentsOf(cwd))).toEqual(["scores.csv"]);
  });

  test("no run at all", async () => {
    const run = await metai(["analyze"], { cwd: await temporaryFolder() });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(/scores\.csv.*metai self-improve/);
  });
});

/** What would colour or move a terminal's text. */
const ESCAPES = new RegExp(String.raw`[\u001B\r]`);
