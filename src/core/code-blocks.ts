/** A fenced block of a Markdown text. */
export interface CodeBlock {
  /** The first word of the info string in lower case; empty where there is none. */
  readonly label: string;
  readonly code: string;
}

interface Fence {
  readonly indent: number;
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

/**
 * Splits a text into its non-empty fenced blocks and the text outside of them, by the rules of
 * CommonMark 0.31 (section 4.5) with three allowances for what models write: a fence may be indented
 * at will, as in a list; a last block that is never closed still counts; and inside a block a fence
 * with an info string opens an inner block, as in a docstring that shows an example.
 */
export function findBlocks(text: string): Split {
  const lines = text.split("\n");
  const nested = split(lines, { innerBlocks: true });
  // A fence that only looked like the start of an inner block has swallowed the outer one's end.
  return nested.unclosed ? split(lines, { innerBlocks: false }) : nested;
}

interface Split {
  readonly blocks: readonly CodeBlock[];
  readonly outside: string;
}

function split(
  lines: readonly string[],
  { innerBlocks }: { innerBlocks: boolean },
): Split & { unclosed: boolean } {
  const blocks: CodeBlock[] = [];
  const outside: string[] = [];
  let open: { fence: Fence; inner: Fence[]; hadInner: boolean; lines: string[] } | undefined;

  const close = () => {
    if (open === undefined) return;
    const code = open.lines.join("\n");
    if (code.trim() !== "") blocks.push({ label: labelOf(open.fence.info), code });
    open = undefined;
  };

  for (const line of lines) {
    const fence = parseFence(line);
    if (open === undefined) {
      if (fence === undefined) outside.push(line);
      else open = { fence, inner: [], hadInner: false, lines: [] };
      continue;
    }
    if (fence !== undefined) {
      const current = open.inner.at(-1) ?? open.fence;
      if (closes(fence, current)) {
        if (open.inner.pop() === undefined) {
          close();
          continue;
        }
      } else if (innerBlocks && fence.info !== "" && fence.mark === current.mark) {
        open.inner.push(fence);
        open.hadInner = true;
      }
    }
    open.lines.push(dedent(line, open.fence.indent));
  }
  const unclosed = open?.hadInner === true;
  close();
  return { blocks, outside: outside.join("\n"), unclosed };
}

function closes(fence: Fence, opening: Fence): boolean {
  return (
    fence.info === "" &&
    fence.mark === opening.mark &&
    fence.length >= opening.length &&
    fence.indent <= opening.indent + 3
  );
}

/** Counts by hand: a pattern with two open ends would be slow on a long hostile line. */
function parseFence(line: string): Fence | undefined {
  let indent = 0;
  while (line[indent] === " " || line[indent] === "\t") indent++;
  const mark = line[indent];
  if (mark !== "`" && mark !== "~") return undefined;

  let end = indent;
  while (line[end] === mark) end++;
  const info = line.slice(end).trim();
  if (end - indent < 3 || (mark === "`" && info.includes("`"))) return undefined;
  return { indent, mark, length: end - indent, info };
}

function labelOf(info: string): string {
  return (/[\w+#-]+/.exec(info)?.[0] ?? "").toLowerCase();
}

function dedent(line: string, indent: number): string {
  let start = 0;
  while (start < indent && (line[start] === " " || line[start] === "\t")) start++;
  return line.slice(start);
}
