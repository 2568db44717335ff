/**
 * What the keyless search reaches: `npm run bench:search [-- --from 1 --to 10]`. For each seed the run that
 * `metai demo` shows (five generations of eight) and beside it the control without selection, both with all
 * held-out tasks, and the best of all the control's children, which only hindsight can choose; then means, and the
 * paired differences with their 95 % intervals. Needs HumanEval.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readCandidates } from "../../dist/index.js";
import { metai, readOptions, refuse } from "./command.mjs";

/** The 0.975 quantiles of Student's t with 1, 2, … degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093,
];

const values = readOptions({
  from: { type: "string", default: "1" },
  to: { type: "string", default: "10" },
});
const [from, to] = [Number(values.from), Number(values.to)];
const count = to - from + 1;
if (
  !Number.isInteger(from) ||
  from < 0 ||
  !Number.isInteger(to) ||
  count < 2 ||
  count > T.length + 1
) {
  refuse(`--from and --to take whole numbers, for 2 to ${T.length + 1} seeds`);
}

/** The summary of a run, and how long it took. */
async function run(seed, ...extra) {
  const results = mkdtempSync(join(tmpdir(), "metai-search-"));
  const args = ["self-improve", "--proposer", "search", "--seed", seed, "--json", "--quiet"];
  try {
    const started = performance.now();
    const stdout = metai([...args, "--results", results, ...extra]);
    const seconds = (performance.now() - started) / 1000;
    const children = await readCandidates(join(results, "candidates.csv"));
    const { final_passed: passed, held_out: heldOut, total } = JSON.parse(stdout);
    const best = Math.max(...children.map((child) => child.passed ?? 0));
    return { passed, total, best, heldOut: heldOut.final_passed, of: heldOut.total, seconds };
  } finally {
    rmSync(results, { recursive: true });
  }
}

const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** Mean and half the width of its 95 % interval, by Student's t. */
function withInterval(numbers) {
  const m = mean(numbers);
  const variance = numbers.reduce((sum, x) => sum + (x - m) ** 2, 0) / (numbers.length - 1);
  const half = T[numbers.length - 2] * Math.sqrt(variance / numbers.length);
  return `${m.toFixed(2)} (95 % interval ${(m - half).toFixed(2)} to ${(m + half).toFixed(2)})`;
}

console.log("seed  search  held out  no selection  held out  its best child  seconds");
const pairs = [];
for (let seed = from; seed <= to; seed++) {
  const search = await run(seed);
  const control = await run(seed, "--control", "no-selection");
  pairs.push({ search, control });
  const cells = [
    String(seed).padStart(4),
    `${search.passed}/${search.total}`.padStart(6),
    `${search.heldOut}/${search.of}`.padStart(8),
    `${control.passed}/${control.total}`.padStart(12),
    `${control.heldOut}/${control.of}`.padStart(8),
    `${control.best}/${control.total}`.padStart(14),
    search.seconds.toFixed(1).padStart(7),
  ];
  console.log(cells.join("  "));
}
const firstFive = pairs.slice(0, 5);
console.log(
  `\nmean of the first ${firstFive.length}: ${mean(firstFive.map((p) => p.search.passed))}`,
);
console.log(`held out: ${mean(firstFive.map((p) => p.search.heldOut))}`);
console.log(`\nmean of all: ${withInterval(pairs.map((p) => p.search.passed))}`);
console.log(`held out: ${withInterval(pairs.map((p) => p.search.heldOut))}`);
console.log(
  `more than without selection: ${withInterval(pairs.map((p) => p.search.passed - p.control.passed))}`,
);
console.log(
  `the same, held out: ${withInterval(pairs.map((p) => p.search.heldOut - p.control.heldOut))}`,
);
console.log(`control: ${mean(pairs.map((p) => p.control.passed)).toFixed(2)}`);
console.log(`control, held out: ${mean(pairs.map((p) => p.control.heldOut)).toFixed(2)}`);
console.log(`its best child: ${withInterval(pairs.map((p) => p.control.best))}`);
console.log(`more than that: ${withInterval(pairs.map((p) => p.search.passed - p.control.best))}`);
