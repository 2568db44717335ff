import { createHash } from "node:crypto";

/**
 * A generator of pseudo-random draws. It uses integers and + - * / only, which every engine computes
 * alike, so the same seed gives the same draws on every machine.
 */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-32. */
  readonly fraction: () => number;
}

/**
 * sfc32 ("small fast counter"), by Chris Doty-Humphrey, from PractRand
 * (https://pracrand.sourceforge.net/), seeded as there with three words, here the first of the
 * SHA-256 of a text in big-endian order, and 15 rounds.
 */
export function randomFrom(text: string): Random {
  const digest = createHash("sha256").update(text, "utf8").digest();
  let a = digest.readInt32BE(0);
  let b = digest.readInt32BE(4);
  let c = digest.readInt32BE(8);
  let counter = 1;
  const next = () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return { fraction: () => next() / 0x1_0000_0000 };
}

/** True with the given chance. */
export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability;
}

/** A whole number from 0 to `count` - 1. */
export function below(random: Random, count: number): number {
  return Math.floor(random.fraction() * count);
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
