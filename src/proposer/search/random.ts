import { createHash } from "node:crypto";

import { below, type Random, sfc32 } from "../../core/random.ts";

/** sfc32 seeded with the first three words of the SHA-256 of a text, in big-endian order. */
export function randomFrom(text: string): Random {
  const digest = createHash("sha256").update(text, "utf8").digest();
  return sfc32(digest.readInt32BE(0), digest.readInt32BE(4), digest.readInt32BE(8));
}

/** True with the given chance. */
export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability;
}

/** One of the items, each with the same chance. @throws RangeError if there are none. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError("there is nothing to pick from");
  return item;
}

/** Up to `count` of the items, each at most once, in the order in which they were drawn. */
export function draw<T>(random: Random, items: readonly T[], count: number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (drawn.length < count && left.length > 0) {
    drawn.push(...left.splice(below(random, left.length), 1));
  }
  return drawn;
}

/** One of the keys, with a chance in proportion to its weight. */
export function pickWeighted<K>(random: Random, weights: ReadonlyMap<K, number>): K {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  let left = random.fraction() * total;
  for (const [key, weight] of weights) {
    left -= weight;
    if (left < 0) return key;
  }
  return pick(random, [...weights.keys()]); // rounding left a rest
}

/**
 * A geometric draw from 1 on: the number of trials up to the first success, each of chance 1 / `mean`.
 * Cut off at `most`.
 */
export function geometric(random: Random, mean: number, most: number): number {
  let count = 1;
  while (count < most && !chance(random, 1 / mean)) count++;
  return count;
}
