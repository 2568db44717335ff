import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { type FindOptions, findBenchmark } from "../../src/benchmark/find.ts";
import { UserError } from "../../src/errors.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import {
  ARCHIVE_SHA256,
  CONTENT_SHA256,
  archive,
  content,
  contentWithChangedRecord,
  repacked,
  sha256Of,
  webPage,
} from "./copies.ts";
import { deadAddress, serve } from "./server.ts";

const NAME = "HumanEval.jsonl.gz";

/** Folders that do not exist yet, no environment, and a server that counts its requests. */
async function setUp() {
  const root = await temporaryFolder();
  let requests = 0;
  const url = await serve((_, response) => {
    requests += 1;
    response.end(archive);
  });
  const events: string[] = [];
  const options: FindOptions = {
    dataDir: join(root, "data"),
    cacheDir: join(root, "cache"),
    urls: [url],
    env: {},
    onEvent: (event) => events.push(event.type),
  };
  const put = async (folder: string, bytes: Uint8Array, name = NAME): Promise<string> => {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, name), bytes);
    return join(root, folder, name);
  };
  return { root, url, options, put, events, requests: () => requests };
}

async function refusal(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError) return error;
  throw new Error("expected a UserError", { cause: error });
}

test("gives the ten tasks, all 164 records and the checksums", async () => {
  const { options, put } = await setUp();
  const benchmark = await findBenchmark({ ...options, path: await put("given", archive) });
  expect(benchmark.tasks.map((task) => task.entry_point)).toEqual([
    "has_close_elements",
    "separate_paren_groups",
    "truncate_number",
    "below_zero",
    "mean_absolute_deviation",
    "intersperse",
    "parse_nested_parens",
    "filter_by_substring",
    "sum_product",
    "rolling_max",
  ]);
  expect(Object.keys(benchmark.tasks[0] ?? {})).toEqual([
    "task_id",
    "prompt",
    "entry_point",
    "test",
  ]);
  expect(benchmark.records).toHaveLength(164);
  expect(benchmark.records[163]?.canonical_solution).toContain("return");
  expect(benchmark.archiveSha256).toBe(ARCHIVE_SHA256);
  expect(benchmark.contentSha256).toBe(CONTENT_SHA256);
});

test("takes the given path, then the data folder, then the cache, then the network", async () => {
  const { options, put, requests } = await setUp();
  expect((await findBenchmark(options)).source.kind).toBe("download");
  expect(requests()).toBe(1);
  // The download went to the cache.
  expect((await findBenchmark(options)).source.kind).toBe("cache");
  await put("data", archive);
  expect((await findBenchmark(options)).source.kind).toBe("data-folder");
  const path = await put("given", archive);
  expect((await findBenchmark({ ...options, path })).source).toEqual({ kind: "path", path });
  expect(requests()).toBe(1);
});

test("METAI_HUMANEVAL, METAI_CACHE and METAI_HUMANEVAL_URL stand in for the options", async () => {
  const { root, options, put, url, requests } = await setUp();
  const { dataDir } = options;
  const env = { METAI_CACHE: join(root, "own-cache"), METAI_HUMANEVAL_URL: url };
  expect((await findBenchmark({ dataDir, env })).source).toEqual({
    kind: "download",
    address: url,
  });
  expect(await readdir(join(root, "own-cache"))).toEqual([NAME]);
  const path = await put("given", archive);
  const given = await findBenchmark({ dataDir, env: { ...env, METAI_HUMANEVAL: path } });
  expect(given.source.kind).toBe("path");
  expect(requests()).toBe(1);
});

test("METAI_HUMANEVAL_URL that is no web address is refused without being repeated", async () => {
  const { options } = await setUp();
  const env = { METAI_HUMANEVAL_URL: "ftp://user:hunter2@example.org/x" };
  const error = await refusal(findBenchmark({ ...options, urls: undefined, env }));
  expect(error.message).toContain("METAI_HUMANEVAL_URL");
  expect(error.message).not.toContain("hunter2");
});

test("the path may be a folder that holds the archive", async () => {
  const { root, options, put } = await setUp();
  const path = await put("given", archive);
  const benchmark = await findBenchmark({ ...options, path: join(root, "given") });
  expect(benchmark.source).toEqual({ kind: "path", path });
});

test("the path may be the unpacked content, whatever its name", async () => {
  const { options, put } = await setUp();
  const path = await put("given", content, "HumanEval.jsonl");
  const benchmark = await findBenchmark({ ...options, path });
  expect(benchmark.tasks).toHaveLength(10);
  expect(benchmark).toMatchObject({ archiveSha256: null, contentSha256: CONTENT_SHA256 });
});

test("a given path that is missing is an error, though another source has the file", async () => {
  const { root, options, put, requests } = await setUp();
  await put("data", archive);
  const path = join(root, "nowhere.jsonl.gz");
  const error = await refusal(findBenchmark({ ...options, path }));
  expect(error).toMatchObject({ kind: "failed" });
  expect(error.message).toContain(path);
  expect(error.message).toContain("--humaneval");
  expect(requests()).toBe(0);
});

test.each([
  ["compressed again", repacked, ARCHIVE_SHA256, ""],
  ["cut off", archive.subarray(0, 20_000), ARCHIVE_SHA256, "cut off after 20000 bytes"],
  ["a web page", webPage, CONTENT_SHA256, "web page"],
  ["empty", Buffer.alloc(0), CONTENT_SHA256, "empty"],
  ["changed in one record", contentWithChangedRecord(), CONTENT_SHA256, ""],
])("a given file that is %s is refused with both hashes", async (_, bytes, expected, hint) => {
  const { options, put } = await setUp();
  await put("data", archive);
  const path = await put("given", bytes);
  const { message } = await refusal(findBenchmark({ ...options, path }));
  expect(message).toContain(path);
  expect(message).toContain(`expected ${expected}`);
  expect(message).toContain(`found ${sha256Of(bytes)}`);
  expect(message).toContain(hint);
  expect(message).not.toContain("\n");
});

test("a damaged archive in the data folder is refused, and passed over only by force", async () => {
  const { options, put, requests } = await setUp();
  const path = await put("data", repacked);
  const { message } = await refusal(findBenchmark(options));
  expect(message).toContain(path);
  expect(message).toContain(ARCHIVE_SHA256);
  expect(message).toContain(sha256Of(repacked));
  expect(message).toContain("metai data pull --force");
  expect(requests()).toBe(0);
  expect((await findBenchmark({ ...options, force: true })).source.kind).toBe("download");
});

test("the data folder must hold the archive itself, not its content under that name", async () => {
  const { options, put } = await setUp();
  await put("data", content);
  const { message } = await refusal(findBenchmark(options));
  expect(message).toContain(`SHA-256 of the archive expected ${ARCHIVE_SHA256}`);
});

test("a damaged cache is named, passed over and replaced", async () => {
  const { options, put } = await setUp();
  const path = await put("cache", archive.subarray(0, 100));
  const problems: string[] = [];
  const benchmark = await findBenchmark({
    ...options,
    onEvent: (event) => {
      if (event.type === "cache-unusable") problems.push(`${event.path} ${event.problem}`);
    },
  });
  expect(benchmark.source.kind).toBe("download");
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path);
  expect(problems[0]).toContain(sha256Of(archive.subarray(0, 100)));
  expect((await readFile(path)).equals(archive)).toBe(true);
});

test("a cache that cannot be written costs nothing but the cache", async () => {
  const { root, options, put, events } = await setUp();
  await put("", Buffer.from("a file"), "in-the-way");
  const cacheDir = join(root, "in-the-way", "cache");
  const benchmark = await findBenchmark({ ...options, cacheDir });
  expect(benchmark.tasks).toHaveLength(10);
  expect(events).toContain("cache-not-written");
});

test("nothing anywhere: one error with every way to provide the file and what failed", async () => {
  const { root, options } = await setUp();
  const dead = await deadAddress();
  const missing = await serve((_, response) => {
    response.writeHead(404).end("no such file");
  });
  const error = await refusal(findBenchmark({ ...options, urls: [dead, missing] }));
  expect(error).toMatchObject({ kind: "failed" });
  for (const way of [
    "--humaneval",
    "METAI_HUMANEVAL",
    join(root, "data", NAME),
    join(root, "cache", NAME),
    "https://raw.githubusercontent.com/openai/human-eval/463c980b59e818ace59f6f9803cd92c749ceae61/data/HumanEval.jsonl.gz",
    "METAI_HUMANEVAL_URL",
    `${dead}: connection refused`,
    `${missing}: HTTP 404 Not Found`,
  ]) {
    expect(error.message).toContain(way);
  }
  expect(await readdir(root)).toEqual([]);
});
