import { expect, test } from "vitest";

import { budgetOf, minutesAtWork, priceOfRun } from "../../../src/commands/run/spending.ts";
import { DEFAULT_MODEL, UNLIMITED, type OpenaiConfig } from "../../../src/config/improver.ts";
import type { JournalEvent } from "../../../src/core/journal.ts";
import { type JournalLine, seal } from "../../../src/store/journal.ts";
import { sha256 } from "../../../src/store/objects.ts";
import { startedEvent, VERSIONS } from "../../store/events.ts";

const OPENAI: OpenaiConfig = {
  kind: "openai",
  apiKey: undefined,
  baseUrl: undefined,
  model: DEFAULT_MODEL,
  temperature: undefined,
  maxRetries: 5,
  requestTimeoutSeconds: 300,
};

/** An answer of so many tokens. */
const answer = (child: number, tokens: number): JournalEvent => ({
  type: "response",
  generation: 1,
  child,
  entry_sha256: null,
  proposal: {
    answer_sha256: sha256(""),
    response_model: null,
    finish_reason: null,
    prompt_tokens: tokens,
    completion_tokens: 1,
  },
});
const RESUMED: JournalEvent = {
  type: "run-resumed",
  versions: VERSIONS,
  git: null,
  python: "3.11.7",
};

/** The lines of a journal whose events came at these minutes. */
function linesAt(...events: (readonly [minute: number, event: JournalEvent])[]): JournalLine[] {
  let last: JournalLine | null = null;
  return events.map(([minute, event]) => {
    const { line } = seal(event, last, new Date(Date.UTC(2026, 0, 1, 0, minute)));
    last = line;
    return line;
  });
}

test("the time between a stop and the part that went on does not count", () => {
  const lines = linesAt([0, startedEvent()], [2, answer(1, 1)], [50, RESUMED], [53, answer(2, 1)]);
  expect(minutesAtWork(lines)).toBe(5);
  expect(minutesAtWork([])).toBe(0);
});

test("what was used before counts, of runs side by side together", async () => {
  const run = linesAt([0, startedEvent()], [2, answer(1, 99)]);
  const limits = { ...UNLIMITED.limits, maxTokens: 300 };
  const budget = budgetOf({ price: null, limits }, null, [run, run]);
  expect(budget?.spent()).toMatchObject({ tokens: 200 });
  expect(budget?.spent().minutes).toBeCloseTo(2, 1);
  const { signal } = new AbortController();
  expect(await budget?.enter(signal)).toBeNull();
  budget?.leave({ promptTokens: 100, completionTokens: 0 });
  expect(await budget?.enter(signal)).toMatch(/300 tokens/);
});

test("nothing limited is no budget", () => {
  expect(budgetOf(UNLIMITED, null, [])).toBeNull();
});

test("a price is the one that is given, else the list's, else none", async () => {
  const given = { inputPerMillion: 7, outputPerMillion: 8, source: "given" };
  const spending = { ...UNLIMITED, price: given };
  expect(await priceOfRun({ proposer: OPENAI, spending })).toBe(given);
  const listed = await priceOfRun({ proposer: OPENAI, spending: UNLIMITED });
  expect(listed?.inputPerMillion).toBeGreaterThan(0);
  const local = { ...OPENAI, baseUrl: "http://localhost:11434/v1" };
  expect(await priceOfRun({ proposer: local, spending: UNLIMITED })).toBeNull();
  expect(await priceOfRun({ proposer: { kind: "mock" }, spending: UNLIMITED })).toBeNull();
});
