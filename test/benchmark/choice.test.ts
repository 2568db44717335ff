import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { openForRun, readAllTasks } from "../../src/benchmark/choice.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { ARCHIVE_SHA256, CONTENT_SHA256, sha256Of } from "./copies.ts";

const watching = { signal: new AbortController().signal, onEvent: () => {} };

const ids = (tasks: readonly { task_id: string }[]) => tasks.map(({ task_id }) => task_id);
const numbered = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${prefix}/${from + index}`);

/** A file of so many problems. */
const problems = (count: number) =>
  numbered("mine", 0, count)
    .map((task_id) => JSON.stringify({ task_id, prompt: "", entry_point: "f", test: "", level: 1 }))
    .join("\n");

test("a run on HumanEval selects on the first ten and holds out the other 154", async () => {
  const dataDir = await temporaryFolder();
  const choice = { kind: "humaneval", path: humanEvalArchive, dataDir } as const;
  const { tasks, heldOut, ...rest } = await openForRun(choice, watching);
  expect(ids(tasks)).toEqual(numbered("HumanEval", 0, 10));
  expect(ids(heldOut)).toEqual(numbered("HumanEval", 10, 164));
  expect(rest).toEqual({
    name: "HumanEval",
    archiveSha256: ARCHIVE_SHA256,
    contentSha256: CONTENT_SHA256,
  });
});

test("a run on Fresh selects on the first ten and holds out the other 14", async () => {
  const { tasks, heldOut, ...rest } = await openForRun(
    { kind: "shipped", name: "fresh" },
    watching,
  );
  expect(ids(tasks)).toEqual(numbered("Fresh", 0, 10));
  expect(ids(heldOut)).toEqual(numbered("Fresh", 10, 24));
  const file = new URL("../../data/fresh.jsonl", import.meta.url);
  const contentSha256 = sha256Of(readFileSync(file));
  expect(rest).toEqual({ name: "Fresh", archiveSha256: null, contentSha256 });
});

test("no task that a run gets holds its solution", async () => {
  const { tasks, heldOut } = await openForRun({ kind: "shipped", name: "fresh" }, watching);
  for (const task of [...tasks, ...heldOut]) {
    expect(Object.keys(task).toSorted()).toEqual(["entry_point", "prompt", "task_id", "test"]);
  }
});

test.for([
  [12, 10],
  [10, 10],
  [3, 3],
] as const)("of a file of %i tasks a run selects on %i", async ([count, selected]) => {
  const path = join(await temporaryFolder(), "mine.jsonl");
  writeFileSync(path, problems(count));
  const { name, tasks, heldOut } = await openForRun({ kind: "file", path }, watching);
  expect(name).toBe("mine.jsonl");
  expect(ids(tasks)).toEqual(numbered("mine", 0, selected));
  expect(ids(heldOut)).toEqual(numbered("mine", selected, count));
  expect(ids(await readAllTasks({ kind: "file", path }, watching))).toHaveLength(count);
});

test("a file is on record by its content, packed or not", async () => {
  const folder = await temporaryFolder();
  const open = (name: string, bytes: Buffer) => {
    writeFileSync(join(folder, name), bytes);
    return openForRun({ kind: "file", path: join(folder, name) }, watching);
  };
  const content = Buffer.from(problems(2));
  const contentSha256 = sha256Of(content);
  expect(await open("a.jsonl", content)).toMatchObject({ contentSha256, archiveSha256: null });
  const packed = gzipSync(content);
  expect(await open("a.jsonl.gz", packed)).toMatchObject({
    contentSha256,
    archiveSha256: sha256Of(packed),
  });
});

test.for(["HumanEval", "fresh", "PRACTICE"])("a file named %s is refused", async (name) => {
  const path = join(await temporaryFolder(), name);
  writeFileSync(path, problems(1));
  await expect(openForRun({ kind: "file", path }, watching)).rejects.toThrow(
    /has the name of the benchmark (HumanEval|Fresh|Practice): rename/,
  );
});
