import { mkdir, readFile, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { FindOptions } from "../../src/benchmark/find.ts";
import { readMetadata, renderMetadata } from "../../src/benchmark/metadata.ts";
import { openBenchmark } from "../../src/benchmark/open.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { archive, content, repacked, sha256Of } from "./copies.ts";
import { serve } from "./server.ts";

const FILES = ["HumanEval.jsonl.gz", "source_metadata.json", "tasks.json"];
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

async function setUp() {
  const root = await temporaryFolder();
  const data = join(root, "data");
  const options: FindOptions = {
    path: humanEvalArchive,
    dataDir: data,
    cacheDir: join(root, "cache"),
    urls: [],
    env: {},
  };
  const read = (name: string) => readFile(join(data, name), "utf8");
  const put = async (name: string, bytes: Uint8Array | string) => {
    await mkdir(data, { recursive: true });
    await writeFile(join(data, name), bytes);
  };
  return { root, data, options, read, put };
}

async function age(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await utimes(join(folder, name), LONG_AGO, LONG_AGO);
}

async function touched(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const times = await Promise.all(names.map((name) => stat(join(folder, name))));
  return names.filter((_, index) => times[index]?.mtimeMs !== LONG_AGO.getTime()).toSorted();
}

test("produces the archive, tasks.json and source_metadata.json, and nothing else", async () => {
  const { data, options } = await setUp();
  const { files } = await openBenchmark(options);
  expect((await readdir(data)).toSorted()).toEqual(FILES);
  expect(files.map(({ status }) => status)).toEqual(["written", "written", "written"]);
  expect((await readFile(join(data, "HumanEval.jsonl.gz"))).equals(archive)).toBe(true);
});

test("tasks.json holds exactly the four fields, byte for byte as in the archive", async () => {
  const { options, read } = await setUp();
  await openBenchmark(options);
  const text = await read("tasks.json");
  const tasks: unknown = JSON.parse(text);
  const lines = content.toString("utf8").split("\n").slice(0, 10);
  expect(tasks).toEqual(
    lines.map((line) => {
      const { canonical_solution: _, ...rest } = JSON.parse(line);
      return rest;
    }),
  );
  const fields = [...text.matchAll(/^ {4}("\w+": )(".*"),?$/gm)];
  expect(fields).toHaveLength(40);
  fields.forEach(([, name, literal], index) => {
    // The same string literal, escapes and all, in the raw line of the archive.
    expect(lines[Math.floor(index / 4)]).toContain(`${name}${literal}`);
  });
  expect(fields.slice(0, 4).map(([, name]) => name)).toEqual([
    '"task_id": ',
    '"prompt": ',
    '"entry_point": ',
    '"test": ',
  ]);
});

test("completes source_metadata.json with when, whence and what, and no folder of the user's", async () => {
  const { root, options, put, read } = await setUp();
  await put("source_metadata.json", renderMetadata(null));
  const before = Date.now();
  await openBenchmark(options);
  const text = await read("source_metadata.json");
  const reading = readMetadata(text);
  if (!reading.ok || !reading.retrieved) throw new Error(text);
  const { at, ...rest } = reading.retrieved;
  expect(at).toMatch(/Z$/);
  expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  const tasks = Buffer.from(await read("tasks.json"));
  expect(rest).toEqual({
    from: "--humaneval or METAI_HUMANEVAL: HumanEval.jsonl.gz",
    archive_bytes: archive.length,
    content_bytes: content.length,
    tasks_json_bytes: tasks.length,
    tasks_json_sha256: sha256Of(tasks),
  });
  expect(text).not.toContain(root);
});

test("a download is recorded by its address", async () => {
  const url = await serve((_, response) => {
    response.end(archive);
  });
  const { options, read } = await setUp();
  await openBenchmark({ ...options, path: undefined, urls: [`${url}?token=secret`] });
  expect(JSON.parse(await read("source_metadata.json")).retrieved.from).toBe(url);
});

test("what is right is not rewritten, whatever the source of the next call", async () => {
  const { data, options } = await setUp();
  await openBenchmark(options);
  await age(data);
  const { files } = await openBenchmark({ ...options, path: undefined });
  await openBenchmark({ ...options, force: true });
  expect(files.every(({ status }) => status === "unchanged")).toBe(true);
  expect(await touched(data)).toEqual([]);
});

test("an edited tasks.json is never used, and restored", async () => {
  const { data, options, read, put } = await setUp();
  await openBenchmark(options);
  const right = await read("tasks.json");
  await put("tasks.json", right.replaceAll("has_close_elements", "has_far_elements"));
  await age(data);
  const { tasks, files } = await openBenchmark({ ...options, path: undefined });
  expect(tasks[0]?.entry_point).toBe("has_close_elements");
  expect(await read("tasks.json")).toBe(right);
  expect(files).toContainEqual({ path: join(data, "tasks.json"), status: "restored" });
  expect(await touched(data)).toEqual(["tasks.json"]);
});

test.each([
  ["not JSON", "{"],
  ["without its retrieval", "{}"],
  ["with another checksum", renderMetadata(null).replace("b796127e", "00000000")],
])("a source_metadata.json that is %s is restored", async (_, text) => {
  const { options, read, put } = await setUp();
  await put("source_metadata.json", text);
  await openBenchmark(options);
  expect(readMetadata(await read("source_metadata.json"))).toMatchObject({
    ok: true,
    retrieved: { archive_bytes: archive.length },
  });
});

test("a wrong archive in the data folder is kept, and replaced only by force", async () => {
  const { data, options, put } = await setUp();
  await put("HumanEval.jsonl.gz", repacked);
  const path = join(data, "HumanEval.jsonl.gz");
  await expect(openBenchmark(options)).rejects.toThrow(sha256Of(repacked));
  expect(await readdir(data)).toEqual(["HumanEval.jsonl.gz"]);
  expect((await readFile(path)).equals(repacked)).toBe(true);
  await openBenchmark({ ...options, force: true });
  expect((await readFile(path)).equals(archive)).toBe(true);
});

test("an unpacked source leaves no archive, and an archive later completes the record", async () => {
  const { root, data, options, read } = await setUp();
  const path = join(root, "HumanEval.jsonl");
  await writeFile(path, content);
  await openBenchmark({ ...options, path });
  expect((await readdir(data)).toSorted()).toEqual(["source_metadata.json", "tasks.json"]);
  const recorded = async () => JSON.parse(await read("source_metadata.json")).retrieved;
  expect(await recorded()).toMatchObject({ archive_bytes: null, content_bytes: content.length });
  await openBenchmark(options);
  expect(await recorded()).toMatchObject({ archive_bytes: archive.length });
});

test("a data folder that cannot be written is one plain error", async () => {
  const { root, options } = await setUp();
  const dataDir = join(root, "a-file");
  await writeFile(dataDir, "in the way");
  const promise = openBenchmark({ ...options, dataDir });
  await expect(promise).rejects.toMatchObject({ name: "UserError", kind: "failed" });
  await expect(promise).rejects.toThrow(`The data folder ${dataDir} cannot be written`);
  expect(await readFile(dataDir, "utf8")).toBe("in the way");
});
