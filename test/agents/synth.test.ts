import { spawnSync } from "node:child_process";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { readSeedAgent } from "../../src/commands/package-info.ts";
import type { Task } from "../../src/core/records.ts";
import { type RunningEvaluator, startEvaluator } from "../../src/evaluator/evaluator.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { parseAgent, POLICY, printAgent } from "../../src/proposer/search/blocks.ts";
import { everyPart, readBox } from "../../src/proposer/search/box.ts";
import { below, draw, randomFrom } from "../../src/proposer/search/random.ts";
import { tasks } from "../evaluator/modes.ts";
import { pythons } from "../helpers/pythons.ts";
import { DECOYS, helpfulAmong } from "./decoys.ts";

const SEED = readSeedAgent("synth");
const BOX = await readBox();
const HELPFUL = everyPart(SEED, helpfulAmong(BOX));

test("every decoy is a part of the box", () => {
  const names = BOX.map(({ name }) => name);
  expect([...DECOYS].filter((name) => !names.includes(name))).toEqual([]);
});

const SMOKE: Task = {
  task_id: "smoke",
  prompt:
    "from typing import List\n\n\ndef widest(rows: List[str], least: int) -> int:\n" +
    '    """ Return the length of the longest row, or least where none is longer.\n' +
    "    >>> widest(['a', 'bcd'], 2)\n    3\n    >>> widest([], 2)\n    2\n    \"\"\"\n",
  entry_point: "widest",
  test: "def check(candidate):\n    assert candidate(['ab', 'cdef'], 1) == 4\n",
};

describe("under the evaluator", () => {
  let evaluator: RunningEvaluator;
  beforeAll(async () => {
    evaluator = await startEvaluator();
  });
  afterAll(() => evaluator.close());

  async function outcomesOf(source: string, of: readonly Task[]) {
    const { signal } = new AbortController();
    const evaluation = await evaluator.evaluateAgent(source, of, { signal });
    if (evaluation.status === "invalid") throw new Error(`${evaluation.reason}\n${source}`);
    return evaluation.outcomes;
  }

  async function passes(source: string): Promise<number> {
    const outcomes = await outcomesOf(source, tasks);
    return outcomes.filter(({ outcome }) => outcome === "passed").length;
  }

  test("the helpful parts solve half of the tasks, the seed next to none, and the decoys undo it", async () => {
    const helpful = await passes(HELPFUL);
    expect(helpful).toBeGreaterThanOrEqual(5);
    expect(await passes(SEED)).toBeLessThanOrEqual(1);
    expect(await passes(everyPart(SEED, BOX))).toBeLessThan(helpful);
  });

  test("any parts in any order are an agent that answers", async () => {
    const seed = parseAgent(SEED);
    const policy = seed.blocks.filter(({ name }) => name === POLICY);
    const own = seed.blocks.filter(({ name }) => name !== POLICY);
    const all = [...own, ...BOX.map(({ name, text }) => ({ name, text, lead: "\n" }))];
    const random = randomFrom("any parts in any order");
    for (let left = 24; left > 0; left--) {
      const blocks = draw(random, all, below(random, all.length + 1));
      const source = printAgent({ ...seed, blocks: [...blocks, ...policy] });
      const [outcome] = await outcomesOf(source, [SMOKE]);
      const names = blocks.map(({ name }) => name).join(" ");
      expect(["passed", "failed"], `${names}: ${outcome?.reason}`).toContain(outcome?.outcome);
    }
  });
});

describe("the answers to the ten prompts", async () => {
  const { executable } = await findPython();
  const expected = answers(executable, "0");

  test("are as many, and do not hang on the order of hashes", () => {
    const bodies = z.array(z.string()).parse(JSON.parse(expected));
    expect(bodies).toHaveLength(tasks.length);
    expect(new Set(bodies).size).toBeGreaterThan(5);
    for (const hashSeed of ["1", "2"]) expect(answers(executable, hashSeed)).toBe(expected);
  });

  test.each(pythons)("are the same by Python $version", ({ command }) => {
    expect(answers(command, "1")).toBe(expected);
  });
});

/** What the agent answers to each of the ten prompts, as JSON: the bytes, not the values. */
function answers(command: string, hashSeed: string): string {
  const program = `import json, sys
source, prompts = json.load(sys.stdin)
names = {"__name__": "agent"}
exec(compile(source, "agent", "exec"), names)
print(json.dumps([names["solve"](*prompt) for prompt in prompts]))`;
  const prompts = tasks.map(({ prompt, entry_point }) => [prompt, entry_point]);
  const { status, stdout, stderr } = spawnSync(command, ["-c", program], {
    input: JSON.stringify([HELPFUL, prompts]),
    encoding: "utf8",
    env: { ...process.env, PYTHONHASHSEED: hashSeed },
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}
