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

test("an agent is compiled before it meets a task, and what it does to itself ends with the task", async () => {
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

test("an agent whose byte code is too large for a message is compiled for each task", async () => {
  const agent = `TEXT = "${"x".repeat(2_500_000)}"\ndef solve(prompt, entry_point):\n    return "    return x\\n"\n`;
  const failed = "failed a test assertion did not hold";
  expect(await outcomes(agent)).toEqual(["passed", failed, failed]);
});

test("the judge asks for an agent's byte code once, keeps that of the latest, and none of what is none", () => {
  const script = `
import sys
sys.path[:0] = sys.argv[1:]
from agent_code import KEPT, agent_in

class Suspect:
    asked = []
    def ask(self, message):
        source = message["source"]
        self.asked.append(source)
        answers = {"wrong": {"unusable": "no"}, "odd": {"value": {"odd": []}}, "text": {"value": "code"}}
        return answers.get(source, {"value": {"b": source.encode().hex()}})

def told(source):
    return agent_in(source, Suspect())

assert told("a") == told("a") == {"code": b"a"}
assert Suspect.asked == ["a"]
for none in "wrong", "odd", "text":
    assert told(none) == {"source": none}, none
for number in range(KEPT - 1):
    told(str(number))
told("a")
assert Suspect.asked.count("a") == 1
told("one more")
told("a")
assert Suspect.asked.count("a") == 2
`;
  const folders = ["judge", "suspect"].map((name) => `${PYTHON}/${name}`);
  const run = spawnSync(evaluator.python.executable, ["-I", "-B", "-c", script, ...folders], {
    encoding: "utf8",
  });
  expect(run).toMatchObject({ status: 0, stderr: "" });
});
