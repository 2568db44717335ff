import { expect, test } from "vitest";

import type { Evaluator } from "../../src/core/ports.ts";
import type { OutcomeKind } from "../../src/core/records.ts";
import { checkEvaluation } from "../../src/verify/evaluation.ts";

interface Judged {
  readonly outcome: OutcomeKind;
  readonly reason?: string;
  readonly duration_ms: number;
}

/** An evaluator whose verdicts come in this order, the last again and again. */
function inTurn(...verdicts: readonly (Judged | "no agent")[]): Evaluator {
  let asked = 0;
  return {
    sandbox: "process",
    evaluateAgent: async (_, tasks) => {
      const verdict = verdicts[Math.min(asked++, verdicts.length - 1)] ?? "no agent";
      if (verdict === "no agent") return { status: "invalid", reason: "it does not compile" };
      const outcomes = tasks.map(({ task_id }) => ({ task_id, reason: "", ...verdict }));
      return { status: "evaluated", outcomes };
    },
  };
}

const TASK = { task_id: "Task/0", prompt: "", entry_point: "f", test: "" };
const WHERE = "journal.jsonl, line 7";

/** What is found of an agent that is said to have done this in 3 seconds at most. */
function checking(recorded: Judged | "no agent", evaluator: Evaluator, patient = evaluator) {
  const said =
    recorded === "no agent" ? [] : [{ where: WHERE, task: "Task/0", reason: "", ...recorded }];
  const invalid = recorded === "no agent" ? [WHERE] : [];
  const claims = { sha256: "ab", source: "pass", outcomes: said, invalid };
  return checkEvaluation(claims, {
    evaluator,
    tasks: new Map([["Task/0", TASK]]),
    timeoutSeconds: 3,
    patient: () => Promise.resolve(patient),
    sameWords: true,
    signal: new AbortController().signal,
    onOutcome: () => {},
  });
}

const passed = (duration_ms: number) => ({ outcome: "passed", duration_ms }) as const;
const failed = (duration_ms: number) => ({ outcome: "failed", duration_ms }) as const;
const timeout = { outcome: "timeout", duration_ms: 3000 } as const;

test.for([
  ["what comes out as recorded", passed(5), [passed(9)], "holds", /^$/],
  [
    "what never does",
    passed(5),
    [failed(5)],
    "fails",
    /Task\/0: passed in .*, failed now, 6 times out of 6/,
  ],
  [
    "what does once again",
    passed(5),
    [failed(5), failed(5), passed(5)],
    "flaky",
    /tried again \(2\)/,
  ],
  ["a pass near the limit that never ends now", passed(2600), [timeout], "fails", /timeout now/],
  ["a time-out that is a pass near the limit now", timeout, [passed(2600)], "flaky", /time limit/],
  [
    "a time-out that is a quick pass now",
    timeout,
    [passed(5)],
    "fails",
    /timeout in the journal, passed now/,
  ],
  ["a quick pass that is a time-out now", passed(5), [timeout], "fails", /timeout now/],
  ["an agent that is none now", passed(5), ["no agent"], "fails", /passed in .*, invalid now/],
  [
    "one that was none and is one now",
    "no agent",
    [passed(5)],
    "fails",
    /no agent in .*, an agent now/,
  ],
  ["one that loads by chance", "no agent", [passed(5), "no agent"], "flaky", /tried again \(1\)/],
] as const)("%s: %s", async ([, recorded, verdicts, is, words]) => {
  const { findings, flaky } = await checking(recorded, inTurn(...verdicts));
  expect(findings).toHaveLength(is === "fails" ? 1 : 0);
  expect(flaky).toHaveLength(is === "flaky" ? 1 : 0);
  for (const found of [...findings, ...flaky]) {
    expect(found).toEqual({ where: WHERE, words: expect.stringMatching(words) });
  }
});

test("a pass near the limit that is a time-out now, and passes when given longer: flaky", async () => {
  const { findings, flaky } = await checking(passed(2600), inTurn(timeout), inTurn(passed(3400)));
  expect(findings).toEqual([]);
  expect(flaky).toEqual([{ where: WHERE, words: expect.stringMatching(/time limit/) }]);
});

const raised = (reason: string) => ({ ...failed(5), reason });

test.for([
  ["a hint in the place of a reason", "return sorted(x)", ["KeyError"], "fails"],
  ["another address", "at 0x7f12 of 3", ["at 0x7abc of 4"], "holds"],
  ["a reason that varies", "{'a', 'b'}", ["{'b', 'a'}", "{'a', 'b'}"], "flaky"],
] as const)("%s, beside the same outcome", async ([, recorded, reasons, is]) => {
  const { findings, flaky } = await checking(raised(recorded), inTurn(...reasons.map(raised)));
  expect(findings).toHaveLength(is === "fails" ? 1 : 0);
  expect(flaky).toHaveLength(is === "flaky" ? 1 : 0);
});
