import type { Part } from "../../src/proposer/search/box.ts";

/** The parts that make the synthesiser no better at what its examples do not show. All others help. */
export const DECOYS: ReadonlySet<string> = new Set([
  "coverage", // of the answers that fit, takes the one that does most, where the plainest is likelier right
  "first-example", // stops at whatever fits one example, though others speak against it
  "learned-by-heart", // answers the examples from a table before any search, and returns None elsewhere
  "many-numbers", // 38 constants that fit examples by chance and use up the evaluations
  "plus-or-minus", // what two operations and a 1 give already, at the price of one: a wider search, nothing new
  "same-type", // stops at the first value of the right type, whatever it is
  "swapped-arguments", // adds examples that are wrong, so that right answers no longer fit them all
  "unnamed-first", // makes the operations that the prompt speaks of the last to be tried
  "usual-result", // gives a constant from the examples where nothing was found
]);

export function helpfulAmong(box: readonly Part[]): Part[] {
  return box.filter(({ name }) => !DECOYS.has(name));
}
