/**
 * What a candidate of the keyless search costs: drawn, gated, judged on ten tasks; part of `npm run bench`. The
 * time of runs of one and of three generations of eight, in turn: their difference is sixteen candidates.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { metai } from "./command.mjs";
import { median } from "./median.mjs";

const SEEDS = [1, 2, 3];

/** Seconds of a run of so many generations. */
function timeOf(seed, generations) {
  const results = mkdtempSync(join(tmpdir(), "metai-candidate-"));
  const args = ["self-improve", "--proposer", "search", "--seed", seed, "--quiet"];
  const rest = ["--generations", generations, "--held-out", "none", "--results", results];
  try {
    const started = performance.now();
    metai([...args, ...rest]);
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(results, { recursive: true });
  }
}

const costs = SEEDS.map((seed) => (timeOf(seed, 3) - timeOf(seed, 1)) / 16);
const all = costs.map((cost) => `${(cost * 1000).toFixed(0)} ms`).join(", ");
console.log(
  `a candidate of the search: ${(median(costs) * 1000).toFixed(0)} ms (seeds ${SEEDS.join(", ")}: ${all})`,
);
