import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";

import { afterAll, beforeAll, expect, test } from "vitest";

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

describeModes(
  ({ fork }) => process.platform === "linux" && fork,
  ({ sandbox, fork }) => {
    let evaluator: RunningEvaluator;
    beforeAll(async () => {
      evaluator = await startEvaluator({ sandbox, fork, workers: 1, timeout: 5 });
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
  },
);
