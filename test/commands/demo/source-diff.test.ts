import { expect, test } from "vitest";

import { sourceDiff } from "../../../src/commands/demo/source-diff.ts";

const file = (...lines: string[]) => lines.map((line) => `${line}\n`).join("");
const shown = (before: string, after: string) =>
  sourceDiff(before, after).map(({ sign, text }) => sign + text);

test("a source that stayed has no difference", () => {
  expect(shown(file("a", "b"), file("a", "b"))).toEqual([]);
});

test("a line that was taken out, put in, or is another", () => {
  expect(shown(file("a", "b", "c"), file("a", "c"))).toEqual(["-b"]);
  expect(shown(file("a", "c"), file("a", "b", "c"))).toEqual(["+b"]);
  expect(shown(file("a", "b", "c"), file("a", "x", "c"))).toEqual(["-b", "+x"]);
});

test("what lies between two changes is left out, and a mark stands for it", () => {
  const before = file("a", "1", "2", "3", "4", "5", "6", "7", "8", "b");
  const after = file("x", "1", "2", "3", "4", "5", "6", "7", "8", "y");
  expect(shown(before, after)).toEqual(["-a", "+x", " …", "-b", "+y"]);
});

test("lines keep their indent, and those that look like a diff are lines as others", () => {
  expect(shown(file("a"), file("a", "    return n", "--- a", "+++ b", "@@ -1 +1 @@"))).toEqual([
    "+    return n",
    "+--- a",
    "++++ b",
    "+@@ -1 +1 @@",
  ]);
  expect(shown(file("-- a", "b"), file("b"))).toEqual(["--- a"]);
});

test("an empty line is one", () => {
  expect(shown(file("a", "b"), file("a", "", "b"))).toEqual(["+"]);
});

test("that a file ends without a newline is no line of it", () => {
  expect(shown("a\nb", "a\nc")).toEqual(["-b", "+c"]);
  expect(shown("", file("a"))).toEqual(["+a"]);
});
