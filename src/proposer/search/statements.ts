import { BEGINS_BLOCK, ENDS_BLOCK, MARKER } from "./blocks.ts";

/** The statements of a block, in pieces whose concatenation is the block's text. */
export interface Statements {
  /** The begin line. */
  readonly first: string;
  /** Each with the blank lines, comments and decorators above it. */
  readonly statements: readonly string[];
  /** What follows the last statement, the end line included. */
  readonly last: string;
}

/** A line that goes on with what stands above it: indented, closing a bracket, or a later clause. */
const GOES_ON = /^(?:\s+\S|[)\]}]|(?:elif|else|except|finally)\b)/;
/** A line that belongs to whatever comes below it. */
const GOES_BELOW = /^(?:\s*$|#|@)/;

/** Splits the text of a block at the statements that begin in column 0. */
export function splitStatements(blockText: string): Statements {
  const lines = blockText.split(/(?<=\n)/);
  const statements: string[] = [];
  let waiting = "";
  for (const line of lines.slice(1, -1)) {
    if (GOES_BELOW.test(line)) waiting += line;
    else {
      const above = GOES_ON.test(line) ? (statements.pop() ?? "") : "";
      statements.push(above + waiting + line);
      waiting = "";
    }
  }
  return { first: lines[0] ?? "", statements, last: waiting + (lines.at(-1) ?? "") };
}

export function joinStatements({ first, statements, last }: Statements): string {
  return first + statements.join("") + last;
}

/** A statement without the blank lines around it. */
export function bareStatement(statement: string): string {
  return `${statement.replace(/^(?:[ \t]*\n)+/, "").trimEnd()}\n`;
}

/** Why a text is not exactly one block called `name`, or null. */
export function whyNoBlock(name: string, text: string): string | null {
  const lines = text.split("\n");
  if (lines.pop() !== "") return "it does not end with a newline";
  if (text.includes("\r")) return "its lines end with carriage returns";
  if (BEGINS_BLOCK.exec(lines[0] ?? "")?.[1] !== name) {
    return `its first line is not "# [part ${name}] and what it adds"`;
  }
  if (ENDS_BLOCK.exec(lines.at(-1) ?? "")?.[1] !== name)
    return `its last line is not "# [end ${name}]"`;
  const inside = lines.slice(1, -1);
  const marker = inside.find((line) => MARKER.test(line));
  if (marker !== undefined) return `"${marker}" stands inside the block`;
  const begun = inside.find((line) => !GOES_BELOW.test(line));
  if (begun === undefined) return "it holds no statement";
  return GOES_ON.test(begun) ? `its first statement does not begin in column 0` : null;
}
