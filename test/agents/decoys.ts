/** The parts of the keyless agent's box that help nothing, each for the reason given. */
export const DECOYS: readonly string[] = [
  "coverage", // what the prompt speaks of most is seldom what it asks for
  "first-example", // a result that fits one example is taken for right
  "learned-by-heart", // knows the examples, and nothing else
  "many-numbers", // so many constants that one of them fits by chance
  "plus-or-minus", // what other parts do already
  "same-type", // a result of the right type is taken for right
  "swapped-arguments", // examples that the prompt does not hold
  "unnamed-first", // tries last what the prompt speaks of
  "usual-result", // answers only where the search has failed, and wrongly
];
