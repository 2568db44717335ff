import { below } from "../../core/random.ts";
import {
  hasBlock,
  insertBlock,
  POLICY,
  removeBlock,
  replaceBlock,
  type Agent,
  type Block,
} from "./blocks.ts";
import type { Part } from "./box.ts";
import { combine } from "./combine.ts";
import { changeConstant } from "./constant-edit.ts";
import type { Edit, Edited, Material } from "./edit.ts";
import { meritOf, type Merits } from "./merits.ts";
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

/** Makes one edit, of a kind drawn by the weights; null where that finds nothing to do. */
export function editOnce(
  agent: Agent,
  weights: ReadonlyMap<EditKind, number>,
  material: Material,
): Edited {
  return EDITS[pickWeighted(material.random, weights)](agent, material);
}

/** Puts in the absent part of most merit, if it has any. */
export function insert(agent: Agent, { random, box, merits }: Material): Edited {
  const part = byMerit(absentOf(agent, box), merits)[0];
  if (part === undefined || meritOf(part, merits) <= 0) return null;
  const slot = below(random, agent.blocks.length + 1);
  const edit: Edit = { kind: "insert", part: part.name, detail: place(agent, slot) };
  return { agent: insertBlock(agent, slot, part), edit };
}

/** Takes out the block of least merit, if that is less than none. */
export function remove(agent: Agent, { merits }: Material): Edited {
  const worst = byMerit(editable(agent), merits).at(-1);
  if (worst === undefined || meritOf(worst, merits) >= 0) return null;
  const { name } = worst;
  return { agent: removeBlock(agent, name), edit: { kind: "delete", part: name, detail: "" } };
}

/** Puts the absent part of most merit in the place of the block of least, if it has more. */
export function replace(agent: Agent, { box, merits }: Material): Edited {
  const part = byMerit(absentOf(agent, box), merits)[0];
  const old = byMerit(editable(agent), merits).at(-1);
  if (part === undefined || old === undefined) return null;
  if (meritOf(part, merits) <= meritOf(old, merits)) return null;
  const edit: Edit = { kind: "replace", part: part.name, detail: `in place of ${old.name}` };
  return { agent: replaceBlock(agent, old.name, part), edit };
}

/** Blocks are tried in their order, so this changes the order in which the agent tries things. */
export function move(agent: Agent, { random }: Material): Edited {
  const blocks = editable(agent);
  if (blocks.length === 0 || agent.blocks.length < 2) return null;
  const block = pick(random, blocks);
  const { name } = block;
  const from = agent.blocks.indexOf(block);
  const without = removeBlock(agent, name);
  const drawn = below(random, without.blocks.length); // one slot fewer: not where it was
  const slot = drawn < from ? drawn : drawn + 1;
  const edit: Edit = { kind: "move", part: name, detail: place(without, slot) };
  return { agent: insertBlock(without, slot, block), edit };
}

function absentOf(agent: Agent, box: readonly Part[]): Part[] {
  return box.filter(({ name }) => !hasBlock(agent, name));
}

/** The best comes first. */
function byMerit<B extends Pick<Block, "name">>(blocks: readonly B[], merits: Merits): B[] {
  return blocks.toSorted((a, b) => meritOf(b, merits) - meritOf(a, merits));
}

function editable({ blocks }: Agent): Block[] {
  return blocks.filter(({ name }) => name !== POLICY);
}

function place({ blocks }: Agent, slot: number): string {
  const next = blocks[slot];
  return next === undefined ? "at the end" : `before ${next.name}`;
}
