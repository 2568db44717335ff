import { below } from "../../core/random.ts";
import { hasBlock, insertBlock, POLICY, removeBlock, replaceBlock, type Agent } from "./blocks.ts";
import { combine } from "./combine.ts";
import { changeConstant } from "./constant-edit.ts";
import type { Edit, Edited, Material } from "./edit.ts";
import type { EditKind } from "./policy.ts";
import { pick, pickWeighted } from "./random.ts";
import { splice } from "./splice.ts";

const EDITS: Readonly<Record<EditKind, (agent: Agent, material: Material) => Edited>> = {
  insert,
  delete: remove,
  replace,
  splice,
  move,
  constant: changeConstant,
  combine,
};

/** Bounds the search for an edit that the agent allows. */
const MOST_DRAWS = 20;

/**
 * Makes one edit. Its kind is drawn by the weights, and again, up to a bound, where the agent leaves nothing
 * for the drawn one to do.
 */
export function editOnce(
  agent: Agent,
  weights: ReadonlyMap<EditKind, number>,
  material: Material,
): Edited {
  for (let left = MOST_DRAWS; left > 0; left--) {
    const edited = EDITS[pickWeighted(material.random, weights)](agent, material);
    if (edited !== null) return edited;
  }
  return null;
}

export function insert(agent: Agent, { random, box }: Material): Edited {
  const absent = box.filter(({ name }) => !hasBlock(agent, name));
  if (absent.length === 0) return null;
  const part = pick(random, absent);
  const slot = below(random, agent.blocks.length + 1);
  const edit: Edit = { kind: "insert", part: part.name, detail: place(agent, slot) };
  return { agent: insertBlock(agent, slot, part), edit };
}

export function remove(agent: Agent, { random }: Material): Edited {
  const names = editable(agent);
  if (names.length === 0) return null;
  const name = pick(random, names);
  return { agent: removeBlock(agent, name), edit: { kind: "delete", part: name, detail: "" } };
}

export function replace(agent: Agent, { random, box }: Material): Edited {
  const names = editable(agent);
  const absent = box.filter(({ name }) => !hasBlock(agent, name));
  if (names.length === 0 || absent.length === 0) return null;
  const old = pick(random, names);
  const part = pick(random, absent);
  const edit: Edit = { kind: "replace", part: part.name, detail: `in place of ${old}` };
  return { agent: replaceBlock(agent, old, part), edit };
}

/** Blocks are tried in their order, so this changes the order in which the agent tries things. */
export function move(agent: Agent, { random }: Material): Edited {
  const names = editable(agent);
  if (names.length === 0 || agent.blocks.length < 2) return null;
  const name = pick(random, names);
  const from = agent.blocks.findIndex((block) => block.name === name);
  const block = agent.blocks[from];
  if (block === undefined) return null;
  const without = removeBlock(agent, name);
  const drawn = below(random, without.blocks.length); // one slot fewer: not where it was
  const slot = drawn < from ? drawn : drawn + 1;
  const edit: Edit = { kind: "move", part: name, detail: place(without, slot) };
  return { agent: insertBlock(without, slot, block), edit };
}

function editable({ blocks }: Agent): string[] {
  return blocks.map(({ name }) => name).filter((name) => name !== POLICY);
}

function place({ blocks }: Agent, slot: number): string {
  const next = blocks[slot];
  return next === undefined ? "at the end" : `before ${next.name}`;
}
