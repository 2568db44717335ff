import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import REASONS from "../../src/agents/synth/decoys.json" with { type: "json" };
import { openForRun, type RunBenchmark } from "../../src/benchmark/choice.ts";
import { readShipped } from "../../src/benchmark/shipped.ts";
import { countPassed } from "../../src/core/selection.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { type RunningEvaluator, startEvaluator } from "../../src/evaluator/evaluator.ts";
import { insertBlock, parseAgent, printAgent } from "../../src/proposer/search/blocks.ts";
import { everyPart, readBox } from "../../src/proposer/search/box.ts";
import { below } from "../../src/core/random.ts";
import { draw, randomFrom } from "../../src/proposer/search/random.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";

const SEED = readFileSync(new URL("../../src/agents/synth/seed.py", import.meta.url), "utf8");
const BOX = await readBox();
const DECOYS = Object.keys(REASONS);
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

/** Runs Python in which the agent with the parts that help has been loaded, as the dict `agent`; `holding` makes an expression. */
async function inAgent(program: string): Promise<string> {
  const load = `import sys
agent = {"__name__": "agent"}
exec(compile(sys.stdin.read(), "agent", "exec"), agent)
def holding(*values):
    return agent["Expression"](None, "", values, "", 1, 0)
`;
  const { executable } = await findPython();
  return execFileSync(executable, ["-c", load + program], { input: HELPFUL, encoding: "utf8" });
}

test("a product is one of numbers: times a text, a large one would take all memory", async () => {
  const printed = await inAgent(`
product = next(operation for operation in agent["OPERATIONS"] if operation.name == "product")
print(product.run(holding([2, 3.5], [7])))
try:
    product.run(holding(["text", 10**15]))
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

/** What the agent with the parts that help answers to a prompt; `before` is Python that comes first. */
async function answer(prompt: string, before = ""): Promise<string> {
  const name = /def (\w+)/.exec(prompt)?.[1];
  return inAgent(`${before}
search = agent["Search"](agent["Task"](${JSON.stringify(prompt)}, "${name}"))
print(search.run())
print(search.space.left < 0 < search.left)`);
}

test("goes on with the items of lists when its evaluations for the arguments are spent", async () => {
  const prompt = `def ends(values: list) -> int:
    """ The sum of what is left of the values when they are divided by ten.
    >>> ends([12, 35, 7])
    14
    >>> ends([40, 51])
    1
    """
`;
  const printed = await answer(prompt, 'agent["SPACE_SHARE"] = 0.01');
  expect(printed).toMatch(/^sum\(.* for each in values\)\nTrue\n$/);
});

test.for([
  ["values", /^max\(values\)$/m],
  ["max", /^(?!None\n|max\(max\)\n)/],
] as const)("answers nothing that an argument spoils by its name: %s", async ([name, code]) => {
  const printed = await answer(`def of(${name}: list) -> int:
    """ The greatest.
    >>> of([3, 8, 1])
    8
    >>> of([9, -2])
    9
    """
`);
  expect(printed).toMatch(code);
});

test("tries no operations of constants alone, unless there are no arguments", async () => {
  const printed = await inAgent(`
prompt = 'def odd(n: int) -> int:\\n    """ Nothing.\\n    >>> odd(4)\\n    8619\\n    >>> odd(5)\\n    777\\n    """\\n'
search = agent["Search"](agent["Task"](prompt, "odd"))
search.run()
made = [one for level in search.space.levels for kind in level.values() for one in kind if one.form in agent["OPERATIONS"]]
print(len(made) > 1000, all(one.used & 1 for one in made))
prompt = 'def dozen() -> int:\\n    """ Twelve.\\n    >>> dozen()\\n    12\\n    """\\n'
print(agent["solve"](prompt, "dozen"))`);
  expect(printed).toBe("True True\n    return 2 + 10\n\n");
});

describe("works backwards from the results", () => {
  test("to what a loop must make of each item", async () => {
    const prompt = `def gaps(some: list, others: list) -> list:
    """ How much more the one is than the other, from place to place.
    >>> gaps([5, 9, 2], [1, 2, 3])
    [4, 7, -1]
    >>> gaps([], [])
    []
    >>> gaps([8, 30], [8, 5])
    [0, 25]
    """
`;
    expect(await answer(prompt)).toMatch(/^\[.*each\[0\].* for each in \(list\(zip\(/);
  });

  test("to the items that a filter must keep, and does not take a part of them for all", async () => {
    const prompt = `def short(words: list) -> list:
    """ The words that have less than four letters.
    >>> short(['cat', 'house', 'an', 'tree'])
    ['cat', 'an']
    >>> short(['house', 'sun', 'a'])
    ['sun', 'a']
    """
`;
    expect(await answer(prompt)).toMatch(/^\[each for each in words if /);
    const inAnotherOrder = prompt.replace("['sun', 'a']\n", "['a', 'sun']\n");
    expect(await answer(inAnotherOrder)).not.toMatch(/^\[each for each in words if /);
  });

  test("to the second half, when the first is known", async () => {
    const prompt = `def turned(text: str, places: int) -> str:
    """ The text, moved to the left by so many places.
    >>> turned('python', 2)
    'thonpy'
    >>> turned('bigdata', 3)
    'databig'
    """
`;
    expect(await answer(prompt)).toBe("(text[places:]) + (text[:places])\nFalse\n");
  });

  test("by what does give them again", async () => {
    const printed = await inAgent(`
for operation in agent["OPERATIONS"]:
    if operation.other:
        for result, first in [(7, 2), (6, 2), (7, 0), (0.3, 0.1), ("ab", "a"), ([1, 2], 1), ((1, 2), 1), ([1, 2], [1])]:
            try:
                [second] = operation.other([result], [first])
                again = operation.run(holding(first), holding(second)) == [result]
            except Exception:
                continue
            print(operation.name, repr(result), repr(first), repr(second), again)`);
    expect(printed.trim().split("\n")).toEqual([
      "add 7 2 5 True",
      "add 6 2 4 True",
      "add 7 0 7 True",
      "add 0.3 0.1 0.19999999999999998 True",
      "subtract 7 2 -5 True",
      "subtract 6 2 -4 True",
      "subtract 7 0 -7 True",
      "subtract 0.3 0.1 -0.19999999999999998 True",
      "times 6 2 3 True",
      "divide 7 2 0.2857142857142857 True",
      "divide 6 2 0.3333333333333333 True",
      "divide 0.3 0.1 0.33333333333333337 True",
      "pair (1, 2) 1 2 True",
      "list_of_two [1, 2] 1 2 True",
      "joined 'ab' 'a' 'b' True",
      "joined [1, 2] [1] [2] True",
    ]);
  });
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

/** SHA-256 of what the agents below answer and spend: those with which the README's numbers were made. */
const AS_MEASURED = "1ad223c24713a4803c7f0ae72307d46cf57d3aa736c151669920d29627cdc1b8";

test("answers, and spends, what it did when the README's numbers were made", async () => {
  const tasks = (await readShipped("practice")).slice(0, 16);
  const prompts = tasks.map(({ prompt, entry_point }) => [prompt, entry_point]);
  const program = `import json, sys
sources, prompts = json.load(sys.stdin)
for source in sources:
    for prompt, entry_point in prompts:
        names = {"__name__": "agent"}
        exec(compile(source, "agent", "exec"), names)
        print(names["solve"](prompt, entry_point))
        search = names["Search"](names["Task"](prompt, entry_point))
        print(search.run(), search.left, search.space.left, len(search.answers))`;
  const { executable } = await findPython();
  const printed = execFileSync(executable, ["-c", program], {
    input: JSON.stringify([[HELPFUL, everyPart(SEED, BOX)], prompts]),
    encoding: "utf8",
  });
  expect(createHash("sha256").update(printed).digest("hex")).toBe(AS_MEASURED);
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
