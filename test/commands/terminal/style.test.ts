import { describe, expect, test } from "vitest";

import { alignColumns, wrap } from "../../../src/commands/terminal/style.ts";

describe("columns", () => {
  test("stand below one another; the last is not padded", () => {
    const rows = [["a", "bb", "c"], ["aaa", "b", "  c  d"], ["one"]];
    expect(alignColumns(rows)).toEqual(["a    bb  c", "aaa  b     c  d", "one"]);
  });

  test("the last goes on below itself where a line is too long", () => {
    const rows = [
      ["1", "+one +two +three"],
      ["22", "+four"],
    ];
    expect(alignColumns(rows, 14)).toEqual(["1   +one +two", "    +three", "22  +four"]);
  });
});

test("text is broken at spaces, and never within a word", () => {
  expect(wrap("a bc def extraordinarily g", 5)).toEqual(["a bc", "def", "extraordinarily", "g"]);
});
