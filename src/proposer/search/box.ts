import { createHash } from "node:crypto";
import { UserError } from "../../errors.ts";
import { readBoxFiles } from "../box-files.ts";
import { BEGINS_BLOCK, hasBlock, insertBlock, parseAgent, POLICY, printAgent } from "./blocks.ts";
import { whyNoBlock } from "./statements.ts";

/** A block of Python that can be put into an agent. */
export interface Part {
  readonly name: string;
  /** What it adds, in a line. */
  readonly summary: string;
  /** The whole block, from its begin line to its end line. */
  readonly text: string;
}

/**
 * The box of parts, in the order of their names (by code unit, so alike in every locale).
 *
 * @param folder Where the parts lie; by default those that metai ships with.
 * @throws UserError if a file cannot be read or does not hold exactly one block that is called as the file.
 */
export async function readBox(folder?: URL): Promise<readonly Part[]> {
  const files = [...(await readBoxFiles(folder))];
  return files
    .map(([name, text]) => parsePart(name, text))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function parsePart(name: string, text: string): Part {
  const reason = name === POLICY ? "the policy is no part of the box" : whyNoBlock(name, text);
  if (reason !== null) throw new UserError(`The part ${name}.py is no block: ${reason}.`);
  const [, , summary = ""] = BEGINS_BLOCK.exec(text.slice(0, text.indexOf("\n"))) ?? [];
  return { name, summary, text };
}

/** Identifies a box: SHA-256 (hexadecimal) of its parts' texts, one after the other. */
export function boxSha256(box: readonly Part[]): string {
  const hash = createHash("sha256");
  for (const { text } of box) hash.update(text, "utf8");
  return hash.digest("hex");
}

/**
 * The agent with every part of the box that it lacks, put at the end in the order of the box: the control
 * that shows what mere unpacking achieves.
 *
 * @throws UserError if the source is no agent made of blocks.
 */
export function everyPart(seedSource: string, box: readonly Part[]): string {
  const seed = parseAgent(seedSource);
  const absent = box.filter(({ name }) => !hasBlock(seed, name));
  const full = absent.reduce((agent, part) => insertBlock(agent, agent.blocks.length, part), seed);
  return printAgent(full);
}
