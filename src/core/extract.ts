import { oneLine } from "./one-line.ts";
import { findBlocks, type CodeBlock } from "./code-blocks.ts";

/** The Python file in a model's answer, or why there is none, in words for the user. */
export type Extraction =
  | { readonly ok: true; readonly source: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Takes the Python file out of a model's answer. Its time is linear in the answer's length.
 *
 * Of several fenced blocks, those that define `solve` come first, whatever their label. Among these
 * the last one counts, because models correct themselves; but blocks less than half as long as the
 * longest are passed over as excerpts or usage examples. Where no block defines `solve`, an
 * unfenced file that does is taken, then the longest block of Python, so that what is wrong with
 * it can be told. The source has Unix line ends and ends with one newline.
 */
export function extractPython(answer: string): Extraction {
  const text = withoutThinking(answer.replaceAll(/\r\n?/g, "\n").replace(/^\uFEFF+/, ""));
  if (text.trim() === "") return { ok: false, reason: "the answer is empty" };

  const { blocks, outside } = findBlocks(text);
  const code = chooseCode(blocks, outside);
  if (code === undefined) return { ok: false, reason: describeMissing(text, blocks) };

  const source = `${code.replace(/^(?:[ \t\uFEFF]*\n)*\uFEFF*/, "").trimEnd()}\n`;
  if (source.includes("\0")) {
    return { ok: false, reason: "the code in the answer holds a NUL character" };
  }
  if (/\p{Surrogate}/u.test(source)) {
    return { ok: false, reason: "the code in the answer holds half of a surrogate pair" };
  }
  return { ok: true, source };
}

const DEFINES_SOLVE = /^(?:async )?def solve\b|^solve\s*=/m;

function chooseCode(blocks: readonly CodeBlock[], outside: string): string | undefined {
  const agents = blocks.filter((block) => DEFINES_SOLVE.test(block.code));
  const longestAgent = longest(agents);
  if (longestAgent !== undefined) {
    return agents.findLast((block) => block.code.length * 2 >= longestAgent.code.length)?.code;
  }
  if (DEFINES_SOLVE.test(outside)) return unfencedCode(outside);

  const python =
    longest(blocks.filter((block) => PYTHON_LABELS.has(block.label))) ??
    longest(blocks.filter((block) => block.label === ""));
  if (python !== undefined) return python.code;
  return /^(?:async )?def \w+\(/m.test(outside) ? unfencedCode(outside) : undefined;
}

const PYTHON_LABELS = new Set(["python", "python3", "py", "py3"]);

function longest(blocks: readonly CodeBlock[]): CodeBlock | undefined {
  return blocks.reduce<CodeBlock | undefined>(
    (best, block) => (best === undefined || block.code.length > best.code.length ? block : best),
    undefined,
  );
}

const BEGINS_CODE =
  /^(?:from [\w.]+ import\b|import [\w.]+(?: as \w+)?(?:,|$)|(?:async )?def \w|class \w+[(:]|@\w|#!|[rR]?"""|[rR]?'''|\w+(?:: ?[\w.[\],|]+)? ?= ?\S)/;

/** Drops the sentences before and after a file that stands in an answer without a fence. */
function unfencedCode(text: string): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => BEGINS_CODE.test(line));
  const last = lines.findLastIndex((line) => line.trim() !== "" && !PROSE.test(line));
  return lines.slice(Math.max(first, 0), last + 1).join("\n");
}

/** At the left margin two words in a row, the first with a capital, or an item of a Markdown list. */
const PROSE = /^(?:[A-Z][\w']*,? \w|[-*] \w|\d+\. |\*\*)/;

/** Reasoning models that are served locally often put their thoughts in front of the answer. */
function withoutThinking(text: string): string {
  const end = text.indexOf(THINKING_END);
  const opened = /^\s*<think>/.test(text);
  if (end === -1) return opened ? "" : text;
  const isOwnLine = end === 0 || text[end - 1] === "\n";
  return opened || isOwnLine ? text.slice(end + THINKING_END.length) : text;
}

const THINKING_END = "</think>";

function describeMissing(text: string, blocks: readonly CodeBlock[]): string {
  const label = longest(blocks)?.label;
  if (label !== undefined) return `the answer holds no Python, only a block marked ${quote(label)}`;
  return `the answer holds no Python code: ${quote(text)}`;
}

function quote(text: string): string {
  return `"${oneLine(text, 80)}"`;
}
