import { UserError } from "../../errors.ts";

/** A named piece of an agent: the lines from `# [part NAME] …` to `# [end NAME]`, both included. */
export interface Block {
  readonly name: string;
  readonly text: string;
  /** The blank lines before it. */
  readonly lead: string;
}

/** An agent, taken apart. What lies outside of its blocks is machinery that no edit touches. */
export interface Agent {
  /** Up to the line `# [parts begin]`, which is included. */
  readonly head: string;
  readonly blocks: readonly Block[];
  /** From the blank lines before `# [parts end]` on. */
  readonly tail: string;
}

/** The block that holds how children are made. It is never deleted, replaced or moved. */
export const POLICY = "policy";

export const BEGINS_BLOCK = /^# \[part ([a-z0-9-]+)\] (\S.*)$/;
export const ENDS_BLOCK = /^# \[end ([a-z0-9-]+)\]$/;
/** Whatever looks like a marker, so that a misspelt one is told rather than taken for a comment. */
export const MARKER = /^\s*# \[(?:parts?|end)\b/;

/**
 * Takes an agent apart; `printAgent` gives its bytes back.
 *
 * @throws UserError if the markers are missing, or what lies between them is not a row of blocks.
 */
export function parseAgent(source: string): Agent {
  const lines = source.split("\n");
  const begin = onlyLine(lines, "# [parts begin]");
  const end = onlyLine(lines, "# [parts end]");
  if (end < begin) throw malformed('"# [parts end]" comes before "# [parts begin]"');

  const { blocks, rest } = parseBlocks(lines.slice(begin + 1, end));
  return {
    head: textOf(lines.slice(0, begin + 1)),
    blocks,
    tail: textOf(rest) + lines.slice(end).join("\n"),
  };
}

export function printAgent({ head, blocks, tail }: Agent): string {
  return head + blocks.map(({ lead, text }) => lead + text).join("") + tail;
}

export function hasBlock(agent: Agent, name: string): boolean {
  return agent.blocks.some((block) => block.name === name);
}

/** The agent with a block put before the one at `slot`, or at the end, set off by a blank line. */
export function insertBlock(
  agent: Agent,
  slot: number,
  { name, text }: Omit<Block, "lead">,
): Agent {
  const after = agent.blocks.slice(slot).map((block, index) => {
    return index === 0 && block.lead === "" ? { ...block, lead: "\n" } : block;
  });
  const blocks = [...agent.blocks.slice(0, slot), { name, text, lead: "\n" }, ...after];
  return { ...agent, blocks };
}

export function removeBlock(agent: Agent, name: string): Agent {
  return { ...agent, blocks: agent.blocks.filter((block) => block.name !== name) };
}

/** The agent with another block in the place of the one called `name`. */
export function replaceBlock(agent: Agent, name: string, by: Omit<Block, "lead">): Agent {
  const blocks = agent.blocks.map((block) =>
    block.name === name ? { name: by.name, text: by.text, lead: block.lead } : block,
  );
  return { ...agent, blocks };
}

interface OpenBlock {
  readonly name: string;
  readonly lead: string;
  readonly lines: string[];
}

function parseBlocks(lines: readonly string[]): { blocks: Block[]; rest: string[] } {
  const blocks: Block[] = [];
  let blank: string[] = [];
  let open: OpenBlock | undefined;
  for (const line of lines) {
    const begun = BEGINS_BLOCK.exec(line)?.[1];
    if (open !== undefined) {
      open.lines.push(line);
      if (ENDS_BLOCK.exec(line)?.[1] === open.name) {
        blocks.push({ name: open.name, lead: open.lead, text: textOf(open.lines) });
        open = undefined;
      } else if (MARKER.test(line)) throw malformed(`"${line}" stands inside block ${open.name}`);
    } else if (begun !== undefined) {
      if (blocks.some(({ name }) => name === begun)) throw malformed(`two blocks are ${begun}`);
      open = { name: begun, lead: textOf(blank), lines: [line] };
      blank = [];
    } else if (line.trim() === "") blank.push(line);
    else throw malformed(`"${line}" stands between its blocks`);
  }
  if (open !== undefined) throw malformed(`block ${open.name} has no end`);
  return { blocks, rest: blank };
}

function onlyLine(lines: readonly string[], marker: string): number {
  const at = lines.indexOf(marker);
  if (at === -1) throw malformed(`it has no line "${marker}"`);
  if (lines.includes(marker, at + 1)) throw malformed(`it has two lines "${marker}"`);
  return at;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function malformed(what: string): UserError {
  return new UserError(`The search proposer cannot edit this agent: ${what}.`);
}
