import { expect, test } from "vitest";
import { below, sfc32 } from "../../src/core/random.ts";

test("sfc32 gives the words of PractRand's generator", () => {
  // Seeded with 1, 2, 3 and 15 rounds; words of an independent implementation in Python.
  const random = sfc32(1, 2, 3);
  const words = Array.from({ length: 4 }, () => random.fraction() * 2 ** 32);
  expect(words).toEqual([3987121759, 92551270, 1122162139, 24194941]);
});

test("below draws every number from 0 on and no other", () => {
  const random = sfc32(0, 0, 0);
  const drawn = new Set(Array.from({ length: 200 }, () => below(random, 5)));
  expect(drawn).toEqual(new Set([0, 1, 2, 3, 4]));
});
