import { appendFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { readScores } from "../../src/store/tables.ts";
import { apiError, completion, startApiServer, type ScriptedReply } from "../helpers/api-server.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { metai, MOCK_RUN, onlyLine, startMetai } from "./metai.ts";

const PASSES = [2, 1, 4];
const ANSWERS = PASSES.map((count) => completion(answerWith(agentPassing(count))));

/** A run of three generations whose server can be told to reply otherwise from some request on. */
async function newRun() {
  const cwd = await temporaryFolder();
  let replies: readonly ScriptedReply[] = ANSWERS;
  const server = await startApiServer((_, index) => replies[index] ?? { status: 500 });
  const env = { OPENAI_API_KEY: "sk-test-0123456789", OPENAI_BASE_URL: server.baseUrl };
  const args = ["self-improve", "--generations", "3", "--held-out", "3", "--model", "tiny"];
  return {
    cwd,
    results: join(cwd, "results"),
    requests: server.requests,
    reply: (given: readonly ScriptedReply[]) => void (replies = given),
    run: (...more: string[]) => metai([...args, "--quiet", ...more], { cwd, env }),
    start: () => {
      const run = startMetai(args, { cwd, env });
      onTestFinished(() => void run.kill("SIGKILL"));
      return run;
    },
  };
}

async function expectWhole(results: string): Promise<void> {
  expect(readManifest(results)).toMatchObject({ status: "done", ended: "completed" });
  const rows = await readScores(join(results, "scores.csv"));
  expect(rows.map(({ candidate_passed }) => candidate_passed)).toEqual([null, ...PASSES]);
  expect(rows.map(({ held_out_total }) => held_out_total)).toEqual([3, 3, 3, 3]);
}

describe("a run goes on", () => {
  test.skipIf(process.platform === "win32")(
    "after Ctrl-C during a request, from that request",
    async () => {
      const { results, requests, reply, run, start } = await newRun();
      reply([...ANSWERS.slice(0, 2), { ...completion("too late"), delayMs: 20_000 }]);
      const stopped = start();
      await expect.poll(() => requests.length, { timeout: 20_000 }).toBe(3);
      stopped.kill("SIGINT");
      expect((await stopped).exitCode).toBe(130);
      expect(readManifest(results).status).toBe("interrupted");
      reply([...ANSWERS.slice(0, 2), { status: 500 }, ...ANSWERS.slice(2)]);
      const { code, stderr } = await run("--resume");
      expect(code, stderr).toBe(0);
      expect(requests).toHaveLength(4);
      await expectWhole(results);
    },
  );

  test("after its quota was used up, once there is more", async () => {
    const { results, requests, reply, run } = await newRun();
    const quota = { message: "You exceeded your current quota", code: "insufficient_quota" };
    reply([ANSWERS[0] ?? {}, apiError(429, quota)]);
    const failed = await run();
    expect(failed.code).toBe(2);
    expect(onlyLine(failed.stderr)).toMatch(/quota|credit/i);
    expect(readManifest(results).status).toBe("failed");
    reply([{}, {}, ...ANSWERS.slice(1)]);
    const { code, stderr } = await run("--resume");
    expect(code, stderr).toBe(0);
    expect(requests).toHaveLength(4);
    await expectWhole(results);
  });

  test("after a fault of the disk, as it says", async () => {
    const { results, requests, reply, run, start } = await newRun();
    const [first = {}, ...others] = ANSWERS;
    reply([first, { ...others[0], delayMs: 1000 }]);
    const failing = start();
    await expect.poll(() => requests.length, { timeout: 20_000 }).toBe(2);
    renameSync(join(results, "objects"), join(results, "away"));
    writeFileSync(join(results, "objects"), "");
    const { exitCode, stderr: said } = await failing;
    expect(exitCode, said).toBe(2);
    expect(said).toMatch(/^The same command with --resume goes on with the run in results\.$/m);
    expect(said).toMatch(/^Cannot use .*objects.*: .* \(E[A-Z]+\)\.$/m);
    rmSync(join(results, "objects"));
    renameSync(join(results, "away"), join(results, "objects"));
    reply([{}, {}, ...others]);
    const { code, stderr } = await run("--resume");
    expect(code, stderr).toBe(0);
    await expectWhole(results);
  });

  test("after its last line was torn, which is cut off", async () => {
    const { results, requests, reply, run } = await newRun();
    expect((await run()).code).toBe(0);
    const journal = join(results, "journal.jsonl");
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    const kept = lines.findLastIndex((line) => line.includes('"type":"request"')) + 1;
    const torn = lines[kept]?.slice(0, 40) ?? "";
    writeFileSync(journal, `${lines.slice(0, kept).join("\n")}\n${torn}`);
    rmSync(join(results, "scores.csv"));
    reply([{}, {}, {}, ...ANSWERS.slice(2)]);
    const { code, stderr } = await run("--resume");
    expect(code, stderr).toBe(0);
    expect(requests).toHaveLength(4);
    const now = readFileSync(journal, "utf8").trimEnd().split("\n");
    expect(now.slice(0, kept)).toEqual(lines.slice(0, kept));
    expect(JSON.parse(now[kept] ?? "")).toMatchObject({ type: "run-resumed", seq: kept });
    await expectWhole(results);
  });

  test("from its beginning where nothing was begun", async () => {
    const { results, requests, run } = await newRun();
    const { code, stderr } = await run("--resume");
    expect(code, stderr).toBe(0);
    expect(requests).toHaveLength(3);
    await expectWhole(results);
  });
});

test("a run that is over is left as it is, and says the same again", async () => {
  const { results, requests, run } = await newRun();
  const first = await run("--json");
  const before = contentsOf(results);
  const changed = statSync(join(results, "scores.csv")).mtimeMs;
  const again = await run("--json", "--resume");
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toBe(first.stdout);
  expect(JSON.parse(again.stdout)).toMatchObject({
    head_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(contentsOf(results)).toEqual(before);
  expect(statSync(join(results, "scores.csv")).mtimeMs).toBe(changed);
  expect(requests).toHaveLength(3);
});

const SHORT = ["self-improve", "--generations", "1", "--held-out", "none", "--quiet"];

describe("going on with another configuration is refused, and what differs is named", () => {
  let cwd: string;

  beforeAll(async () => {
    cwd = await createFolder();
    await metai([...SHORT, "--mock"], { cwd });
  });
  afterAll(() => removeFolder(cwd));

  test.for<[args: string[], said: RegExp]>([
    [["--generations", "4"], /--generations: 1 in the run, 4 now/],
    [["--candidates", "2"], /--candidates: 1 in the run, 2 now/],
    [["--held-out", "2"], /--held-out: 0 in the run, 2 now/],
    [["--timeout", "2"], /--timeout: 3 in the run, 2 now/],
    [["--benchmark", "fresh"], /--benchmark: HumanEval in the run, Fresh now/],
    [["--proposer", "search"], /run type: mock in the run, search now/],
  ])("%j", async ([args, said]) => {
    const before = contentsOf(join(cwd, "results"));
    const proposer = args.includes("--proposer") ? [] : ["--mock"];
    const refused = await metai([...SHORT, ...proposer, ...args, "--resume"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(said);
    expect(contentsOf(join(cwd, "results"))).toEqual(before);
  });
});

describe("going on is refused", () => {
  test("with another model", async () => {
    const { requests, run } = await newRun();
    expect((await run()).code).toBe(0);
    const { code, stderr } = await run("--model", "large", "--resume");
    expect(code).toBe(2);
    expect(onlyLine(stderr)).toMatch(/--model: tiny in the run, large now/);
    expect(requests).toHaveLength(3);
  });

  test("where the journal was changed, by its line, and where it is to be replaced", async () => {
    const cwd = await temporaryFolder();
    const args = [...MOCK_RUN, "--generations", "1", "--quiet"];
    expect((await metai(args, { cwd })).code).toBe(0);
    const journal = join(cwd, "results", "journal.jsonl");
    const text = readFileSync(journal, "utf8");
    writeFileSync(journal, text.replace('"accepted":true', '"accepted":false'));
    const line = text.split("\n").findIndex((one) => one.includes('"accepted":true')) + 1;
    const changed = await metai([...args, "--resume"], { cwd });
    expect(changed.code).toBe(1);
    expect(onlyLine(changed.stderr)).toContain(`journal.jsonl, line ${line + 1}: `);

    writeFileSync(journal, text);
    appendFileSync(journal, "{}\n");
    const longer = await metai([...args, "--resume"], { cwd });
    expect(longer.code).toBe(1);
    expect(onlyLine(longer.stderr)).toMatch(/line \d+: it is no line of a journal/);

    const both = await metai([...args, "--resume", "--reset-results"], { cwd });
    expect(both.code).toBe(2);
    expect(both.stderr).toMatch(/--resume.*cannot be used with.*--reset-results/);
  });

  test("while the run is at work", async () => {
    const { results, requests, reply, run, start } = await newRun();
    reply([{ ...completion("too late"), delayMs: 30_000 }]);
    const working = start();
    await expect.poll(() => requests.length, { timeout: 20_000 }).toBe(1);
    const before = readFileSync(join(results, "journal.jsonl"), "utf8");
    const { code, stderr } = await run("--resume");
    expect(code).toBe(2);
    expect(onlyLine(stderr)).toMatch(/Another run is writing into .* \(process \d+\)/);
    expect(readFileSync(join(results, "journal.jsonl"), "utf8")).toBe(before);
    expect(requests).toHaveLength(1);
    working.kill("SIGKILL");
    await working;
  });
});
