import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import {
  checkWritable,
  ownFiles,
  resetResults,
  ResultsFolder,
} from "../../src/store/results-folder.ts";
import { readCandidates, readScores } from "../../src/store/tables.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { sha256 } from "../loop/parts.ts";
import { rowOf } from "./rows.ts";

async function fill(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), name);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();
}

const OWN = [
  "agent_gen0.py",
  "agent_gen12.py",
  "agent_gen12_candidate.py",
  "candidates.csv",
  "candidates/gen1_child1.py",
  "candidates/gen12_child64.py.tmp",
  "controls/every-part/agent_gen0.py",
  "controls/every-part/scores.csv",
  "controls/no-selection/agent_gen3_candidate.py",
  "controls/no-selection/candidates/gen1_child2.py",
  "controls/no-selection/manifest.json.tmp",
  "controls/no-selection/scores.csv",
  "controls/no-selection/transcripts/gen1_child2.jsonl",
  "held_out_outcomes.csv",
  "improvement_curve.pdf",
  "manifest.json",
  "manifest.json.tmp",
  "agent_gen3.py.tmp",
  "scores.csv",
  "scores.csv.tmp",
  "task_outcomes.csv",
  "transcripts/gen1.jsonl",
  "transcripts/gen12.jsonl",
  "transcripts/gen12_child3.jsonl",
];

const STRANGERS = [
  "notes.txt",
  "agent_gen1.py.bak",
  "agent_gen1_candidate_mine.py",
  "agent_genX.py",
  "my_agent_gen1.py",
  "scores.csv.old",
  "other.tmp",
  "candidates/mine.py",
  "candidates/gen1_child1.py.bak",
  "controls/mine.txt",
  "controls/scores.csv",
  "controls/mine/scores.csv",
  "controls/no-selection/mine.py",
  "controls/no-selection/mine.txt",
  "controls/no-selection/candidates/mine.py",
  "controls/no-selection/controls/no-selection/scores.csv",
  "transcripts/mine.txt",
  "transcripts/gen1.jsonl.bak",
  "earlier/scores.csv",
  "transcripts/earlier/gen1.jsonl",
];

describe("resetting a folder", () => {
  test("removes what metai wrote, what a killed run left half-written, and nothing else", async () => {
    const folder = await temporaryFolder();
    await fill(folder, [...OWN, ...STRANGERS]);
    await resetResults(folder);
    expect(await filesIn(folder)).toEqual(STRANGERS.toSorted());
    await resetResults(folder);
    expect(await filesIn(folder)).toEqual(STRANGERS.toSorted());
  });

  test("leaves no empty folder of its own", async () => {
    const folder = await temporaryFolder();
    await fill(folder, OWN);
    await resetResults(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  test("removes no folder that has the name of a file of ours", async () => {
    const folder = await temporaryFolder();
    await fill(folder, ["scores.csv/mine.txt", "agent_gen1.py/mine.txt"]);
    await resetResults(folder);
    expect(await filesIn(folder)).toHaveLength(2);
  });

  test("of a folder that is not there is nothing", async () => {
    const folder = join(await temporaryFolder(), "nowhere");
    await resetResults(folder);
    expect(await ownFiles(folder)).toEqual([]);
  });
});

test("a folder's own files are those of a run", async () => {
  const folder = await temporaryFolder();
  await fill(folder, STRANGERS);
  expect(await ownFiles(folder)).toEqual([]);
  await fill(folder, OWN);
  const expected = OWN.map((name) => join(folder, name));
  expect((await ownFiles(folder)).toSorted()).toEqual(expected.toSorted());
});

test("a run's folder is made, and every file in it is whole", async () => {
  const folder = join(await temporaryFolder(), "deep", "results");
  const store = new ResultsFolder(folder);
  await store.recordExchange(1, null, { type: "request", text: "line\nbreak" });
  await store.recordExchange(1, null, { type: "response", text: "ü" });
  await store.writeCandidate(1, "candidate = 'ü'\n");
  expect(await store.writeAgent(1, "agent = 'ü'\n")).toBe(sha256("agent = 'ü'\n"));
  expect(await filesIn(folder)).toEqual([
    "agent_gen1.py",
    "agent_gen1_candidate.py",
    "transcripts/gen1.jsonl",
  ]);
  expect(await readFile(join(folder, "agent_gen1.py"), "utf8")).toBe("agent = 'ü'\n");
  const lines = await readFile(join(folder, "transcripts", "gen1.jsonl"), "utf8");
  expect(
    lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { type: "request", text: "line\nbreak" },
    { type: "response", text: "ü" },
  ]);
});

test("each generation that closes adds its row and its outcomes to whole tables", async () => {
  const folder = await temporaryFolder();
  const store = new ResultsFolder(folder);
  const outcome = {
    task_id: "Task/0",
    outcome: "failed",
    reason: "a, b",
    duration_ms: 1.5,
  } as const;
  await store.closeGeneration(rowOf(), [outcome], []);
  expect(await readScores(join(folder, "scores.csv"))).toEqual([rowOf()]);
  const second = rowOf({ generation: 1, accepted: false, candidate_passed: null });
  await store.closeGeneration(second, [], []);
  await store.closeGeneration(rowOf({ generation: 2 }), [{ ...outcome, outcome: "passed" }], []);
  const scores = await readScores(join(folder, "scores.csv"));
  expect(scores).toEqual([rowOf(), second, rowOf({ generation: 2 })]);
  expect(await readFile(join(folder, "task_outcomes.csv"), "utf8")).toBe(
    "generation,task_id,outcome,reason,duration_ms\n" +
      '0,Task/0,failed,"a, b",1.5\n' +
      '2,Task/0,passed,"a, b",1.5\n',
  );
});

test("each child has a file and a transcript of its own, and a row in the table", async () => {
  const folder = await temporaryFolder();
  const store = new ResultsFolder(folder);
  const children = [1, 2].map((child) => ({
    generation: 1,
    child,
    status: child === 1 ? ("invalid" as const) : ("evaluated" as const),
    passed: child === 1 ? null : 3,
    total: 10,
    reason: child === 1 ? "=no, it is none" : "",
    agent_sha256: child === 1 ? null : "12".repeat(32),
    chosen: child === 2,
    duration_ms: 12.5,
  }));
  await store.recordExchange(1, 2, { type: "request" });
  const hash = await store.writeChild(1, 2, "agent = 1\n");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await store.writeCandidate(1, "agent = 1\n")).toBe(hash);
  await store.closeGeneration(rowOf(), [], []);
  await store.closeGeneration(rowOf({ generation: 1, candidates: 2 }), [], children);
  expect(await filesIn(folder)).toEqual([
    "agent_gen1_candidate.py",
    "candidates.csv",
    "candidates/gen1_child2.py",
    "scores.csv",
    "task_outcomes.csv",
    "transcripts/gen1_child2.jsonl",
  ]);
  expect(await readCandidates(join(folder, "candidates.csv"))).toEqual(children);
});

test("held-out outcomes are added, and the scores that count them replaced", async () => {
  const folder = await temporaryFolder();
  const store = new ResultsFolder(folder);
  const outcome = { task_id: "Hidden/0", outcome: "passed", reason: "", duration_ms: 2 } as const;
  await store.closeGeneration(rowOf(), [], []);
  const scored = rowOf({ held_out_passed: 1, held_out_total: 1 });
  await store.closeHeldOut(0, [outcome], [scored]);
  await store.closeHeldOut(3, [outcome], [scored]);
  expect(await readScores(join(folder, "scores.csv"))).toEqual([scored]);
  expect(await readFile(join(folder, "held_out_outcomes.csv"), "utf8")).toBe(
    "generation,task_id,outcome,reason,duration_ms\n0,Hidden/0,passed,,2\n3,Hidden/0,passed,,2\n",
  );
});

test("a folder is tried before a run, and no trace is left", async () => {
  const folder = join(await temporaryFolder(), "results");
  await checkWritable(folder);
  expect(await readdir(folder)).toEqual([]);
  await writeFile(join(folder, "file"), "");
  await expect(checkWritable(join(folder, "file"))).rejects.toThrow(/EEXIST|ENOTDIR/);
});
