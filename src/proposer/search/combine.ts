import { hasBlock, insertBlock, POLICY, type Agent, type Block } from "./blocks.ts";
import type { Edited, Material, Partner } from "./edit.ts";
import { meritOf } from "./merits.ts";
import { chance, draw } from "./random.ts";

const TOURNAMENT = 10;

/**
 * Takes over the blocks of merit that an earlier agent has and this one lacks: all of them, or each with chance
 * 1/2. The policy is not among them. The partner is the one of up to ten drawn that passes most tasks that the parent does
 * not, the earliest drawn where they tie.
 */
export function combine(agent: Agent, material: Material): Edited {
  const { random, archive, parentPassed, merits } = material;
  const able = archive.filter((partner) => lacking(agent, partner.agent).length > 0);
  const gain = (partner: Partner) =>
    partner.passed.filter((task) => !parentPassed.has(task)).length;
  const [first, ...others] = draw(random, able, TOURNAMENT);
  if (first === undefined) return null;
  const partner = others.reduce((best, next) => (gain(next) > gain(best) ? next : best), first);

  const offered = lacking(agent, partner.agent).filter((block) => meritOf(block, merits) > 0);
  const takesAll = chance(random, 1 / 2);
  const taken = takesAll ? offered : offered.filter(() => chance(random, 1 / 2));
  if (taken.length === 0) return null;
  const names = taken.map(({ name }) => name).join(", ");
  return {
    agent: taken.reduce((child, block) => insertAsIn(partner.agent, child, block), agent),
    edit: { kind: "combine", part: names, detail: `from ${partner.name}` },
  };
}

function lacking(agent: Agent, partner: Agent): readonly Block[] {
  return partner.blocks.filter(({ name }) => name !== POLICY && !hasBlock(agent, name));
}

/** After the nearest block that comes before it in the partner, so that the partner's order is kept. */
function insertAsIn(partner: Agent, child: Agent, block: Block): Agent {
  const at = partner.blocks.findIndex(({ name }) => name === block.name);
  const before = partner.blocks.slice(0, at).map(({ name }) => name);
  const nearest = before.findLast((name) => hasBlock(child, name));
  const slot = child.blocks.findIndex(({ name }) => name === nearest) + 1;
  return insertBlock(child, slot, block);
}
