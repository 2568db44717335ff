import { describe, expect, test } from "vitest";
import { extractPython } from "../../src/core/extract.ts";

const FILE = `import re\n\n\ndef solve(prompt, entry_point):\n    return "    pass\\n"\n`;

function sourceOf(answer: string): string {
  const result = extractPython(answer);
  if (!result.ok) throw new Error(result.reason);
  return result.source;
}

function reasonOf(answer: string): string {
  const result = extractPython(answer);
  if (result.ok) throw new Error(`took this as code: ${result.source}`);
  return result.reason;
}

function block(code: string, label = "python"): string {
  return `\`\`\`${label}\n${code}\`\`\`\n`;
}

describe("one block", () => {
  test.each([
    ["python", `Here it is:\n\n\`\`\`python\n${FILE}\`\`\`\nIt is better.`],
    ["py", `\`\`\`py\n${FILE}\`\`\``],
    ["capitals and a title", `\`\`\`Python title="agent.py"\n${FILE}\`\`\``],
    ["no label", `\`\`\`\n${FILE}\`\`\`\n`],
    ["a wrong label", `\`\`\`text\n${FILE}\`\`\`\n`],
    ["tildes", `~~~python\n${FILE}~~~\n`],
    ["a longer fence", `\`\`\`\`\`python\n${FILE}\`\`\`\`\`\n`],
    ["never closed", `Here it is:\n\`\`\`python\n${FILE}`],
    ["blank lines around the code", `\`\`\`python\n\n  \n${FILE}\n\n\n\`\`\``],
    ["Windows line ends", `Text\n\`\`\`python\n${FILE}\`\`\`\n`.replaceAll("\n", "\r\n")],
    ["old Mac line ends", `\`\`\`python\n${FILE}\`\`\`\n`.replaceAll("\n", "\r")],
    ["a byte order mark", `\uFEFF\`\`\`python\n\uFEFF${FILE}\`\`\``],
    [
      "indented as in a list",
      `1. The file:\n\n   \`\`\`python\n${FILE.replaceAll(/^(?=.)/gm, "   ")}   \`\`\`\n`,
    ],
    ["backticks in the text before", `I call \`\`\`solve\`\`\` once.\n\`\`\`python\n${FILE}\`\`\``],
  ])("%s", (_name, answer) => {
    expect(sourceOf(answer)).toBe(FILE);
  });

  test("keeps fences in a docstring, at any depth", () => {
    const shown = `    """Shows:\n\n    \`\`\`python\n    x = 1\n    \`\`\`\n    """\n`;
    const file = `def solve(prompt, entry_point):\n${shown}    return prompt\n`;
    expect(sourceOf(`\`\`\`python\n${file}\`\`\`\nDone.`)).toBe(file);
    const flush = `TEXT = """\n\`\`\`python\nx = 1\n\`\`\`\n"""\n\n\n${FILE}`;
    expect(sourceOf(`\`\`\`python\n${flush}\`\`\`\nDone.`)).toBe(flush);
    const unpaired = `START = """\n\`\`\`python\n"""\n\n\n${FILE}`;
    expect(sourceOf(`\`\`\`python\n${unpaired}\`\`\`\nDone.`)).toBe(unpaired);
  });

  test("a file without solve is handed on, so that its fault can be named", () => {
    expect(sourceOf("```python\nx = 1\n```")).toBe("x = 1\n");
  });
});

describe("several blocks", () => {
  test("the file, not the explanation before it", () => {
    const excerpt = "def solve(prompt, entry_point):\n    ...\n";
    expect(sourceOf(`First I change this:\n${block(excerpt)}Now all:\n${block(FILE)}`)).toBe(FILE);
  });

  test("the file, not the longer example after it", () => {
    const example = `from agent import solve\n${"print(solve(prompt, name))\n".repeat(20)}`;
    expect(sourceOf(`${block(FILE)}Use it so:\n${block(example)}`)).toBe(FILE);
  });

  test("the file, not the excerpt after it", () => {
    const file = FILE + "\n\n# more\n".repeat(30);
    const excerpt = "def solve(prompt, entry_point):\n    ...\n";
    expect(sourceOf(`${block(file)}The heart of it:\n${block(excerpt)}`)).toBe(
      `${file.trimEnd()}\n`,
    );
  });

  test("the correction, not the first version", () => {
    const corrected = FILE.replace("pass", "return 1");
    expect(sourceOf(`${block(FILE)}Wait, that is wrong:\n${block(corrected)}`)).toBe(corrected);
  });

  test("Python, not the longer output of a command", () => {
    const output = block("line of output\n".repeat(9), "text");
    expect(sourceOf(`${output}${block("x = 1\n")}`)).toBe("x = 1\n");
  });
});

describe("no block", () => {
  test.each([
    ["nothing but code", FILE],
    [
      "sentences before and after",
      `Here is the agent.\n\n${FILE}\nThis agent is better.\n\n- It is short`,
    ],
    ["only the closing fence", `${FILE}\`\`\`\nThis agent is better.`],
    ["a block that is something else", `Run it:\n\`\`\`bash\npython agent.py\n\`\`\`\n${FILE}`],
  ])("%s", (_name, answer) => {
    expect(sourceOf(answer)).toBe(FILE);
  });
});

describe("the thoughts of a reasoning model", () => {
  const draft = "```python\ndef solve(prompt, entry_point):\n    return 'a draft'\n```";

  test.each([
    ["marked", `<think>\nMaybe ${draft}\n</think>\n\n\`\`\`python\n${FILE}\`\`\``],
    ["whose start the server dropped", `Maybe\n${draft}\n</think>\n\`\`\`python\n${FILE}\`\`\``],
  ])("%s", (_name, answer) => {
    expect(sourceOf(answer)).toBe(FILE);
  });

  test("that never end are no answer", () => {
    expect(reasonOf(`<think>\nMaybe\n${draft}\n`)).toBe("the answer is empty");
  });
});

describe("no code", () => {
  test.each([
    ["nothing", "", "the answer is empty"],
    ["white space", " \r\n\t\uFEFF\n", "the answer is empty"],
    [
      "a refusal",
      "I'm sorry, I can't help with that.",
      `the answer holds no Python code: "I'm sorry, I can't help with that."`,
    ],
    [
      "another language",
      "```bash\nls\n```",
      `the answer holds no Python, only a block marked "bash"`,
    ],
    ["an empty block", "```python\n\n```", 'the answer holds no Python code: "```python ```"'],
    [
      "a NUL",
      "```python\ndef solve(a, b):\n    return '\0'\n```",
      "the code in the answer holds a NUL character",
    ],
    [
      "half a character",
      "```python\ndef solve(a, b):\n    return '\uD83D'\n```",
      "the code in the answer holds half of a surrogate pair",
    ],
  ])("%s", (_name, answer, reason) => {
    expect(reasonOf(answer)).toBe(reason);
  });

  test("a quoted answer is short and cannot steer a terminal", () => {
    const reason = reasonOf(`\u001B[2Jno\u202E ${"really ".repeat(1000)}`);
    expect(reason.length).toBeLessThan(130);
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

test("megabytes of hostile text take time in proportion", () => {
  const size = 2_000_000;
  const answers = [
    "`".repeat(size),
    "```\n".repeat(size / 4),
    "```a\n".repeat(size / 4),
    `\`\`\`python\n${" ".repeat(size)}`,
    `\`\`\`python\n${"\n".repeat(size)}x`,
    `def solve(${" ".repeat(size)}`,
    `def solve\n${"a".repeat(size)}:${"b".repeat(size)}`,
    `${" ".repeat(size)}<think>`,
  ];
  const start = performance.now();
  for (const answer of answers) extractPython(answer);
  expect(performance.now() - start).toBeLessThan(30_000); // it takes about one second
});
