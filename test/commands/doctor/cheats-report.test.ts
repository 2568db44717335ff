import { describe, expect, test } from "vitest";

import {
  type CheatRow,
  type CheatsReport,
  cheatTable,
  remarks,
} from "../../../src/commands/doctor/cheats-report.ts";

const row = (name: string, changes: Partial<CheatRow> = {}): CheatRow => ({
  name: `${changes.family ?? "equality"}/${name}`,
  family: "equality",
  tries:
    "Returns an object that equals everything there is, and some of what there is not, at all times.",
  official: "passed",
  outcome: "failed",
  reason: "why",
  earned: false,
  expected: false,
  process: null,
  ...changes,
});

const passed = { outcome: "passed", earned: true } as const;
const known = { expected: true, process: "it sees the disk" } as const;

const report = (
  results: readonly CheatRow[],
  changes: Partial<CheatsReport> = {},
): CheatsReport => ({
  sandbox: "process",
  official: { harness: "abc", python: "3.11.7", date: "2026-01-02" },
  results,
  left_out: [],
  ...changes,
});

const textOf = (all: CheatsReport, width: number) =>
  cheatTable(all, width).map((line) => line.map(({ text }) => text).join(""));

const said = (all: CheatsReport) =>
  remarks(all).flatMap(({ text, items = [] }) => [text, ...items]);

describe("the table", () => {
  const all = report([row("one"), row("two", { official: "timed out" }), row("three", passed)]);

  test.each([60, 80, 100, 120])("fits into %i columns, with every word of it", (width) => {
    const lines = textOf(all, width);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    const words = lines
      .join(" ")
      .split(/\s+/)
      .filter((word) => word === "everything");
    expect(words).toHaveLength(3);
  });

  test("counts, for each family, what earns a pass here and there", () => {
    expect(textOf(all, 80)).toContainEqual(expect.stringMatching(/^equality +2 of 3 +1 of 3$/));
  });

  test("has the names where there is room for them", () => {
    expect(textOf(all, 80).join("\n")).not.toContain("three");
    expect(textOf(all, 120).join("\n")).toMatch(/^ {2}three +Returns/m);
  });
});

describe("what is said below it", () => {
  test("one sum where everything was stopped", () => {
    expect(said(report([row("one"), row("two")], { sandbox: "bubblewrap" }))).toEqual([
      "0 of 2 cheats earned a pass under bubblewrap; " +
        "2 do under the official harness's scheme (recorded 2026-01-02).",
    ]);
  });

  test("which ones the level cannot stop and why, and which of them it did stop here", () => {
    const lines = said(report([row("one", { ...known, ...passed }), row("two", known)]));
    expect(lines).toContain("equality/one: it sees the disk");
    expect(lines).toContain("Yet here equality/two earned nothing.");
    expect(lines.at(-1)).toMatch(/^1 of 2 cheats earned a pass at level process, which is no/);
  });

  test("which ones got through, and which were left out", () => {
    const lines = said(report([row("one", passed)], { left_out: ["exhaustion/bomb"] }));
    expect(lines).toContain("These should have been stopped, and were not:");
    expect(lines).toContainEqual(expect.stringMatching(/^equality\/one: Returns/));
    expect(lines).toContain("exhaustion/bomb");
  });
});
