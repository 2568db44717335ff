import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printAgent } from "../../../src/proposer/search/blocks.ts";
import { boxSha256, everyPart, readBox } from "../../../src/proposer/search/box.ts";
import { parseAgent } from "../../../src/proposer/search/blocks.ts";
import { BOX, names, SOURCE } from "./parts.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "metai-box-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the box", () => {
  test("holds its parts in the order of their names, each with what it adds", () => {
    expect(BOX.map(({ name }) => name)).toEqual([
      "empty-list",
      "longest",
      "nothing",
      "text",
      "three",
      "truth",
      "two",
      "zero",
    ]);
    expect(BOX[1]?.summary).toBe("The longest of some texts.");
  });

  test("is known by its content", () => {
    const [first, ...others] = BOX;
    if (first === undefined) throw new Error("the box is empty");
    expect(boxSha256(BOX)).toMatch(/^[0-9a-f]{64}$/);
    expect(boxSha256(others)).not.toBe(boxSha256(BOX));
    expect(boxSha256([{ ...first, text: `${first.text} ` }, ...others])).not.toBe(boxSha256(BOX));
  });

  test.each([
    ["no begin line", "x = 1\n# [end odd]\n", /odd\.py is no block: its first line is not/],
    [
      "another name",
      "# [part even] words\nx = 1\n# [end even]\n",
      /first line is not "# \[part odd\]/,
    ],
    ["no words", "# [part odd]\nx = 1\n# [end odd]\n", /first line is not/],
    ["no end line", "# [part odd] words\nx = 1\n", /last line is not "# \[end odd\]"/],
    ["a blank line at its end", "# [part odd] words\nx = 1\n# [end odd]\n\n", /last line is not/],
    ["no newline at its end", "# [part odd] words\nx = 1\n# [end odd]", /end with a newline/],
    ["carriage returns", "# [part odd] words\r\nx = 1\r\n# [end odd]\r\n", /carriage returns/],
    ["a block inside", "# [part odd] words\n# [part a] b\n# [end odd]\n", /inside the block/],
    ["no statement", "# [part odd] words\n# words\n# [end odd]\n", /no statement/],
    ["an indented beginning", "# [part odd] words\n  x = 1\n# [end odd]\n", /column 0/],
  ])("refuses a file with %s", async (_, text, message) => {
    writeFileSync(join(folder, "odd.py"), text);
    await expect(readBox(pathToFileURL(`${folder}/`))).rejects.toThrow(message);
  });

  test("that is not there is told in a line", async () => {
    const missing = pathToFileURL(join(folder, "missing/"));
    await expect(readBox(missing)).rejects.toThrow(/^Cannot use .*: there is no such file/);
  });
});

test("the agent with every part has each once, after its own blocks", () => {
  const full = parseAgent(everyPart(SOURCE, BOX));
  const added = BOX.map(({ name }) => name).filter((name) => name !== "zero");
  expect(names(full)).toEqual(["policy", "budget", "zero", "one", ...added]);
  expect(everyPart(printAgent(full), BOX)).toBe(printAgent(full));
});
