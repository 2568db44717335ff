import { hasBlock } from "./blocks.ts";
import type { Part } from "./box.ts";
import type { Partner } from "./edit.ts";

/** How many agents of the mean a part is given beside those that have it, so that one agent decides little. */
const PRIOR = 1 / 2;

/**
 * The chances by which parts are put in: 1 and, `trust` times, how many tasks the run's agents with a part pass,
 * relative to all of its agents. So a part that all agents failed with is tried again less often. These are the
 * marginal frequencies of an estimation of distribution algorithm (Mühlenbein and Paaß, From recombination of
 * genes to the estimation of distributions, Parallel Problem Solving from Nature IV, 1996), smoothed.
 */
export function creditOf(
  parts: readonly Part[],
  archive: readonly Partner[],
  trust: number,
): ReadonlyMap<Part, number> {
  const mean = meanPassed(archive, 0, 0);
  const credit = (part: Part) => {
    if (mean === 0) return 1;
    const having = archive.filter(({ agent }) => hasBlock(agent, part.name));
    return meanPassed(having, mean, PRIOR) / mean;
  };
  return new Map(parts.map((part) => [part, 1 + trust * credit(part)]));
}

/** The mean number of tasks passed, with `weight` agents more that pass `prior`; 0 where there is no agent. */
function meanPassed(agents: readonly Partner[], prior: number, weight: number): number {
  const count = agents.length + weight;
  const sum = agents.reduce((total, { passed }) => total + passed.length, prior * weight);
  return count === 0 ? 0 : sum / count;
}
