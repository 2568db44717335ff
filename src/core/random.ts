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
 * (https://pracrand.sourceforge.net/), seeded as there with three 32-bit words and 15 rounds.
 */
export function sfc32(first: number, second: number, third: number): Random {
  let a = first | 0;
  let b = second | 0;
  let c = third | 0;
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

/** A whole number from 0 to `count` - 1. */
export function below(random: Random, count: number): number {
  return Math.floor(random.fraction() * count);
}
