import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import { expect, test } from "vitest";
import { z } from "zod";

import { HUMANEVAL } from "../../src/benchmark/humaneval.ts";
import { HumanEvalRecord } from "../../src/benchmark/humaneval-records.ts";
import { readShipped, SHIPPED } from "../../src/benchmark/shipped.ts";
import { BENCHMARK_NAMES } from "../../src/core/benchmarks.ts";
import { UserError } from "../../src/errors.ts";
import { evaluate } from "../../src/evaluator/evaluate.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { collect } from "../helpers/collect.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { sha256Of } from "./copies.ts";

/** Written down here too: no one thaws the tasks by a slip in one place. */
const FROZEN = {
  fresh: "2d0d4ed66d0000596de7ace64f3b568119febbb1fe3cab75f21d64e1fce411d3",
  practice: "1c6d3d0dfc13cb8bd066144d0336565b50f995ffc990ef0549ecdb92caf374ea",
};
const BOTH = ["fresh", "practice"] as const;

const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../data/${name}.jsonl`, import.meta.url));
const MUTANTS = fileURLToPath(new URL("../fixtures/mutants.py", import.meta.url));

test("records have a name for each, and for HumanEval", () => {
  const datasets = [HUMANEVAL, ...Object.values(SHIPPED)].map(({ dataset }) => dataset);
  expect(BENCHMARK_NAMES).toEqual(datasets);
});

test.for(BOTH)("the tasks of %s are those that were frozen", (name) => {
  const bytes = readFileSync(fileOf(name));
  expect(sha256Of(bytes)).toBe(FROZEN[name]);
  expect(SHIPPED[name]).toMatchObject({ sha256: FROZEN[name], bytes: bytes.length });
});

test.for(BOTH)("a file of %s with one byte changed is refused with both hashes", async (name) => {
  const path = join(await temporaryFolder(), "changed.jsonl");
  writeFileSync(path, readFileSync(fileOf(name), "utf8").replace("def ", "def  "));
  const error = await readShipped(name, path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(new RegExp(`expected ${FROZEN[name]}, found [0-9a-f]{64}`));
});

test.for([
  ["fresh", 12],
  ["practice", 5],
] as const)(
  "%s is in HumanEval's format, in order, each task with its own function and %i assertions",
  async ([name, assertions]) => {
    const lines = readFileSync(fileOf(name), "utf8").trimEnd().split("\n");
    const records = lines.map((line) => HumanEvalRecord.parse(JSON.parse(line)));
    const { dataset, records: count } = SHIPPED[name];
    expect(await readShipped(name)).toEqual(records);
    expect(records.map(({ task_id }) => task_id)).toEqual(
      Array.from({ length: count }, (_, index) => `${dataset}/${index}`),
    );
    expect(new Set(records.map(({ entry_point }) => entry_point)).size).toBe(count);
    for (const { task_id, prompt, entry_point, test: text } of records) {
      expect(prompt, task_id).toMatch(
        new RegExp(`^def ${entry_point}\\((\\w+: .+)+\\) -> .+:\\n {4}"""`, "m"),
      );
      expect(text, task_id).toMatch(/^def check\(candidate\):$/m);
      expect(text.match(/^ {4}assert .*candidate\(/gm)?.length, task_id).toBeGreaterThanOrEqual(
        assertions,
      );
    }
  },
);

test("each task of fresh shows at least two examples", async () => {
  for (const { task_id, prompt } of await readShipped("fresh")) {
    expect(prompt.match(/^ {4}>>> /gm)?.length, task_id).toBeGreaterThanOrEqual(2);
  }
});

test.for(BOTH)(
  "the evaluator passes every reference of %s, and no body that does nothing",
  async (name) => {
    const tasks = await readShipped(name);
    const samples = tasks.flatMap(({ task_id, canonical_solution }) => [
      { task_id, completion: canonical_solution },
      { task_id, completion: "    return None\n" },
    ]);
    const results = await collect(evaluate(samples, { tasks, workers: 2 }));
    expect(results.map(({ passed }) => passed)).toEqual(tasks.flatMap(() => [true, false]));
  },
);

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
    const input = readFileSync(fileOf("fresh"), "utf8");
    const { stdout } = await execa(executable, ["-I", MUTANTS], { cwd, input });
    const mutations = stdout.split("\n").map((line) => Mutation.parse(JSON.parse(line)));
    expect(mutations).toHaveLength(SHIPPED.fresh.records);
    for (const { task_id, killed, survived } of mutations) {
      expect(killed, task_id).toBeGreaterThanOrEqual(10);
      expect(survived, task_id).toHaveLength(EQUIVALENT[task_id] ?? 0);
    }
  },
);
