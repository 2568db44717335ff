import { readFileSync } from "node:fs";
import { parseAgent, type Agent } from "../../../src/proposer/search/blocks.ts";
import { readBox } from "../../../src/proposer/search/box.ts";
import type { Material } from "../../../src/proposer/search/edit.ts";
import { drawMerits } from "../../../src/proposer/search/merits.ts";
import { randomFrom } from "../../../src/proposer/search/random.ts";

export const SOURCE = readFileSync(
  new URL("../../fixtures/search/agent.py", import.meta.url),
  "utf8",
);
export const BOX = await readBox(new URL("../../fixtures/search/parts/", import.meta.url));

export function agent(): Agent {
  return parseAgent(SOURCE);
}

/** Where no merits are given, they are those of a run's beginning: chance alone. */
export function material(over: Partial<Material> = {}): Material {
  const { random = randomFrom("a test"), box = BOX, archive = [] } = over;
  const known = [...agent().blocks, ...box, ...archive.flatMap(({ agent }) => agent.blocks)];
  const merits = drawMerits(new Set(known.map(({ name }) => name)), [], 1, random);
  return { random, box, mode: "adaptive", merits, archive, parentPassed: new Set(), ...over };
}

export function names({ blocks }: Agent): string[] {
  return blocks.map(({ name }) => name);
}

export function textOf({ blocks }: Agent, name: string): string {
  const block = blocks.find((block) => block.name === name);
  if (block === undefined) throw new Error(`there is no block ${name}`);
  return block.text;
}
