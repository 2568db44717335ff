import { join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { MOCK_RUN, metai, onlyLine } from "./metai.ts";

const KEY = "sk-proj-q1W2e3R4t5Y6u7I8";

const Report = z.strictObject({
  findings: z.array(
    z.strictObject({
      what: z.string(),
      state: z.enum(["ok", "note", "missing"]),
      detail: z.string(),
    }),
  ),
});

async function stateOf(
  cwd: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const run = await metai(["doctor", "--json", ...args], { cwd, env });
  const { findings } = Report.parse(JSON.parse(run.stdout));
  return { ...run, states: Object.fromEntries(findings.map(({ what, state }) => [what, state])) };
}

test("shows all that a run needs in one table, and changes nothing", async () => {
  const cwd = await temporaryFolder();
  const run = await metai(["doctor"], { cwd });
  expect(run, run.stdout).toMatchObject({ code: 0, stderr: "" });
  const lines = run.stdout.split("\n");
  for (const what of ["Node", "Python", "sandbox", "HumanEval", "key", "model", "results"]) {
    expect(lines.filter((line) => line.startsWith(`${what} `))).toHaveLength(1);
  }
  expect(run.stdout).toContain(process.version);
  expect(run.stdout).toContain("gpt-4.1-mini");
  expect(contentsOf(cwd)).toEqual({});
});

test("says that a key is set and never which", async () => {
  const cwd = await temporaryFolder();
  expect((await stateOf(cwd)).states["key"]).toBe("note");
  const run = await metai(["doctor"], { cwd, env: { OPENAI_API_KEY: KEY } });
  expect(run.stdout).toMatch(/^key +ok +set$/m);
  expect(run.stdout + run.stderr).not.toContain(KEY);
  const json = await stateOf(cwd, [], { OPENAI_API_KEY: KEY });
  expect(json.states["key"]).toBe("ok");
  expect(json.stdout + json.stderr).not.toContain(KEY);
});

test("a server with credentials in its address is named without them", async () => {
  const cwd = await temporaryFolder();
  const address = "https://someone:hunter22@models.example/v1";
  const run = await metai(["doctor", "--base-url", address], { cwd });
  expect(run.code).toBe(0);
  expect(run.stdout + run.stderr).not.toContain("hunter22");
});

test("without Python no run can start: exit 2, and what is missing in one line", async () => {
  const cwd = await temporaryFolder();
  const python = join("/", "nonexistent");
  const run = await stateOf(cwd, ["--python", python]);
  expect(run.code).toBe(2);
  expect(run.states).toMatchObject({ Node: "ok", Python: "missing", sandbox: "missing" });
  expect(onlyLine(run.stderr)).toContain("Python");
});

test("tells a damaged HumanEval from none", async () => {
  const cwd = await temporaryFolder();
  const none = { METAI_HUMANEVAL: "", METAI_CACHE: join(cwd, "cache") };
  expect(await stateOf(cwd, [], none)).toMatchObject({ code: 0, states: { HumanEval: "note" } });
  const wrong = await stateOf(cwd, ["--humaneval", process.execPath]);
  expect(wrong).toMatchObject({ code: 2, states: { HumanEval: "missing" } });
});

test("sees a run in the results folder", async () => {
  const cwd = await temporaryFolder();
  expect((await stateOf(cwd)).states["results"]).toBe("ok");
  await metai([...MOCK_RUN, "--generations", "1", "--results", "mine"], { cwd });
  expect((await stateOf(cwd, ["--results", "mine"])).states["results"]).toBe("note");
});
