import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import type { JournalEvent } from "../../src/core/journal.ts";
import { deriveFiles } from "../../src/store/derived-files.ts";
import { type JournalLine, parseJournal, seal } from "../../src/store/journal.ts";
import { Objects } from "../../src/store/objects.ts";
import { rebuildFiles } from "../../src/store/results-folder.ts";
import { apiError, completion, startApiServer, type ScriptedReply } from "../helpers/api-server.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { lastLine, metai, onlyLine, SHORT_MOCK_RUN, startMetai } from "./metai.ts";

/** Made by make.mjs beside it. */
const SMALL = fileURLToPath(new URL("../fixtures/run-small/results", import.meta.url));
/** Neither HumanEval nor any server can be had. */
const OFFLINE = { METAI_HUMANEVAL: undefined, METAI_HUMANEVAL_URL: "http://127.0.0.1:1" };
const AGAIN = ["--results", "again", "--quiet"] as const;

const Summary = z.object({
  identical: z.boolean(),
  answers: z.number(),
  replay_of: z.string(),
  head_sha256: z.string(),
  ended: z.string(),
  compared: z.array(z.object({ what: z.string(), differences: z.array(z.string()) })),
});

function linesOf(folder: string): readonly JournalLine[] {
  const { lines, problem, torn } = parseJournal(readFileSync(join(folder, "journal.jsonl")));
  expect({ problem, torn }).toEqual({ problem: null, torn: false });
  return lines;
}

/** What a replay has to leave as it was, byte by byte. */
function evidenceOf(folder: string) {
  const kept = /^(scores\.csv|agent_.*|candidates\/.*|transcripts\/.*)$/;
  return Object.entries(contentsOf(folder)).filter(([name]) => kept.test(name));
}

/** A copy of the small run with these events in its journal, rebuilt as a whole: a forgery. */
async function forged(change: (event: JournalEvent) => JournalEvent): Promise<string> {
  const folder = join(await temporaryFolder(), "forged");
  cpSync(SMALL, folder, { recursive: true });
  const lines: JournalLine[] = [];
  let journal = "";
  for (const { event, time } of linesOf(SMALL)) {
    const { line, text } = seal(change(event), lines.at(-1) ?? null, new Date(time));
    lines.push(line);
    journal += text + "\n";
  }
  writeFileSync(join(folder, "journal.jsonl"), journal);
  await rebuildFiles(folder, await deriveFiles(lines, new Objects(folder)));
  return folder;
}

describe("the small run that is committed", () => {
  test("replays byte for byte without key, network or HumanEval", async () => {
    const cwd = await temporaryFolder();
    const how = ["--sandbox", "process", "--json"];
    const { code, stdout, stderr } = await metai(["replay", SMALL, ...AGAIN, ...how], {
      cwd,
      env: OFFLINE,
    });
    expect(code, stdout + stderr).toBe(0);
    const summary = Summary.parse(JSON.parse(stdout));
    expect(summary).toMatchObject({ identical: true, answers: 3, ended: "completed" });
    const again = join(cwd, "again");
    expect(evidenceOf(again)).toEqual(evidenceOf(SMALL));
    const head = linesOf(SMALL).at(-1)?.sha256;
    expect(summary.replay_of).toBe(head);
    expect(readManifest(again)).toMatchObject({
      replay_of: head,
      head_sha256: summary.head_sha256,
    });
    expect(summary.head_sha256).not.toBe(head);

    const verified = await metai(["verify", again, "--quiet"], { cwd, env: OFFLINE });
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
    const drawn = await metai(["analyze", "--results", "again"], { cwd });
    expect(drawn.code, drawn.stderr).toBe(0);
    const twice = await metai(["replay", "again", "--results", "third", "--quiet", "--json"], {
      cwd,
      env: OFFLINE,
    });
    expect(Summary.parse(JSON.parse(twice.stdout))).toMatchObject({
      identical: true,
      replay_of: summary.head_sha256,
    });
  });

  test("has the files that its journal comes to, byte for byte, and verifies", async () => {
    const files = await deriveFiles(linesOf(SMALL), new Objects(SMALL));
    expect([...files.keys()]).toContain("scores.csv");
    for (const [path, content] of files) {
      expect(readFileSync(join(SMALL, path), "utf8"), path).toBe(content);
    }
    const cwd = await temporaryFolder();
    const { code, stdout, stderr } = await metai(["verify", SMALL, "--quiet"], {
      cwd,
      env: OFFLINE,
    });
    expect(code, stdout + stderr).toBe(0);
  });

  test("says where a replay comes out otherwise than a forged journal", async () => {
    const folder = await forged((event) =>
      event.type === "outcome" && event.generation === 0 && event.task_id === "Fresh/4"
        ? { ...event, outcome: "crashed", reason: "its process died" }
        : event,
    );
    const cwd = await temporaryFolder();
    const { code, stdout, stderr } = await metai(["replay", folder, ...AGAIN], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^task outcomes +\d+ +1 differ$/m);
    expect(stdout).toMatch(
      /generation 0, agent [0-9a-f]{8}, Fresh\/4: crashed \(its process died\) in the run, failed/,
    );
    expect(stdout).toContain("Not identical.");
    expect(onlyLine(stderr.replace(/^Warning: .*\n/, ""))).toMatch(/differs from the run in/);
  });

  test("is not confirmed where a table beside the journal was changed", async () => {
    const cwd = await temporaryFolder();
    const folder = join(cwd, "edited");
    cpSync(SMALL, folder, { recursive: true });
    const path = join(folder, "scores.csv");
    writeFileSync(path, readFileSync(path, "utf8").replace("accepted: 5 > 2", "accepted: 7 > 2"));
    const { code, stdout } = await metai(["replay", folder, ...AGAIN], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^its own files +\d+ +1 differ$/m);
    expect(stdout).toMatch(/^scores\.csv +1 +identical$/m);
  });
});

/** A run of three generations on HumanEval that these replies drive. */
async function runOf(script: readonly ScriptedReply[], ...args: string[]) {
  const cwd = await temporaryFolder();
  const server = await startApiServer(script);
  const env = { OPENAI_API_KEY: "sk-test-0123456789", OPENAI_BASE_URL: server.baseUrl };
  const size = ["--generations", "3", "--held-out", "3", "--model", "tiny"];
  const started = startMetai(["self-improve", ...size, ...args], { cwd, env });
  return { cwd, results: join(cwd, "results"), started, server };
}

const ANSWERS = [2, 1, 4].map((count) => completion(answerWith(agentPassing(count))));

describe("a run that was stopped", () => {
  test.for<[how: string, script: ScriptedReply[], args: string[], ended: object]>([
    [
      "by its budget",
      ANSWERS,
      ["--max-tokens-total", "200"],
      { status: "done", ended: "budget", problem: expect.stringContaining("200 tokens") },
    ],
    [
      "by a server that refuses it",
      [...ANSWERS.slice(0, 2), apiError(401, { message: "no such key" })],
      [],
      { status: "failed", problem: expect.stringMatching(/key/) },
    ],
  ])("%s is replayed as far as it went, and ends the same", async ([, script, args, ended]) => {
    const { cwd, results, started, server } = await runOf(script, ...args);
    await started;
    const asked = server.requests.length;
    expect(readManifest(results)).toMatchObject(ended);
    const { code, stdout, stderr } = await metai(["replay", "results", ...AGAIN], { cwd });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(
      /The run was stopped \(\w+\): it was replayed as far as its record goes/,
    );
    expect(evidenceOf(join(cwd, "again"))).toEqual(evidenceOf(results));
    const { status, problem } = readManifest(results);
    expect(readManifest(join(cwd, "again"))).toMatchObject({ ...ended, status, problem });
    expect(server.requests).toHaveLength(asked);
    const verified = await metai(["verify", "again", "--quiet"], { cwd });
    expect(verified.code, verified.stdout + verified.stderr).toBe(0);
  });

  test.skipIf(process.platform === "win32")(
    "by Ctrl-C during a request is replayed to there",
    async () => {
      const slow = { ...completion("too late"), delayMs: 20_000 };
      const { cwd, results, started, server } = await runOf([...ANSWERS.slice(0, 2), slow]);
      await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(3);
      started.kill("SIGINT");
      await started;
      expect(readManifest(results).status).toBe("interrupted");
      const { code, stdout, stderr } = await metai(["replay", "results", ...AGAIN], { cwd });
      expect(code, stdout + stderr).toBe(0);
      expect(evidenceOf(join(cwd, "again"))).toEqual(evidenceOf(results));
      expect(readManifest(join(cwd, "again")).status).toBe("interrupted");
    },
  );
});

describe("replay refuses", () => {
  test.for<[what: string, prepare: (folder: string) => void, code: number, said: RegExp]>([
    [
      "a folder without a journal",
      (folder) => writeFileSync(join(folder, "journal.jsonl"), ""),
      2,
      /tells of no run/,
    ],
    [
      "a run that has not ended",
      (folder) => {
        const path = join(folder, "journal.jsonl");
        const lines = readFileSync(path, "utf8").trimEnd().split("\n");
        writeFileSync(path, lines.slice(0, -1).join("\n") + "\n");
      },
      2,
      /has not ended: .*--resume/,
    ],
    [
      "a journal that was changed",
      (folder) => {
        const path = join(folder, "journal.jsonl");
        writeFileSync(path, readFileSync(path, "utf8").replace('"passed":5', '"passed":6'));
      },
      1,
      /journal\.jsonl, line \d+: .*changed or damaged/,
    ],
    [
      "a journal that something was written after",
      (folder) => appendFileSync(join(folder, "journal.jsonl"), '{"seq":'),
      1,
      /cannot be replayed, for journal\.jsonl, line \d+: it is torn/,
    ],
    [
      "a run one of whose texts was changed",
      (folder) => {
        const { event } = linesOf(folder).find((line) => line.event.type === "request") ?? {};
        const hash = event?.type === "request" ? event.entry_sha256 : "";
        writeFileSync(join(folder, "objects", hash), "{}");
      },
      1,
      /cannot be replayed, for objects\/[0-9a-f]{64}: /,
    ],
  ])("%s, in one line", async ([, prepare, code, said]) => {
    const cwd = await temporaryFolder();
    cpSync(SMALL, join(cwd, "run"), { recursive: true });
    prepare(join(cwd, "run"));
    const refused = await metai(["replay", "run", ...AGAIN], { cwd });
    expect(refused).toMatchObject({ code, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(said);
    expect(Object.keys(contentsOf(cwd)).filter((name) => name.startsWith("again"))).toEqual([]);
  });

  test("its own folder, another run's, and tasks that are not the run's", async () => {
    const cwd = await temporaryFolder();
    cpSync(SMALL, join(cwd, "run"), { recursive: true });
    const before = contentsOf(join(cwd, "run"));
    const own = await metai(["replay", "run", "--results", "run", "--reset-results"], { cwd });
    expect(own.code).toBe(2);
    expect(onlyLine(own.stderr)).toMatch(/The run to be replayed is in run itself/);
    expect(contentsOf(join(cwd, "run"))).toEqual(before);

    expect((await metai([...SHORT_MOCK_RUN, "--results", "again"], { cwd })).code).toBe(0);
    const earlier = await metai(["replay", "run", ...AGAIN], { cwd });
    expect(earlier.code).toBe(2);
    expect(onlyLine(earlier.stderr)).toMatch(/already holds a run: add --reset-results/);
    const replaced = await metai(["replay", "run", ...AGAIN, "--reset-results"], { cwd });
    expect(replaced.code, replaced.stderr).toBe(0);

    const tasks = readFileSync(new URL("../../data/fresh.jsonl", import.meta.url), "utf8");
    writeFileSync(join(cwd, "mine.jsonl"), tasks.split("\n").slice(1).join("\n"));
    const other = ["replay", "run", "--results", "other", "--benchmark", "mine.jsonl"];
    const refused = await metai(other, { cwd });
    expect(refused.code).toBe(2);
    expect(lastLine(refused.stderr)).toMatch(/cannot be replayed here: .*SHA-256/);
  });

  test("a run on a file of tasks until the file is named", async () => {
    const cwd = await temporaryFolder();
    const tasks = readFileSync(new URL("../../data/fresh.jsonl", import.meta.url), "utf8");
    writeFileSync(join(cwd, "mine.jsonl"), tasks.split("\n").slice(1, 5).join("\n"));
    const run = await metai([...SHORT_MOCK_RUN, "--benchmark", "mine.jsonl"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    const unnamed = await metai(["replay", "results", ...AGAIN], { cwd });
    expect(unnamed.code).toBe(2);
    expect(onlyLine(unnamed.stderr)).toMatch(/mine\.jsonl: .*--benchmark FILE/);
    const named = ["replay", "results", ...AGAIN, "--benchmark", "mine.jsonl"];
    const { code, stdout, stderr } = await metai(named, { cwd });
    expect(code, stdout + stderr).toBe(0);
  });
});
