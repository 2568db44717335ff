import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Task } from "../../src/core/records.ts";
import { type RunningEvaluator, startEvaluator } from "../../src/evaluator/evaluator.ts";

const PYTHON = fileURLToPath(new URL("../../src/evaluator/python", import.meta.url));
const TASKS: readonly Task[] = [1, 2, 3].map((number) => ({
  task_id: `mine/${number}`,
  prompt: `def f(x):\n    """ Return x times ${number}. """\n`,
  entry_point: "f",
  test: `def check(candidate):\n    assert candidate(4) == ${4 * number}\n`,
}));

let evaluator: RunningEvaluator;

beforeAll(async () => {
  evaluator = await startEvaluator({ sandbox: "process", workers: 1 });
});
afterAll(() => evaluator.close());

async function outcomes(agent: string) {
  const { signal } = new AbortController();
  const evaluation = await evaluator.evaluateAgent(agent, TASKS, { signal });
  if (evaluation.status === "invalid") return evaluation.reason;
  return evaluation.outcomes.map(({ outcome, reason }) => `${outcome} ${reason}`.trim());
}

test("what an agent does to itself ends with the task", async () => {
  const agent = [
    "answers = []",
    "def solve(prompt, entry_point):",
    "    answers.append(prompt.split('times ')[1].split('.')[0])",
    "    number = answers[0]",
    "    solve.__code__ = (lambda prompt, entry_point: 'return 0').__code__",
    "    return f'    return x * {number}\\n'",
  ];
  expect(await outcomes(agent.join("\n"))).toEqual(["passed", "passed", "passed"]);
});

test("an exception of its own has the line of the source on every task", async () => {
  const agent = "\n\ndef solve(prompt, entry_point):\n    return [][0]\n";
  const raised = "failed solve raised IndexError: list index out of range (line 4)";
  expect(await outcomes(agent)).toEqual([raised, raised, raised]);
});

const WITHOUT_CODE_TO_KEEP = {
  "very long": `TEXT = "${"x".repeat(2_500_000)}"`,
  "of few lines that make much code": `TEXTS = ${Array.from({ length: 400 }, (_, at) => `"${at}" * 1300`).join(", ")}`,
};

test.for(Object.entries(WITHOUT_CODE_TO_KEEP))(
  "an agent that is %s is judged like any other",
  async ([, line]) => {
    const failed = "failed a test assertion did not hold";
    const agent = `${line}\ndef solve(prompt, entry_point):\n    return "    return x\\n"\n`;
    expect(await outcomes(agent)).toEqual(["passed", failed, failed]);
  },
);

/** Runs Python beside the judge's modules, with suspects that only tell what they were told. */
function inJudge(script: string) {
  const fakes = `
import sys
sys.path[:0] = sys.argv[1:]
from agent_code import KEPT, LARGEST, agent_in

told = []

class Suspect:
    def __enter__(self):
        told.append([])
        return self
    def __exit__(self, *_):
        pass
    def ask(self, message):
        told[-1].append(message)
        if message["do"] != "compile":
            return {"value": None}
        source = message["source"]
        answers = {"wrong": {"unusable": "no"}, "odd": {"value": {"odd": []}}, "text": {"value": "code"}}
        return answers.get(source, {"value": {"b": source[:9].encode().hex()}})

def compiled():
    return [message["source"] for messages in told for message in messages if message["do"] == "compile"]
`;
  const folders = ["judge", "suspect"].map((name) => `${PYTHON}/${name}`);
  const { executable } = evaluator.python;
  return spawnSync(executable, ["-I", "-B", "-c", fakes + script, ...folders], {
    encoding: "utf8",
  });
}

test("a suspect that is told no task compiles an agent, once for all that run it", () => {
  const run = inJudge(`
import judge
from suspect_process import Verdict

class Suspects:
    def open(self, deadline, timeout):
        return Suspect()

job = {"source": "agent", "task": {"task_id": "t", "prompt": "p", "entry_point": "f", "test": ""}}
judge.load_agent(job, Suspects(), 3)
for _ in range(2):
    try:
        judge.judge_agent(job, Suspects(), 3)
    except Verdict:  # None is no solution
        pass
solve = {"do": "solve", "code": b"agent", "prompt": "p", "entry_point": "f"}
assert told == [
    [{"do": "compile", "source": "agent"}],
    [{"do": "load", "code": b"agent"}],
    [solve],
    [solve],
], told
`);
  expect(run).toMatchObject({ status: 0, stderr: "" });
});

test("the judge keeps the byte code of the latest agents; what has none is told as source", () => {
  const run = inJudge(`
def tell(source):
    return agent_in(source, Suspect)

assert tell("a") == tell("a") == {"code": b"a"}
for none in "wrong", "odd", "text":
    assert tell(none) == tell(none) == {"source": none}, none
assert compiled() == ["a", "wrong", "odd", "text"]
assert tell("#" * LARGEST) == {"code": b"#########"}
assert tell("#" * LARGEST + "#") == {"source": "#" * LARGEST + "#"}
for number in range(KEPT - 1):
    tell(str(number))
tell("a")
assert compiled().count("a") == 2
for number in range(KEPT - 1):
    tell(str(number))
assert compiled().count(str(KEPT - 2)) == 1
`);
  expect(run).toMatchObject({ status: 0, stderr: "" });
});
