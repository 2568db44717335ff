import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { extractPython } from "../../src/core/extract.ts";
import type { TranscriptEntry } from "../../src/core/ports.ts";
import { Task } from "../../src/core/records.ts";
import { mockProposer } from "../../src/proposer/mock.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";

const TASKS = gunzipSync(readFileSync(humanEvalArchive))
  .toString("utf8")
  .split("\n")
  .slice(0, 10)
  .map((line) => Task.strip().parse(JSON.parse(line)));

/** Judges an agent of our own, which can be trusted, in one plain interpreter. */
const JUDGE = `
import json, sys
agent, tasks = json.load(sys.stdin)
space = {"__name__": "agent"}
exec(compile(agent, "agent.py", "exec"), space)
passed = []
for task in tasks:
    source = space["solve"](task["prompt"], task["entry_point"])
    program = {"__name__": "program"}
    alone = f"def {task['entry_point']}(" in source
    try:
        exec(source if alone else task["prompt"] + source, program)
        exec(task["test"], program)
        program["check"](program[task["entry_point"]])
        passed.append(task["entry_point"])
    except Exception:
        pass
print(json.dumps(passed))
`;

function judge(agent: string): string[] {
  const python = process.platform === "win32" ? "python" : "python3";
  const input = JSON.stringify([agent, TASKS]);
  const { stdout, stderr, status } = spawnSync(python, ["-I", "-c", JUDGE], {
    input,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return z.array(z.string()).parse(JSON.parse(stdout));
}

async function answerOf(generation: number, entries: TranscriptEntry[] = []): Promise<string> {
  const { answer, usage, responseModel } = await mockProposer().propose(
    { generation, parentSource: "", tasks: [], child: 1, archive: [] },
    {
      signal: new AbortController().signal,
      onEvent: () => {},
      record: async (entry) => void entries.push(entry),
    },
  );
  expect({ usage, responseModel }).toEqual({ usage: null, responseModel: null });
  return answer;
}

async function sourceOf(generation: number): Promise<string> {
  const result = extractPython(await answerOf(generation));
  if (!result.ok) throw new Error(result.reason);
  return result.source;
}

const seed = readFileSync(new URL("../../src/agents/seed_agent.py", import.meta.url), "utf8");

describe("on the first ten tasks", () => {
  test("the seed is weak, and the script is accepted, rejected, and accepted again", async () => {
    const passes = {
      seed: judge(seed).length,
      first: judge(await sourceOf(1)).length,
      second: judge(await sourceOf(2)).length,
      fourth: judge(await sourceOf(4)).length,
    };
    expect(passes.seed).toBeLessThanOrEqual(2);
    expect(passes.first).toBeGreaterThan(passes.seed);
    expect(passes.second).toBeLessThanOrEqual(passes.first);
    expect(passes.fourth).toBeGreaterThan(passes.first);
    // A perfect score would end the run before the fifth answer.
    expect(passes.fourth).toBeLessThan(TASKS.length);
  });

  test("the seed gives every task a body that compiles", () => {
    const compiles = `import json, sys
agent, tasks = json.load(sys.stdin)
exec(agent)
for task in tasks:
    compile(task["prompt"] + solve(task["prompt"], task["entry_point"]), "program", "exec")`;
    const input = JSON.stringify([seed, TASKS]);
    const python = process.platform === "win32" ? "python" : "python3";
    expect(spawnSync(python, ["-I", "-c", compiles], { input }).status).toBe(0);
  });
});

describe("the script", () => {
  test("drives every path of the loop", async () => {
    expect(extractPython(await answerOf(3))).toMatchObject({ ok: false });
    const broken = await sourceOf(5);
    expect(() => judge(broken)).toThrow(/SyntaxError/);
  });

  test("goes on with answers that are all rejected", async () => {
    const answers = await Promise.all([2, 3, 4, 5].map((generation) => answerOf(generation)));
    const later = await Promise.all([6, 7, 8, 9, 10].map((generation) => answerOf(generation)));
    expect(later).toEqual([...answers, answers[0]]);
  });

  test("says in every file that no model wrote it", async () => {
    for (const generation of [1, 2, 4, 5]) expect(await sourceOf(generation)).toMatch(/^"""Canned/);
  });

  test("leaves a transcript", async () => {
    const entries: TranscriptEntry[] = [];
    const answer = await answerOf(1, entries);
    expect(entries).toMatchObject([
      { type: "request", generation: 1, model: "mock-script", script: "1-accepted.md" },
      { type: "response", generation: 1, body: answer, usage: null },
    ]);
  });

  test("is not begun after an abort", async () => {
    const context = { signal: AbortSignal.abort(), onEvent: () => {}, record: async () => {} };
    const request = { generation: 1, parentSource: "", tasks: [], child: 1, archive: [] };
    await expect(mockProposer().propose(request, context)).rejects.toThrow(/abort/);
  });
});
