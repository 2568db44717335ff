import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readScores } from "../../src/store/tables.ts";
import { apiError, completion, startApiServer } from "../helpers/api-server.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { contentsOf, readManifest, readTranscript } from "./folder.ts";
import { SHORT_MOCK_RUN, lastLine, metai, onlyLine } from "./metai.ts";

const KEY = "sk-proj-1a2B3c4D5e6F7g8H";
const GOOD = completion(answerWith(agentPassing(3)));
const SOON = { "retry-after-ms": "20" };

async function runAgainst(
  script: Parameters<typeof startApiServer>[0],
  args: readonly string[] = [],
  env: Record<string, string | undefined> = {},
) {
  const cwd = await temporaryFolder();
  const server = await startApiServer(script);
  const run = await metai(["self-improve", "--generations", "2", "--workers", "1", ...args], {
    cwd,
    env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.baseUrl, ...env },
  });
  return { ...run, cwd, results: join(cwd, "results"), server };
}

test("a server that fails for good in mid-run stops it, with what is there intact and readable", async () => {
  const broken = apiError(500, { message: "the engine is on fire" }, SOON);
  const run = await runAgainst([GOOD, broken], ["--max-retries", "2"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(lastLine(run.stderr)).toMatch(/^Gave up on .* after 3 attempts.*the engine is on fire/);
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(run.server.requests).toHaveLength(4);

  const rows = await readScores(join(run.results, "scores.csv"));
  expect(rows.map((row) => row.passed)).toEqual([0, 3]);
  const manifest = readManifest(run.results);
  expect(manifest).toMatchObject({ status: "failed", ended: null });
  expect(manifest.problem).toMatch(/^Gave up/);
  expect(readTranscript(run.results, 2).map(({ type }) => type)).toEqual(
    Array.from({ length: 3 }, () => ["request", "response"]).flat(),
  );
  const curve = await metai(["analyze"], { cwd: run.cwd });
  expect(curve).toMatchObject({
    code: 0,
    stderr: "Note: this is no whole run: failed after generation 1 of 2.",
  });
});

test("a request that is turned away is tried again, and the user sees it", async () => {
  const busy = apiError(429, { message: "slow down" }, SOON);
  const run = await runAgainst([busy, GOOD, GOOD]);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toMatch(/limits requests \(429: slow down\) \(try 1 of 6\); trying again/);
  expect(run.server.requests).toHaveLength(3);
});

test("a key that the server echoes in an error is shown and written nowhere", async () => {
  const echo = apiError(401, {
    message: `Incorrect API key provided: ${KEY}. You sent Bearer ${KEY}.`,
    code: "invalid_api_key",
  });
  const run = await runAgainst([echo]);
  expect(run.code).toBe(2);
  const written = contentsOf(run.cwd);
  expect(Object.keys(written)).toContain("results/transcripts/gen1.jsonl");
  const everything = [run.stdout, run.stderr, ...Object.values(written)].join("\n");
  expect(everything).not.toContain(KEY);
  expect(everything).not.toContain(KEY.slice(8));
});

describe("each refusal has its own plain sentence", () => {
  test.for([
    ["a bad key", apiError(401, { message: "Incorrect API key" }), /does not accept the key/],
    [
      "an unknown model",
      apiError(404, { message: "The model x does not exist", code: "model_not_found" }),
      /has no model gpt-4\.1-mini/,
    ],
    [
      "a spent quota",
      apiError(429, { message: "You exceeded your quota", code: "insufficient_quota" }),
      /quota of this key is spent/,
    ],
  ] as const)("%s", async ([, reply, sentence]) => {
    const run = await runAgainst([reply], ["--quiet"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(run.server.requests).toHaveLength(1);
    expect(readManifest(run.results).status).toBe("failed");
  });

  test("a server that is not there", async () => {
    const server = await startApiServer([]);
    await server.close();
    const run = await runAgainst([], ["--quiet", "--base-url", server.baseUrl]);
    expect(run.code).toBe(2);
    expect(onlyLine(run.stderr)).toMatch(/^Cannot connect to /);
  });
});

describe("a start that fails touches nothing of an earlier run, even with --reset-results", () => {
  let cwd: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    cwd = await createFolder();
    await metai([...SHORT_MOCK_RUN, "--workers", "1"], {
      cwd,
    });
    writeFileSync(join(cwd, "damaged.gz"), "not HumanEval");
    before = contentsOf(cwd);
  });
  afterAll(() => removeFolder(cwd));

  test.for([
    ["no key", [], /^No OpenAI key is set/],
    ["a key that can be none", [], /holds a space/, { OPENAI_API_KEY: "my key" }],
    ["a base URL that is none", ["--base-url", "localhost:1"], /is no web address/],
    ["no Python", ["--mock", "--python", join("/", "nonexistent")], /^metai needs Python/],
    ["no data", ["--mock", "--humaneval", "nowhere.gz"], /does not exist/],
    ["wrong data", ["--mock", "--humaneval", "damaged.gz"], /is not the official HumanEval/],
  ] as const)("%s", async ([, args, sentence, env = {}]) => {
    const run = await metai(
      ["self-improve", "--reset-results", "--quiet", "--workers", "1", ...args],
      { cwd, env },
    );
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(run.stderr)).toMatch(sentence);
    expect(Object.keys(before)).toContain("results/agent_gen1.py");
    expect(contentsOf(cwd)).toEqual(before);
  });
});

test("a .env file gives what the environment does not, and no option gives way to either", async () => {
  const cwd = await temporaryFolder();
  const server = await startApiServer([GOOD]);
  const file = `OPENAI_API_KEY="${KEY}"\r\nOPENAI_MODEL=from-file\r\nOPENAI_BASE_URL=http://x\r\n`;
  writeFileSync(join(cwd, ".env"), file);
  const args = ["self-improve", "--generations", "1", "--quiet", "--base-url", server.baseUrl];
  const run = await metai(args, { cwd, env: { OPENAI_MODEL: "from-environment" } });
  expect(run.code, run.stderr).toBe(0);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(server.requests[0]?.body).toMatchObject({ model: "from-environment" });
});

test("--temperature is sent when given and only then", async () => {
  const run = await runAgainst([GOOD], ["--generations", "1", "--temperature", "0.5"]);
  expect(run.server.requests[0]?.body).toMatchObject({ temperature: 0.5 });
  const plain = await runAgainst([GOOD], ["--generations", "1"]);
  expect(plain.server.requests[0]?.body).not.toHaveProperty("temperature");
});

test("--request-timeout ends a request that brings nothing", async () => {
  const slow = { ...GOOD, delayMs: 20_000 };
  const args = ["--generations", "1", "--request-timeout", "0.3", "--max-retries", "0"];
  const run = await runAgainst([slow], args);
  expect(run.code).toBe(2);
  expect(lastLine(run.stderr)).toMatch(/no whole reply within 0\.3 s/);
});

test("a perfect score ends the run early and says so; --no-early-stop goes on", async () => {
  const perfect = completion(answerWith(agentPassing(10)));
  const early = await runAgainst([perfect]);
  expect(early.code, early.stderr).toBe(0);
  expect(early.stdout).toContain("stopped early");
  expect(early.server.requests).toHaveLength(1);
  expect(readManifest(early.results)).toMatchObject({ status: "done", ended: "perfect" });

  const whole = await runAgainst([perfect], ["--no-early-stop"]);
  expect(whole.stdout).not.toContain("stopped early");
  expect(whole.server.requests).toHaveLength(2);
});
