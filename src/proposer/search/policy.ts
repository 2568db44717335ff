import type { Random } from "../../core/random.ts";
import { POLICY, replaceBlock, type Agent } from "./blocks.ts";
import { fit, readConstants, writeConstant } from "./constants.ts";
import { chance, pick } from "./random.ts";

/** The kinds of edit, by the constant of the policy block that holds the kind's weight. */
export const KINDS = {
  INSERT: "insert",
  DELETE: "delete",
  REPLACE: "replace",
  SPLICE: "splice",
  MOVE: "move",
  CONSTANT: "constant",
  COMBINE: "combine",
} as const;
export type EditKind = (typeof KINDS)[keyof typeof KINDS];

/** `adaptive`: edits may change how edits are made. `fixed`: the policy of the seed holds throughout. */
export type PolicyMode = "adaptive" | "fixed";

/** How children are made, as an agent's own source says. */
export interface Policy {
  /** The mean number of edits, at least 1. */
  readonly editsPerChild: number;
  readonly weights: ReadonlyMap<EditKind, number>;
  /** How far a child's view of the blocks' merits strays from the record's, in tasks; see `drawMerits`. */
  readonly doubt: number;
  /** The chance that a child changes its policy before it uses it. */
  readonly adapt: number;
}

/** What holds where the source is silent, and what bounds it whatever the source says. */
const DEFAULTS = {
  EDITS_PER_CHILD: { value: 4, low: 1, high: 40 },
  INSERT: { value: 6, low: 0.1, high: 20 },
  DELETE: { value: 1.5, low: 0.1, high: 20 },
  REPLACE: { value: 1, low: 0.1, high: 20 },
  SPLICE: { value: 1, low: 0.1, high: 20 },
  MOVE: { value: 1, low: 0.1, high: 20 },
  CONSTANT: { value: 1, low: 0.1, high: 20 },
  COMBINE: { value: 2, low: 0.1, high: 20 },
  DOUBT: { value: 0.25, low: 0.05, high: 5 },
  ADAPT: { value: 0.5, low: 0.05, high: 1 },
} as const;
type PolicyConstant = keyof typeof DEFAULTS;

/** Reads the policy block. A constant that is missing or malformed has its default. */
export function readPolicy(agent: Agent): Policy {
  const constants = readConstants(policyText(agent));
  const read = (name: PolicyConstant) => {
    const { value, low, high } = DEFAULTS[name];
    const found = constants.find((constant) => constant.name === name);
    const own = found === undefined ? value : fit(found, found.value);
    return Math.min(Math.max(own, low), high);
  };
  return {
    editsPerChild: read("EDITS_PER_CHILD"),
    weights: new Map([
      [KINDS.INSERT, read("INSERT")],
      [KINDS.DELETE, read("DELETE")],
      [KINDS.REPLACE, read("REPLACE")],
      [KINDS.SPLICE, read("SPLICE")],
      [KINDS.MOVE, read("MOVE")],
      [KINDS.CONSTANT, read("CONSTANT")],
      [KINDS.COMBINE, read("COMBINE")],
    ]),
    doubt: read("DOUBT"),
    adapt: read("ADAPT"),
  };
}

/** Symmetric in ratio, so that repeated draws favour neither growth nor shrinking. */
export const FACTORS: readonly number[] = [1 / 2, 2 / 3, 4 / 5, 5 / 4, 3 / 2, 2];
const CHANCE_OF_WEIGHT = 0.25;

/**
 * Changes an agent's own policy: the mean number of edits, and each weight with a smaller chance. This is the
 * self-adaptation of evolution strategies (Schwefel, Numerical Optimization of Computer Models, 1981;
 * Beyer and Schwefel, Evolution strategies, Natural Computing 1, 2002): the policy is inherited and changed
 * before the edits that it governs, so it is selected by what it brings about.
 */
export function adaptPolicy(agent: Agent, random: Random): Agent {
  let text = policyText(agent);
  for (const constant of readConstants(text)) {
    const isMean = constant.name === "EDITS_PER_CHILD";
    const isWeight = Object.hasOwn(KINDS, constant.name);
    if (!isMean && !(isWeight && chance(random, CHANCE_OF_WEIGHT))) continue;
    text = writeConstant(text, constant, fit(constant, constant.value * pick(random, FACTORS)));
  }
  return replaceBlock(agent, POLICY, { name: POLICY, text });
}

function policyText({ blocks }: Agent): string {
  return blocks.find(({ name }) => name === POLICY)?.text ?? "";
}
