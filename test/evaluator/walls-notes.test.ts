import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startEvaluator, type RunningEvaluator } from "../../src/evaluator/evaluator.ts";
import { describeModes, fixture, task } from "./modes.ts";

const NOTES = readdirSync(new URL("../fixtures/notes/", import.meta.url)).filter((name) =>
  name.endsWith(".py"),
);

/** Each leaves a note by `leave()`, which `find()` finds in a later task of the same worker. */
function agentWithNote(name: string): string {
  return `${fixture(`notes/${name}`)}

def attempt(work):
    try:
        return work()
    except Exception:
        return None


def solve(prompt, entry_point):
    if attempt(find):
        raise Exception("there is a note")
    attempt(leave)
    return "    return number % 1.0\\n"
`;
}

/** At level `process` there is no device but the machine's own, which root's suspect may touch. */
const notesAt = (sandbox: string) =>
  NOTES.filter((name) => sandbox === "bubblewrap" || name !== "times_of_a_terminal.py");

/** From so many suspects on a server has the kernel watch its folder, and no longer looks itself (cleanup.py). */
const LOOKS = 300;

describeModes(
  ({ fork }) => process.platform === "linux" && fork,
  ({ sandbox, fork }) => {
    describe.each([
      ["at first", 0],
      ["later", LOOKS],
    ])("%s", (_when, suspects) => {
      let evaluator: RunningEvaluator;
      beforeAll(async () => {
        evaluator = await startEvaluator({ sandbox, fork, workers: 1, timeout: 5 });
        const { signal } = new AbortController();
        const solution = { source: "    return number % 1.0\n", whole: false };
        for (let n = 0; n < suspects; n++) await evaluator.evaluateSolution(solution, task, signal);
      });
      afterAll(() => evaluator.close());

      test.each(notesAt(sandbox))("no task finds what an earlier one left: %s", async (name) => {
        if (name === "processors_of_the_server.py" && availableParallelism() === 1) return;
        const { signal } = new AbortController();
        const agent = agentWithNote(name);
        const evaluation = await evaluator.evaluateAgent(agent, [task, task], { signal });
        const passed = { outcome: "passed", reason: "" };
        expect(evaluation).toMatchObject({ outcomes: [passed, passed] });
      });
    });
  },
);
