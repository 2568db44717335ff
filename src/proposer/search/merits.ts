import type { Random } from "../../core/random.ts";
import { hasBlock, type Block } from "./blocks.ts";
import type { Partner } from "./edit.ts";

/** How many tasks more an agent passes for having a block, by the block's name, as one child takes it to be. */
export type Merits = ReadonlyMap<string, number>;

/** Of an archive of forty agents with forty blocks, thirty rounds bring each merit within 0.0001 tasks of its end. */
const ROUNDS = 50;

/**
 * What the run's earlier agents say of each block, drawn anew for each child, so that what is known is used
 * and what is in doubt is tried (Thompson, On the likelihood that one unknown probability exceeds another in
 * view of the evidence of two samples, Biometrika 25, 1933).
 *
 * The tasks that an agent passes are taken to be a number that all agents have in common and the sum of its blocks'
 * merits. Least squares with a ridge of 1 (Hoerl and Kennard, Ridge regression, Technometrics 12, 1970) fit them to
 * the record, one block after the other. Noise on the record, and on what a block is supposed to be worth before
 * any agent had it, makes the fit a draw from the posterior (Osband, Van Roy and Wen, Generalization and
 * exploration via randomized value functions, ICML 2016). Where nothing is told of what agents pass, this noise is
 * all that is left.
 *
 * @param names The blocks that are asked about.
 * @param archive The run's earlier agents.
 * @param doubt The standard deviation of that noise, in tasks.
 */
export function drawMerits(
  names: Iterable<string>,
  archive: readonly Partner[],
  doubt: number,
  random: Random,
): Merits {
  const rows = archive.map(({ agent, passed }) => {
    return { agent, unexplained: passed.length + doubt * normal(random) };
  });
  const blocks = Array.from(names, (name) => {
    const supposed = doubt * normal(random);
    const having = rows.filter(({ agent }) => hasBlock(agent, name));
    return { name, supposed, merit: 0, having };
  });
  const explain = (explained: typeof rows, by: number) => {
    for (const row of explained) row.unexplained -= by;
  };
  const count = Math.max(1, rows.length);
  explain(rows, sum(rows) / count);
  for (let round = 0; round < ROUNDS; round++) {
    for (const block of blocks) {
      const { supposed, merit, having } = block;
      const share = having.length / count;
      const step = (sum(having) + supposed - merit) / (having.length * (1 - share) + 1);
      block.merit += step;
      explain(having, step);
      explain(rows, -step * share); // what all have in common gives way to it
    }
  }
  return new Map(blocks.map(({ name, merit }) => [name, merit]));
}

/** What a block is worth in tasks, where it is known of. */
export function meritOf({ name }: Pick<Block, "name">, merits: Merits): number {
  return merits.get(name) ?? 0;
}

function sum(rows: readonly { readonly unexplained: number }[]): number {
  return rows.reduce((total, { unexplained }) => total + unexplained, 0);
}

/**
 * A draw that is nearly standard normal: twelve uniform ones, added up, less their mean. No logarithm, which
 * machines may compute differently.
 */
function normal(random: Random): number {
  let total = -6;
  for (let count = 0; count < 12; count++) total += random.fraction();
  return total;
}
