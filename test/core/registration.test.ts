import { expect, test } from "vitest";

import { deviations, Registration } from "../../src/core/registration.ts";
import { factsOf } from "../helpers/facts.ts";

test("what is as registered, or was not registered, is no deviation", () => {
  const facts = factsOf({ model: "m", generations: 5 });
  expect(deviations(Registration.parse({}), facts)).toEqual([]);
  const registered = { note: "as planned", model: "m", settings: { generations: 5, seed: null } };
  expect(deviations(Registration.parse(registered), facts)).toEqual([]);
});

test("a whole manifest's facts can be registered, and each difference is told by its place", () => {
  const { settings, benchmark, model } = factsOf({ generations: 5 });
  const registered = Registration.parse({
    settings,
    benchmark,
    model,
    evaluator: { limits: { x: 1 } },
  });
  const actual = factsOf({ generations: 3, candidates: 2, tasks: 4 });
  expect(deviations(registered, actual)).toEqual([
    { path: "settings.generations", registered: "5", actual: "3" },
    { path: "settings.candidates", registered: "1", actual: "2" },
    { path: "benchmark.tasks", registered: "10", actual: "4" },
    { path: "evaluator.limits.x", registered: "1", actual: "nothing" },
  ]);
});

test("a price that was registered and is not there is a deviation", () => {
  const price = { input_per_million: 1, output_per_million: 2, source: "s" };
  const paths = deviations(Registration.parse({ price }), factsOf()).map(({ path }) => path);
  expect(paths).toEqual(["price.input_per_million", "price.output_per_million", "price.source"]);
});

test.for<[unknown, RegExp]>([
  [{ generations: 5 }, /generations/],
  [{ settings: { generation: 5 } }, /generation/],
  [{ settings: { generations: "5" } }, /number/],
  [[], /object/],
])("%j is none", ([value, words]) => {
  expect(Registration.safeParse(value).error?.message).toMatch(words);
});
