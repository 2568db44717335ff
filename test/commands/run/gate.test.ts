import { readFileSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "vitest";

import { smokeGate } from "../../../src/commands/run/gate.ts";
import { readSeedAgent } from "../../../src/commands/package-info.ts";
import { type RunningEvaluator, startEvaluator } from "../../../src/evaluator/evaluator.ts";

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/agents/${name}.py`, import.meta.url), "utf8");

let evaluator: RunningEvaluator;
beforeAll(async () => {
  evaluator = await startEvaluator({ workers: 1, timeout: 1 });
});
afterAll(() => evaluator.close());

test.each([
  ["an agent that solves nothing", readSeedAgent()],
  ["an agent that solves it", 'def solve(p, e):\n    return "    return n + 1\\n"\n'],
])("%s is fit", async (_, source) => {
  expect(await smokeGate(evaluator)(source, new AbortController().signal)).toBeNull();
});

test.each([
  ["does_not_compile", /./],
  ["has_no_solve", /solve/],
  ["loops_in_solve", /smoke task: timeout/],
  ["exits_in_solve", /smoke task: (crashed|invalid)/],
  ["returns_none", /smoke task: invalid/],
])("%s is not, and it is said why", async (name, reason) => {
  const { signal } = new AbortController();
  expect(await smokeGate(evaluator)(fixture(name), signal)).toMatch(reason);
});
