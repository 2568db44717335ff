import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import { expect, test } from "vitest";
import { z } from "zod";

import { FRESH, readFresh } from "../../src/benchmark/fresh.ts";
import { HumanEvalRecord } from "../../src/benchmark/humaneval-records.ts";
import { UserError } from "../../src/errors.ts";
import { evaluate } from "../../src/evaluator/evaluate.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { collect } from "../helpers/collect.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { sha256Of } from "./copies.ts";

/** Written down here too: no one thaws the tasks by a slip in one place. */
const FROZEN = "2d0d4ed66d0000596de7ace64f3b568119febbb1fe3cab75f21d64e1fce411d3";

const FILE = fileURLToPath(new URL("../../data/fresh.jsonl", import.meta.url));
const MUTANTS = fileURLToPath(new URL("../fixtures/mutants.py", import.meta.url));

test("the tasks are those that were frozen", () => {
  const bytes = readFileSync(FILE);
  expect(sha256Of(bytes)).toBe(FROZEN);
  expect(FRESH).toMatchObject({ sha256: FROZEN, bytes: bytes.length });
});

test("a file with one byte changed is refused with both hashes", async () => {
  const path = join(await temporaryFolder(), "fresh.jsonl");
  writeFileSync(path, readFileSync(FILE, "utf8").replace("laundry", "Laundry"));
  const error = await readFresh(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(new RegExp(`expected ${FROZEN}, found [0-9a-f]{64}`));
});

test("24 records in HumanEval's format, in order, each with its own function", async () => {
  const lines = readFileSync(FILE, "utf8").trimEnd().split("\n");
  const records = lines.map((line) => HumanEvalRecord.parse(JSON.parse(line)));
  expect(await readFresh()).toEqual(records);
  expect(records.map(({ task_id }) => task_id)).toEqual(
    Array.from({ length: FRESH.records }, (_, index) => `Fresh/${index}`),
  );
  expect(new Set(records.map(({ entry_point }) => entry_point)).size).toBe(FRESH.records);
  for (const { task_id, prompt, entry_point, test: text } of records) {
    expect(prompt, task_id).toMatch(
      new RegExp(`^def ${entry_point}\\((\\w+: .+)+\\) -> .+:\\n {4}"""`, "m"),
    );
    expect(prompt.match(/^ {4}>>> /gm)?.length, task_id).toBeGreaterThanOrEqual(2);
    expect(text, task_id).toMatch(/^def check\(candidate\):$/m);
    expect(text.match(/^ {4}assert .*candidate\(/gm)?.length, task_id).toBeGreaterThanOrEqual(12);
  }
});

test("the evaluator passes every reference, and no body that does nothing", async () => {
  const tasks = await readFresh();
  const samples = tasks.flatMap(({ task_id, canonical_solution }) => [
    { task_id, completion: canonical_solution },
    { task_id, completion: "    return None\n" },
  ]);
  const results = await collect(evaluate(samples, { tasks, workers: 2 }));
  expect(results.map(({ passed }) => passed)).toEqual(tasks.flatMap(() => [true, false]));
});

const Mutation = z.strictObject({
  task_id: z.string(),
  killed: z.int(),
  /** Sources of mutants that passed. */
  survived: z.array(z.string()),
});

/**
 * Mutants that no test can tell from the reference: `>= 0` where nothing is below, `!=` for `>` and the like. Each was
 * read; a change of the mutation operators that lets more survive has to be read again.
 */
const EQUIVALENT: Readonly<Record<string, number>> = {
  "Fresh/0": 1,
  "Fresh/9": 1,
  "Fresh/12": 1,
  "Fresh/13": 1,
  "Fresh/14": 2,
  "Fresh/15": 1,
  "Fresh/18": 1,
  "Fresh/22": 2,
  "Fresh/23": 1,
};

test.skipIf(process.platform === "win32")(
  "each test kills at least ten mutants of its reference, and all that are none in disguise",
  async () => {
    const { executable } = await findPython();
    const cwd = await temporaryFolder();
    const input = readFileSync(FILE, "utf8");
    const { stdout } = await execa(executable, ["-I", MUTANTS], { cwd, input });
    const mutations = stdout.split("\n").map((line) => Mutation.parse(JSON.parse(line)));
    expect(mutations).toHaveLength(FRESH.records);
    for (const { task_id, killed, survived } of mutations) {
      expect(killed, task_id).toBeGreaterThanOrEqual(10);
      expect(survived, task_id).toHaveLength(EQUIVALENT[task_id] ?? 0);
    }
  },
);
