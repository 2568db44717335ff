import { expect, test } from "vitest";

import { sourceDiff } from "../../src/commands/source-diff.ts";

test("shows what was taken out and put in, and where lines between were left out", () => {
  const before = "a\nb\nc\nd\ne\n";
  expect(sourceDiff(before, "a\nB\nc\nd\ne\nf\n")).toEqual([
    { sign: "-", text: "b" },
    { sign: "+", text: "B" },
    { sign: " ", text: "…" },
    { sign: "+", text: "f" },
  ]);
  expect(sourceDiff(before, before)).toEqual([]);
});

test("takes the note of a missing newline for no line", () => {
  expect(sourceDiff("a", "b")).toEqual([
    { sign: "-", text: "a" },
    { sign: "+", text: "b" },
  ]);
});
