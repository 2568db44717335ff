import { describe, expect, test } from "vitest";

import { parseJournal, seal, type JournalLine } from "../../src/store/journal.ts";
import { sha256 } from "../../src/store/objects.ts";
import { seedEvents, startedEvent } from "./events.ts";

const EVENTS = [startedEvent(), ...seedEvents("seed = 1\n")];

/** The lines of a journal of these events, without their line feeds. */
function linesOf(events = EVENTS): string[] {
  let last: JournalLine | null = null;
  return events.map((event) => {
    const { line, text } = seal(event, last, new Date("2026-01-02T03:04:05Z"));
    last = line;
    return text;
  });
}

const parse = (...lines: string[]) =>
  parseJournal(Buffer.from(lines.map((l) => `${l}\n`).join("")));

test("a journal reads as it was written, each line with the hash of the one before", () => {
  const texts = linesOf();
  const { lines, torn, problem, bytes } = parse(...texts);
  expect({ torn, problem }).toEqual({ torn: false, problem: null });
  expect(bytes).toBe(Buffer.byteLength(texts.join("\n") + "\n"));
  expect(lines.map(({ event }) => event)).toEqual(EVENTS);
  expect(lines.map(({ seq }) => seq)).toEqual(EVENTS.map((_, index) => index));
  expect(lines[0]?.previous).toBeNull();
  for (const [index, line] of lines.slice(1).entries()) {
    expect(line.previous).toBe(sha256(texts[index] ?? ""));
  }
  expect(lines.at(-1)?.sha256).toBe(sha256(texts.at(-1) ?? ""));
});

test("half a surrogate pair in a reason survives", () => {
  const event = { type: "candidate", generation: 0, child: 0, agent_sha256: null } as const;
  const [text = ""] = linesOf([{ ...event, reason: "half \ud800 of a pair" }]);
  expect(parse(text).lines[0]?.event).toMatchObject({ reason: "half \ud800 of a pair" });
});

describe("a line that is cut off is recognised", () => {
  const whole = linesOf()
    .map((line) => `${line}\n`)
    .join("");
  const lengths = linesOf().map((line) => Buffer.byteLength(line) + 1);

  test("at whatever byte the writing stopped", () => {
    let before = 0;
    for (const [index, length] of lengths.entries()) {
      for (const cut of [1, Math.floor(length / 2), length - 1]) {
        const content = parseJournal(Buffer.from(whole).subarray(0, before + cut));
        expect(content).toMatchObject({ torn: true, problem: null, bytes: before });
        expect(content.lines).toHaveLength(index);
      }
      before += length;
    }
  });

  test("and nothing is torn between two lines", () => {
    expect(parseJournal(Buffer.from(""))).toMatchObject({ torn: false, lines: [], problem: null });
    expect(parse(...linesOf().slice(0, 3))).toMatchObject({ torn: false, problem: null });
  });
});

describe("what is not as it was written is named by its line", () => {
  const [first = "", second = "", third = "", ...rest] = linesOf();
  const otherFirst = first.replace("a-model", "b-model");
  test.for<[string, string[], number, RegExp]>([
    ["a changed value", [otherFirst, second, third], 2, /line before it/],
    ["a line left out", [first, third, ...rest], 2, /number is 2/],
    ["two lines in the wrong order", [first, third, second], 2, /number is 2/],
    ["a line twice", [first, second, second], 3, /number is 1/],
    ["a beginning left out", [second, third], 1, /number is 1/],
    ["a space", [first.replace('{"seq"', '{ "seq"')], 1, /not as metai writes it/],
    [
      "another order of fields",
      [first.replace('"seq":0,', "").replace(/}$/, ',"seq":0}')],
      1,
      /not as/,
    ],
    ["another spelling of a number", [first.replace('"seq":0', '"seq":0.0')], 1, /not as/],
    ["an escaped letter", [first.replace("a-model", "\\u0061-model")], 1, /not as/],
    ["a field twice", [first.replace('{"seq":0', '{"seq":1,"seq":0')], 1, /not as/],
    ["a blank line", [first, "", second], 2, /no line of a journal/],
    ["no JSON", [first, "what"], 2, /no line of a journal/],
    ["an unknown field", [first.replace(/}$/, ',"more":1}')], 1, /no event/],
    ["an unknown event", [first.replace("run-started", "run-begun")], 1, /no event/],
    [
      "a word for a number",
      [first.replace('"generations":5', '"generations":"5"')],
      1,
      /generations/,
    ],
    [
      "a number that no run has",
      [first, second.replace('"generation":0', '"generation":1e15')],
      2,
      /./,
    ],
  ])("%s", ([, lines, number, words]) => {
    const { problem } = parse(...lines);
    expect(problem?.line).toBe(number);
    expect(problem?.words).toMatch(words);
  });

  test("bytes that are no UTF-8", () => {
    const bytes = Buffer.from(`${first}\n`);
    bytes[bytes.indexOf("a-model")] = 0xff;
    expect(parseJournal(bytes).problem).toMatchObject({ line: 1 });
  });
});
