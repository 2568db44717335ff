import { beforeAll, expect, test } from "vitest";

import type { OutcomeKind } from "../../src/core/records.ts";
import { startEvaluator, type RunningEvaluator } from "../../src/evaluator/evaluator.ts";
import { agentThatReturns, fixture, type Mode, outcomeOf } from "./modes.ts";

type Expected = readonly [outcome: OutcomeKind | RegExp, reason: RegExp];

/** What a solution does that is under test. */
export const SOLUTIONS: Readonly<Record<string, Expected>> = {
  "answers_deeply.py": ["failed", /no plain data/],
  "answers_hugely.py": ["limit", /more than 4 MB/],
  "asks_for_input.py": ["failed", /raised EOFError/],
  "closes_everything.py": [/timeout|crashed/, /^its process ended$|no result within/],
  "defines_something_else.py": ["failed", /raised NameError/],
  "does_not_parse.py": ["invalid", /does not compile: '\(' was never closed \(line \d+\)/],
  "endless_loop.py": ["timeout", /no result within [\d.]+ s/],
  "equals_everything.py": ["failed", /assertion did not hold/],
  "exits_at_once.py": ["crashed", /^its process ended$/],
  "exits_politely.py": ["failed", /raised SystemExit/],
  "exits_while_loading.py": ["crashed", /ended \(exit code 0\)|closed its channel/],
  "floods_output.py": ["timeout", /no result within/],
  "forks_until_refused.py": [/failed|timeout/, /BlockingIOError|no result within/],
  "hogs_memory.py": ["limit", /memory limit/],
  // Where Landlock confines signals, its parent is out of reach.
  "kills_its_parent.py": [/crashed|failed/, /ended|raised PermissionError/],
  "patches_builtins.py": ["failed", /raised TypeError/], // its own encoder falls over it
  "prints_then_answers.py": ["passed", /^$/],
  "recurses.py": ["failed", /raised RecursionError/],
  "recurses_deeper.py": [/crashed|limit|failed/, /^its process ended$|memory|Recursion/],
  "sleeps_through_sigterm.py": ["timeout", /no result within/],
  "spoils_its_folder.py": ["passed", /^$/],
  "stops_its_parent.py": [/crashed|timeout|failed/, /ended|no result|raised PermissionError/],
  "tells_the_argument.py": ["failed", /^the solution raised an exception of its own$/],
  "tells_by_its_end.py": ["crashed", /^its process ended$/],
  "writes_everywhere.py": ["crashed", /no message/],
};

/** What an agent does that is under test. */
export const AGENTS: Readonly<Record<string, Expected>> = {
  "does_not_compile.py": ["invalid", /^it does not compile: expected ':' \(line 2\)$/],
  "exits_in_solve.py": ["crashed", /exit code 7|closed its channel/],
  "exits_while_loading.py": ["invalid", /^loading it raised SystemExit: 0 \(line 4\)$/],
  "has_no_solve.py": ["invalid", /defines no function solve/],
  "hogs_memory.py": ["limit", /solve met the memory limit/],
  "loops_in_solve.py": ["timeout", /no result within [\d.]+ s/],
  "loops_while_loading.py": ["invalid", /^loading it: no result within [\d.]+ s$/],
  "nests_too_deeply.py": ["invalid", /does not compile/],
  "raises_in_solve.py": ["failed", /^solve raised KeyError: [\x20-\x7E…]{100,220}$/],
  "returns_a_flood.py": ["limit", /more than 4 MB/],
  "returns_an_object.py": ["invalid", /returned a object, not a string/],
  "returns_none.py": ["invalid", /returned a value of type NoneType, not a string/],
  "solves_rightly.py": ["passed", /^$/],
  "stops_its_parent_while_loading.py": [
    "invalid",
    /^loading it: no result|^loading it raised PermissionError/,
  ],
  "stands_alone.py": ["passed", /^$/],
  "uses_a_dataclass.py": ["passed", /^$/],
};

/**
 * Seconds: enough for an honest answer on a busy machine, little enough to wait for often. Without fork
 * a task starts two interpreters.
 */
const TIMEOUT = { fork: 0.6, spawn: 2 };

/** Runs every misbehaving program in one mode; each mode is a test file of its own, so that they overlap. */
export function testMisbehaviour(mode: Mode): void {
  let evaluator: RunningEvaluator;
  beforeAll(async () => {
    const timeout = mode.fork ? TIMEOUT.fork : TIMEOUT.spawn;
    evaluator = await startEvaluator({ ...mode, workers: 1, timeout });
    return () => evaluator.close();
  });

  const expectOutcome = async (agent: string, [outcome, reason]: Expected) => {
    const result = await outcomeOf(evaluator, agent);
    expect(result.outcome, result.reason).toMatch(outcome);
    expect(result.reason).toMatch(reason);
    const next = await outcomeOf(evaluator, fixture("agents/solves_rightly.py"));
    expect(next, "the next task is unharmed").toEqual({ outcome: "passed", reason: "" });
  };

  test.each(Object.entries(SOLUTIONS))(
    "a solution that %s",
    (name, expected) =>
      expectOutcome(agentThatReturns(fixture(`solutions/${name}`)), linuxOnly(expected)),
    20_000,
  );

  test.each(Object.entries(AGENTS))(
    "an agent that %s",
    (name, expected) => expectOutcome(fixture(`agents/${name}`), linuxOnly(expected)),
    20_000,
  );
}

/** Only Linux enforces the memory limit; elsewhere the clock ends a hog. */
function linuxOnly([outcome, reason]: Expected): Expected {
  if (process.platform === "linux" || outcome !== "limit") return [outcome, reason];
  return [/limit|timeout|failed|crashed/, /./];
}
