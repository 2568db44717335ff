import { describe, expect, test } from "vitest";
import { insertBlock, parseAgent, printAgent } from "../../../src/proposer/search/blocks.ts";
import { joinStatements, splitStatements } from "../../../src/proposer/search/statements.ts";
import { agent, BOX, names, SOURCE, textOf } from "./parts.ts";

describe("an agent", () => {
  test("is taken apart and put together byte for byte", () => {
    const parsed = parseAgent(SOURCE);
    expect(names(parsed)).toEqual(["policy", "budget", "zero", "one"]);
    expect(printAgent(parsed)).toBe(SOURCE);
    expect(parsed.tail).toContain("def solve(prompt, entry_point):");
  });

  test.each([
    ["no markers", "print(1)\n", /no line "# \[parts begin\]"/],
    ["no end", "# [parts begin]\n", /no line "# \[parts end\]"/],
    ["two ends", "# [parts begin]\n# [parts end]\n# [parts end]\n", /two lines "# \[parts end\]"/],
    ["an end before the begin", "# [parts end]\n# [parts begin]\n", /comes before/],
    ["code between blocks", inRegion("x = 1\n"), /"x = 1" stands between its blocks/],
    ["a block without an end", inRegion("# [part a] words\n"), /block a has no end/],
    ["another block's end", inRegion("# [part a] words\n# [end b]\n# [end a]\n"), /inside block a/],
    ["a block in a block", inRegion("# [part a] words\n# [part b] words\n"), /inside block a/],
    ["a block twice", inRegion("# [part a] words\n# [end a]\n".repeat(2)), /two blocks are a/],
    ["a name with capitals", inRegion("# [part A] words\n# [end A]\n"), /between its blocks/],
  ])("with %s is refused", (_, source, message) => {
    expect(() => parseAgent(source)).toThrow(message);
    expect(() => parseAgent(source)).toThrow(/^The search proposer cannot edit this agent: .*\.$/);
  });

  test("sets an inserted block off by blank lines", () => {
    const source = "# [parts begin]\n# [part a] words\nx = 1\n# [end a]\n# [parts end]\n";
    const part = { name: "b", text: "# [part b] words\ny = 1\n# [end b]\n" };
    const child = insertBlock(parseAgent(source), 0, part);
    expect(printAgent(child)).toBe(
      "# [parts begin]\n\n# [part b] words\ny = 1\n# [end b]\n\n# [part a] words\nx = 1\n# [end a]\n# [parts end]\n",
    );
  });
});

describe("the statements of a block", () => {
  test("keep what belongs to them", () => {
    const { statements } = splitStatements(textOf(agent(), "one"));
    expect(statements).toEqual([
      "ONE = 1\n",
      '\n\n@staticmethod\ndef one(prompt):\n    if ONE:\n\n        return "    return 1\\n"\n',
      '\n\n# one is tried last\nrule(\n    "one",\n    one,\n)\n',
    ]);
  });

  test("keep later clauses with the first", () => {
    const longest = BOX.find(({ name }) => name === "longest")?.text ?? "";
    expect(
      splitStatements(longest).statements.map((text) => text.trim().split(/[ (:]/)[0]),
    ).toEqual(["try", "def", "rule"]);
  });

  test("are the whole block when joined", () => {
    for (const { text } of [...BOX, ...agent().blocks]) {
      expect(joinStatements(splitStatements(text))).toBe(text);
    }
  });
});

function inRegion(text: string): string {
  return `# [parts begin]\n${text}# [parts end]\n`;
}
