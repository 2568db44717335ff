import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeEach, expect, test, vi } from "vitest";

import { dataPull, dataShow, dataVerify } from "../../src/commands/data.ts";
import { UserError } from "../../src/errors.ts";
import { archive, content, contentWithChangedRecord, repacked } from "../benchmark/copies.ts";
import { deadAddress } from "../benchmark/server.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const { signal } = new AbortController();

const stdout: string[] = [];
const stderr: string[] = [];

beforeEach(() => {
  vi.spyOn(console, "log").mockImplementation((line: string) => stdout.push(line));
  vi.spyOn(console, "error").mockImplementation((line: string) => stderr.push(line));
  vi.stubEnv("METAI_HUMANEVAL", undefined);
  return () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  };
});

/** An empty data folder, an empty cache and no network. */
async function setUp() {
  const root = await temporaryFolder();
  vi.stubEnv("METAI_CACHE", join(root, "cache"));
  vi.stubEnv("METAI_HUMANEVAL_URL", await deadAddress());
  const data = join(root, "data");
  return { root, data, options: { data, humaneval: humanEvalArchive } };
}

async function run(command: Promise<void>): Promise<{ out: string; err: string; error: unknown }> {
  stdout.length = 0;
  stderr.length = 0;
  const error: unknown = await command.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { out: stdout.join("\n"), err: stderr.join("\n"), error };
}

test("pull says whence it came and what it wrote", async () => {
  const { data, options } = await setUp();
  const { out, error } = await run(dataPull(options, signal));
  expect(error).toBeNull();
  expect(out).toContain(humanEvalArchive);
  for (const name of ["HumanEval.jsonl.gz", "tasks.json", "source_metadata.json"]) {
    expect(out).toMatch(new RegExp(`${name} +written`));
  }
  expect(await readdir(data)).toHaveLength(3);
  const again = await run(dataPull({ data, json: true }, signal));
  expect(JSON.parse(again.out)).toMatchObject({
    source: { kind: "data-folder" },
    files: [{ status: "unchanged" }, { status: "unchanged" }, { status: "unchanged" }],
  });
});

test("pull without any source reports each address on standard error and fails", async () => {
  const { root, data } = await setUp();
  const { out, err, error } = await run(dataPull({ data }, signal));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ kind: "failed" });
  expect(out).toBe("");
  expect(err).toContain("connection refused");
  expect(await readdir(root)).toEqual([]);
});

test("pull --force replaces a damaged archive", async () => {
  const { data, options } = await setUp();
  await mkdir(data);
  await writeFile(join(data, "HumanEval.jsonl.gz"), repacked);
  expect((await run(dataPull(options, signal))).error).toMatchObject({ kind: "failed" });
  expect((await run(dataPull({ ...options, force: true }, signal))).out).toMatch(
    /jsonl\.gz +restored/,
  );
  expect((await readFile(join(data, "HumanEval.jsonl.gz"))).equals(archive)).toBe(true);
});

test("verify is content with what pull produced", async () => {
  const { data, options } = await setUp();
  await run(dataPull(options, signal));
  const { out, error } = await run(dataVerify({ data }));
  expect(error).toBeNull();
  expect(out.split("\n")).toHaveLength(5);
  expect(out.split("\n").every((line) => line.endsWith("  ok"))).toBe(true);
});

test("verify of nothing is a failure that says how to get it", async () => {
  const { data } = await setUp();
  const { error } = await run(dataVerify({ data }));
  expect(error).toMatchObject({ kind: "failed" });
  expect(String(error)).toContain("metai data pull");
});

test.each([
  ["HumanEval.jsonl.gz", repacked, "archive"],
  ["HumanEval.jsonl.gz", archive.subarray(0, 5000), "archive"],
  ["tasks.json", Buffer.from("[]"), "tasks.json"],
  ["source_metadata.json", Buffer.from('{"retrieved": null}'), "source_metadata.json"],
])("verify answers no for a wrong %s", async (name, bytes, check) => {
  const { data, options } = await setUp();
  await run(dataPull(options, signal));
  await writeFile(join(data, name), bytes);
  const { out, error } = await run(dataVerify({ data, json: true }));
  expect(error).toMatchObject({ kind: "refused" });
  const report = JSON.parse(out);
  expect(report.ok).toBe(false);
  const failed = report.checks.filter((one: { ok: boolean }) => !one.ok);
  expect(failed[0]).toMatchObject({ check, path: join(data, name) });
  expect(failed[0].problem).toMatch(/expected .+, found .+/);
});

test("verify answers no where a file is missing or its origin is not on record", async () => {
  const { data, options } = await setUp();
  await run(dataPull(options, signal));
  await rm(join(data, "source_metadata.json"));
  await rm(join(data, "HumanEval.jsonl.gz"));
  const { out, error } = await run(dataVerify({ data }));
  expect(error).toMatchObject({ kind: "refused" });
  expect(out).toMatch(/^archive .*not there/m);
  expect(out).toMatch(/^source_metadata\.json .*not there/m);
  expect(out).toMatch(/^tasks\.json .*ok$/m);
});

test("verify of an unpacked copy names the record that differs, with both hashes", async () => {
  const { root, data, options } = await setUp();
  await run(dataPull(options, signal));
  const humaneval = join(root, "HumanEval.jsonl");
  await writeFile(humaneval, content);
  expect((await run(dataVerify({ data, humaneval }))).error).toBeNull();
  await writeFile(humaneval, contentWithChangedRecord());
  const { out, error } = await run(dataVerify({ data, humaneval }));
  expect(error).toMatchObject({ kind: "refused" });
  expect(out).toMatch(
    /^first ten records .*HumanEval\/3 expected 7bdc78a1473468d9ce7ff4cacbad0623aa26e2a086f4caa388e35685c6984133, found [0-9a-f]{64}$/m,
  );
  expect(out).not.toContain("HumanEval/4 ");
});

test("show lists the ten tasks and what each asks, with no test and without writing", async () => {
  const { root, options } = await setUp();
  const { out } = await run(dataShow(undefined, options, signal));
  expect(out.split("\n")).toHaveLength(10);
  expect(out).toMatch(/^HumanEval\/3 +below_zero +You're given a list of deposit/m);
  expect(out).not.toContain("assert");
  expect(await readdir(root)).toEqual([]);
});

test.each(["HumanEval/3", "3"])(
  "show %s prints the prompt, and the test only if asked",
  async (task) => {
    const { options } = await setUp();
    const { out } = await run(dataShow(task, options, signal));
    expect(out).toContain("def below_zero(operations: List[int]) -> bool:");
    expect(out).not.toContain("check(candidate)");
    const withTest = await run(dataShow(task, { ...options, test: true }, signal));
    expect(withTest.out).toContain("check(candidate)");
    const json = await run(dataShow(task, { ...options, json: true }, signal));
    expect(Object.keys(JSON.parse(json.out))).toEqual(["task_id", "prompt", "entry_point"]);
  },
);

test("show reaches all 164 tasks and refuses a 165th", async () => {
  const { options } = await setUp();
  expect((await run(dataShow("163", options, signal))).out).toContain("generate_integers");
  const { error } = await run(dataShow("164", options, signal));
  expect(String(error)).toContain("HumanEval/0 to HumanEval/163");
});

test("show --test without a task is refused", async () => {
  const { options } = await setUp();
  const { error } = await run(dataShow(undefined, { ...options, test: true }, signal));
  expect(error).toBeInstanceOf(UserError);
});

test("verify sees a damaged archive in the data folder, whatever copy is named besides", async () => {
  const { data, options } = await setUp();
  await run(dataPull(options, signal));
  await writeFile(join(data, "HumanEval.jsonl.gz"), "junk");
  const { out, error } = await run(dataVerify(options));
  expect(error).toMatchObject({ kind: "refused" });
  expect(out).toMatch(/expected b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef/);
});
