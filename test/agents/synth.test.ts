import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openForRun, type RunBenchmark } from "../../src/benchmark/choice.ts";
import { countPassed } from "../../src/core/selection.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { type RunningEvaluator, startEvaluator } from "../../src/evaluator/evaluator.ts";
import { insertBlock, parseAgent, printAgent } from "../../src/proposer/search/blocks.ts";
import { everyPart, readBox } from "../../src/proposer/search/box.ts";
import { below } from "../../src/core/random.ts";
import { draw, randomFrom } from "../../src/proposer/search/random.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { DECOYS } from "./decoys.ts";

const SEED = readFileSync(new URL("../../src/agents/synth/seed.py", import.meta.url), "utf8");
const BOX = await readBox();
const HELPFUL = everyPart(
  SEED,
  BOX.filter(({ name }) => !DECOYS.includes(name)),
);
const signal = new AbortController().signal;

let folder: string;
let evaluator: RunningEvaluator;
let benchmark: RunBenchmark;

beforeAll(async () => {
  folder = await createFolder();
  const choice = { kind: "humaneval", path: humanEvalArchive, dataDir: folder, env: {} } as const;
  benchmark = await openForRun(choice, { signal, onEvent: () => {} });
  evaluator = await startEvaluator();
});

afterAll(async () => {
  await evaluator.close();
  await removeFolder(folder);
});

async function passedBy(source: string): Promise<number> {
  const evaluation = await evaluator.evaluateAgent(source, benchmark.tasks, { signal });
  if (evaluation.status === "invalid") throw new Error(evaluation.reason);
  return countPassed(evaluation.outcomes);
}

test("the decoys are parts of the box", () => {
  const names = BOX.map(({ name }) => name);
  expect(DECOYS.filter((decoy) => !names.includes(decoy))).toEqual([]);
});

test("the seed is weak, the parts that help make it strong, and all at once make it weak again", async () => {
  expect(await passedBy(SEED)).toBeLessThanOrEqual(1);
  const helped = await passedBy(HELPFUL);
  expect(helped).toBeGreaterThanOrEqual(6);
  expect(await passedBy(everyPart(SEED, BOX))).toBeLessThan(helped / 2);
});

test("any parts in any order make an agent that loads and comes to an answer", async () => {
  const random = randomFrom("parts in any order");
  for (let round = 0; round < 12; round++) {
    let agent = parseAgent(SEED);
    for (const part of draw(random, BOX, below(random, BOX.length))) {
      agent = insertBlock(agent, below(random, agent.blocks.length + 1), part);
    }
    const task = benchmark.tasks.slice(2, 3);
    const evaluation = await evaluator.evaluateAgent(printAgent(agent), task, { signal });
    if (evaluation.status === "invalid") throw new Error(evaluation.reason);
    expect(["passed", "failed"]).toContain(evaluation.outcomes[0]?.outcome);
  }
});

/** Runs Python in which the agent with the parts that help has been loaded, as the dict `agent`. */
async function inAgent(program: string): Promise<string> {
  const load = `import sys
agent = {"__name__": "agent"}
exec(compile(sys.stdin.read(), "agent", "exec"), agent)
`;
  const { executable } = await findPython();
  return execFileSync(executable, ["-c", load + program], { input: HELPFUL, encoding: "utf8" });
}

test("a product is one of numbers: times a text, a large one would take all memory", async () => {
  const printed = await inAgent(`
product = next(operation for operation in agent["OPERATIONS"] if operation.name == "product")
print(product.run([[2, 3.5], [7]]))
try:
    product.run([["text", 10**15]])
except OverflowError as error:
    print(error)`);
  expect(printed).toBe("[7.0, 7]\ntoo costly to compute\n");
});

test("an operation's words are those of its name and its code", async () => {
  const printed = await inAgent(`
for operation in agent["OPERATIONS"] + agent["LOOPS"]:
    if operation.name in ("running_greatest", "starts_with", "table_of"):
        print(*operation.words)`);
  expect(printed).toBe("runn greatest accumulat max\nstart with startswith\ntabl\n");
});

test("goes on with the items of lists when its evaluations for the arguments are spent", async () => {
  const prompt = `def tripled(values: list) -> list:
    """ Each number, three times as large.
    >>> tripled([1, 5, -2])
    [3, 15, -6]
    >>> tripled([])
    []
    """
`;
  const printed = await inAgent(`
search = agent["Search"](agent["Task"](${JSON.stringify(prompt)}, "tripled"))
code = search.run()
print(code)
print(search.space.left < 0 < search.left)`);
  expect(printed).toMatch(/ for each in values\]\nTrue\n$/);
});

describe("the answers are the same bytes", () => {
  test("whatever the seed of hashes, and with each Python that is here", async () => {
    const { executable } = await findPython();
    const expected = answersOf(executable, "0");
    expect(expected).toContain("return ");
    expect(answersOf(executable, "1")).toBe(expected);
    for (const other of otherPythons()) expect(answersOf(other, "0"), other).toBe(expected);
  });
});

/** What the agent with the parts that help answers to the ten prompts. */
function answersOf(python: string, hashSeed: string): string {
  const program = `import json, sys
source, prompts = json.load(sys.stdin)
code = compile(source, "agent", "exec")
for prompt, entry_point in prompts:
    names = {"__name__": "agent"}
    exec(code, names)
    print(names["solve"](prompt, entry_point))`;
  const prompts = benchmark.tasks.map(({ prompt, entry_point }) => [prompt, entry_point]);
  return execFileSync(python, ["-c", program], {
    input: JSON.stringify([HELPFUL, prompts]),
    env: { ...process.env, PYTHONHASHSEED: hashSeed },
    encoding: "utf8",
  });
}

/** Those that pyenv has put here, of the versions that metai supports. */
function otherPythons(): string[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^3\.1[0-9]\./.test(name))
    .map((name) => join(versions, name, "bin", "python"))
    .filter((path) => existsSync(path));
}
