import type { Random } from "../../core/random.ts";
import { POLICY, replaceBlock, type Agent } from "./blocks.ts";
import { fit, printValue, readConstants, writeConstant, type Constant } from "./constants.ts";
import type { Edited, Material } from "./edit.ts";
import { FACTORS } from "./policy.ts";
import { chance, pick } from "./random.ts";

/** Changes one constant of the agent within its range; one of the policy only where that is adaptive. */
export function changeConstant(agent: Agent, { random, mode }: Material): Edited {
  const open = agent.blocks.filter(({ name }) => mode === "adaptive" || name !== POLICY);
  const constants = open.flatMap((block) =>
    readConstants(block.text).map((constant) => ({ block, constant })),
  );
  if (constants.length === 0) return null;

  const { block, constant } = pick(random, constants);
  const value = changed(random, constant);
  if (value === constant.value) return null;
  const text = writeConstant(block.text, constant, value);
  const [from, to] = [printValue(constant, constant.value), printValue(constant, value)];
  return {
    agent: replaceBlock(agent, block.name, { name: block.name, text }),
    edit: { kind: "constant", part: block.name, detail: `${constant.name} from ${from} to ${to}` },
  };
}

/** Multiplying alone would never leave 0 and seldom cross a wide range. */
const CHANCE_OF_ANY_VALUE = 0.25;

function changed(random: Random, constant: Constant): number {
  const { value, low, high, decimals } = constant;
  if (value === 0 || chance(random, CHANCE_OF_ANY_VALUE)) {
    return fit(constant, low + random.fraction() * (high - low));
  }
  const scaled = value * pick(random, FACTORS);
  if (decimals > 0 || Math.round(scaled) !== value) return fit(constant, scaled);
  return fit(constant, value + (scaled > value ? 1 : -1)); // a small integer still takes a step
}
