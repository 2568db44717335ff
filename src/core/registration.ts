import { z } from "zod";

import { RunFacts } from "./journal.ts";

const { settings, benchmark, evaluator } = RunFacts.shape;

/**
 * A configuration that is registered before a run: any part of what a run's manifest says of it, and a word on
 * what is expected of it.
 */
export const Registration = z.strictObject({
  note: z.string().optional(),
  ...RunFacts.pick({
    run_type: true,
    control: true,
    model: true,
    base_url: true,
    price: true,
  }).partial().shape,
  settings: settings.partial().optional(),
  benchmark: benchmark.partial().optional(),
  evaluator: evaluator.pick({ sandbox: true, python: true, limits: true }).partial().optional(),
});
export type Registration = z.infer<typeof Registration>;

/** A setting that a run has otherwise than it was registered; values as JSON. */
export interface Deviation {
  /** Its place in the manifest, such as `settings.generations`. */
  readonly path: string;
  readonly registered: string;
  readonly actual: string;
}

/** Where a run is not as registered. What was not registered is no deviation. */
export function deviations(registration: Registration, facts: RunFacts): Deviation[] {
  const { note: _, ...registered } = registration;
  const actual = new Map(leavesOf(facts));
  return leavesOf(registered).flatMap(([path, value]) => {
    const here = actual.get(path) ?? "nothing";
    return here === value ? [] : [{ path, registered: value, actual: here }];
  });
}

/** Each value by its path, as JSON. */
function leavesOf(value: object, above = ""): [path: string, json: string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const path = above + key;
    if (typeof inner === "object" && inner !== null) return leavesOf(inner, `${path}.`);
    return inner === undefined ? [] : [[path, JSON.stringify(inner)]];
  });
}
