import { EventEmitter, once } from "node:events";
import { availableParallelism } from "node:os";

import { expect, test } from "vitest";

import type { Sample, Task } from "../../src/core/records.ts";
import { evaluate } from "../../src/evaluator/evaluate.ts";
import { startEvaluator } from "../../src/evaluator/evaluator.ts";
import { collect } from "../helpers/collect.ts";

const TASK: Task = {
  task_id: "mine/0",
  prompt: 'def f(x):\n    """x"""\n',
  entry_point: "f",
  test: "def check(candidate):\n    assert candidate(3) == 3\n",
};
const OPTIONS = { tasks: [TASK], sandbox: "process", workers: 1 } as const;
const right: Sample = { task_id: "mine/0", completion: "    return x\n", mark: 1 };
const wrong: Sample = { task_id: "mine/0", solution: "f = abs and (lambda x: -x)" };

test("samples come back with their verdicts, in their order", async () => {
  const results = await collect(evaluate([wrong, right, wrong], OPTIONS));
  expect(results).toMatchObject([
    { ...wrong, passed: false, outcome: "failed", result: "failed: a test assertion did not hold" },
    { ...right, passed: true, outcome: "passed", result: "passed", reason: "" },
    { ...wrong, passed: false },
  ]);
});

const ALL = availableParallelism();

test.skipIf(process.platform !== "linux").for([
  { workers: ALL, processors: 1 },
  { workers: ALL + 1, processors: 1 },
  { workers: 1, processors: ALL },
])("where $workers work side by side, each has $processors", async ({ workers, processors }) => {
  const test = `def check(candidate):\n    assert candidate(0) == ${processors}\n`;
  const looks = "    import os\n    return len(os.sched_getaffinity(0))\n";
  const samples = Array.from({ length: 2 * workers }, () => ({ ...right, completion: looks }));
  const options = { ...OPTIONS, tasks: [{ ...TASK, test }], workers };
  const results = await collect(evaluate(samples, options));
  expect(results.map(({ outcome }) => outcome)).toEqual(samples.map(() => "passed"));
});

test("a result is given before the next sample is there", async () => {
  const told = new EventEmitter();
  async function* live() {
    yield right;
    await once(told, "go on");
    yield wrong;
  }
  const passed: boolean[] = [];
  for await (const result of evaluate(live(), OPTIONS)) {
    passed.push(result.passed);
    told.emit("go on");
  }
  expect(passed).toEqual([true, false]);
});

test.for([
  [{ task_id: "other", completion: "" }, /no task other/],
  [{ task_id: "mine/0" }, /neither completion nor solution/],
  [{ task_id: "mine/0", completion: "", solution: "" }, /both completion and solution/],
] as const)("%o is no sample", async ([sample, problem]) => {
  await expect(collect(evaluate([sample], OPTIONS))).rejects.toThrow(problem);
});

test("an evaluator that is handed in goes on after an evaluation that was broken off", async () => {
  const evaluator = await startEvaluator({ sandbox: "process", workers: 1 });
  try {
    const endless = { task_id: "mine/0", completion: "    while True: pass\n" };
    for await (const { passed } of evaluate([right, endless, right], { ...OPTIONS, evaluator })) {
      expect(passed).toBe(true);
      break;
    }
    const signal = AbortSignal.timeout(300);
    const stopped = collect(evaluate([endless], { ...OPTIONS, evaluator, signal }));
    await expect(stopped).rejects.toThrow(/timeout/);
    expect(await collect(evaluate([right], { ...OPTIONS, evaluator }))).toMatchObject([
      { passed: true },
    ]);
  } finally {
    await evaluator.close();
  }
});

test("what no encoding can hold is a failed sample, and the next is unharmed", async () => {
  const surrogate = { task_id: "mine/0", completion: "    return '\ud800'\n" };
  const nul = { task_id: "mine/0", completion: "    return '\0'\n" };
  const results = await collect(evaluate([surrogate, nul, right], OPTIONS));
  expect(results.map(({ passed }) => passed)).toEqual([false, false, true]);
});
