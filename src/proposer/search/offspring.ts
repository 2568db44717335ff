import { printAgent, type Agent } from "./blocks.ts";
import type { Edit, Material } from "./edit.ts";
import { editOnce } from "./edits.ts";
import { drawMerits } from "./merits.ts";
import { adaptPolicy, readPolicy, type Policy } from "./policy.ts";
import { chance, geometric, randomFrom } from "./random.ts";

/** Where a child stands in a run: all that its draws depend on, besides the agents and the box. */
export interface Place {
  readonly seed: number;
  readonly generation: number;
  /** From 1. */
  readonly child: number;
  /** From 1. */
  readonly attempt: number;
}

export interface Offspring {
  readonly source: string;
  readonly edits: readonly Edit[];
  /** The policy that governed the edits: the child's own, changed or not. */
  readonly policy: Policy;
}

/** What edits draw on, as far as it does not depend on the child. */
export type Given = Omit<Material, "random" | "merits">;

const MOST_EDITS = 60;

/**
 * Draws a child. Where the policy is adaptive, the child may first change its own; that policy then says how
 * many edits are tried (a geometric draw) and of which kinds; one that finds nothing to do is none. Where none
 * is left, the child is the parent. The same arguments give the same bytes.
 */
export function drawOffspring(parent: Agent, place: Place, given: Given): Offspring {
  const random = randomAt(place);
  const inherited = readPolicy(parent);
  const adapts = given.mode === "adaptive" && chance(random, inherited.adapt);
  let agent = adapts ? adaptPolicy(parent, random) : parent;

  const policy = readPolicy(agent);
  const { box, archive } = given;
  const blocks = [...box, ...parent.blocks, ...archive.flatMap(({ agent }) => agent.blocks)];
  const names = new Set(blocks.map(({ name }) => name));
  const material = { ...given, random, merits: drawMerits(names, archive, policy.doubt, random) };
  const edits: Edit[] = [];
  for (let left = geometric(random, policy.editsPerChild, MOST_EDITS); left > 0; left--) {
    const edited = editOnce(agent, policy.weights, material);
    if (edited === null) continue;
    agent = edited.agent;
    edits.push(edited.edit);
  }
  if (edits.length === 0) agent = parent; // its policy alone would pass what the parent passes
  return { source: printAgent(agent), edits, policy };
}

/** The parent with nothing but its policy changed. */
export function drawPolicyChange(parent: Agent, place: Place): Offspring {
  const agent = adaptPolicy(parent, randomAt(place));
  return { source: printAgent(agent), edits: [], policy: readPolicy(agent) };
}

function randomAt({ seed, generation, child, attempt }: Place) {
  return randomFrom(`metai-search/${seed}/${generation}/${child}/${attempt}`);
}
