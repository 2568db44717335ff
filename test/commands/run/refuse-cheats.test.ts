import { expect, test } from "vitest";

import { refuseCheats } from "../../../src/commands/run/refuse-cheats.ts";
import type { OutcomeKind, Task } from "../../../src/core/records.ts";
import { UserError } from "../../../src/errors.ts";
import type { CheatEvaluator } from "../../../src/evaluator/cheats/run.ts";
import { findPython } from "../../../src/evaluator/interpreter.ts";

const { signal } = new AbortController();

/** An evaluator that has the same to say of everything but agents. */
async function evaluatorThatSays(outcome: OutcomeKind): Promise<CheatEvaluator> {
  const judged = ({ task_id }: Task) => ({ task_id, outcome, reason: "", duration_ms: 1 });
  return {
    sandbox: "bubblewrap",
    workers: 1,
    python: await findPython(),
    evaluateAgent: async () => ({ status: "invalid", reason: "no agent" }),
    evaluateSolution: async (_, task) => judged(task),
  };
}

test("an evaluator that stops every cheat may be used, and what was tried is counted", async () => {
  const { run, earned } = await refuseCheats(await evaluatorThatSays("failed"), signal);
  expect(earned).toBe(0);
  expect(run).toBeGreaterThanOrEqual(40);
});

test("an evaluator that lets a cheat pass is refused in one line that names it", async () => {
  const refusal = refuseCheats(await evaluatorThatSays("passed"), signal);
  await expect(refusal).rejects.toThrow(UserError);
  await expect(refusal).rejects.toMatchObject({
    kind: "failed",
    message: expect.stringMatching(
      /^The cheat [a-z]+\/\w+ and \d+ more earned a pass.*no run was started.*metai doctor --cheats/,
    ),
  });
});
