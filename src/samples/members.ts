/** One `"key": value` of a JSON object, as it is written. */
export interface Member {
  readonly key: string;
  readonly text: string;
}

const STRUCTURE = /["{}[\],]/g;

/**
 * The members of a JSON object's text, in order, with doubles, which `JSON.parse` hides. What is copied
 * from here keeps numbers and escapes as they were written. The text must have been parsed as an object.
 */
export function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let start = text.indexOf("{") + 1;
  while (start < text.length) {
    const open = text.indexOf('"', start);
    if (open === -1) break; // an object without members
    const afterKey = afterString(text, open);
    const end = endOfValue(text, afterKey);
    members.push({ key: keyOf(text.slice(open, afterKey)), text: text.slice(open, end).trimEnd() });
    if (text[end] === "}") break;
    start = end + 1;
  }
  return members;
}

function keyOf(literal: string): string {
  return literal.includes("\\") ? String(JSON.parse(literal)) : literal.slice(1, -1);
}

/** The index of the comma or brace that follows a member's value. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  STRUCTURE.lastIndex = from;
  for (;;) {
    const found = STRUCTURE.exec(text);
    if (found === null) return text.length;
    const [character] = found;
    if (character === '"') STRUCTURE.lastIndex = afterString(text, found.index);
    else if (depth === 0 && (character === "," || character === "}")) return found.index;
    else if (character === "{" || character === "[") depth++;
    else if (character !== ",") depth--;
  }
}

/** The index after the string literal that starts at `open`. */
function afterString(text: string, open: number): number {
  for (
    let quote = text.indexOf('"', open + 1);
    quote !== -1;
    quote = text.indexOf('"', quote + 1)
  ) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
