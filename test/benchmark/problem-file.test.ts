import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { findBenchmark } from "../../src/benchmark/find.ts";
import { readProblemFile } from "../../src/benchmark/problem-file.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

async function read(content: string | Buffer) {
  const path = join(await temporaryFolder(), "p.jsonl");
  writeFileSync(path, content);
  return readProblemFile(path);
}

test("the official file is one, packed or not", async () => {
  const { records } = await findBenchmark({ path: humanEvalArchive, dataDir: "" });
  const expected = records.map(({ task_id, prompt, entry_point, test }) => ({
    task_id,
    prompt,
    entry_point,
    test,
  }));
  expect(await readProblemFile(humanEvalArchive)).toEqual(expected);
  expect(await read(gunzipSync(readFileSync(humanEvalArchive)))).toEqual(expected);
});

const PROBLEM = { task_id: "t", prompt: "", entry_point: "f", test: "" };
const line = (changes: object) => JSON.stringify({ ...PROBLEM, ...changes });

test.for([
  ["", /is empty/],
  ["\n \n", /is empty/],
  ["{}", /line 1: task_id is missing/],
  [`\n${line({ test: undefined })}`, /line 2: test is missing/],
  [line({ prompt: 3 }), /line 1: prompt is no string/],
  [line({ entry_point: "" }), /line 1: entry_point is empty/],
  [`${line({})}\n${line({ prompt: "other" })}`, /line 2: there is a second t/],
  ["[1]", /line 1: it is no JSON object/],
  ["3", /line 1: it is no JSON object/],
  ["{", /line 1: it is no JSON/],
  [gzipSync(line({})).subarray(0, 30), /line 1: the gzip data ends too early/],
] as const)("%s is refused", async ([content, problem]) => {
  await expect(read(typeof content === "string" ? content : Buffer.from(content))).rejects.toThrow(
    problem,
  );
});
