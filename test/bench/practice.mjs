/**
 * How general the agents are that the keyless search finds:
 * `npm run bench:practice [-- --from 101 --to 110] [--tasks FILE]`. For each seed a run on HumanEval's first ten
 * tasks with nothing held out, and what its last agent passes of the 64 Practice tasks, or of those in a file in
 * HumanEval's record format. The 64 were made up so that the search can be tuned without a look at held-out tasks;
 * hence the default of seeds that no reported number is made with.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { readProblemFile, startEvaluator } from "../../dist/index.js";
import { metai, readOptions, refuse } from "./command.mjs";

const PRACTICE = fileURLToPath(new URL("../../data/practice.jsonl", import.meta.url));

const values = readOptions({
  from: { type: "string", default: "101" },
  to: { type: "string", default: "110" },
  tasks: { type: "string", default: PRACTICE },
});
const [from, to] = [Number(values.from), Number(values.to)];
if (!Number.isInteger(from) || !Number.isInteger(to) || from > to) {
  refuse("--from and --to take whole numbers, the first not above the second");
}

/** The last agent of a run, and what it passes of the ten. */
function search(seed) {
  const results = mkdtempSync(join(tmpdir(), "metai-practice-"));
  const args = ["self-improve", "--proposer", "search", "--seed", seed];
  const quiet = ["--held-out", "none", "--json", "--quiet", "--results", results];
  try {
    const { final_passed: passed, generations } = JSON.parse(metai([...args, ...quiet]));
    const last = `agent_gen${generations.at(-1).generation}.py`;
    return { passed, source: readFileSync(join(results, last), "utf8") };
  } finally {
    rmSync(results, { recursive: true });
  }
}

const tasks = await readProblemFile(values.tasks).catch((error) => {
  refuse(`--tasks cannot be read: ${error.message}`);
});
const evaluator = await startEvaluator();
const { signal } = new AbortController();
const sums = { ten: 0, others: 0 };
console.log("seed  of the ten  of the others");
for (let seed = from; seed <= to; seed++) {
  const { passed, source } = search(seed);
  const evaluation = await evaluator.evaluateAgent(source, tasks, { signal });
  if (evaluation.status === "invalid") throw new Error(evaluation.reason);
  const others = evaluation.outcomes.filter(({ outcome }) => outcome === "passed").length;
  sums.ten += passed;
  sums.others += others;
  const cells = [`${seed}`.padStart(4), `${passed}/10`.padStart(10)];
  console.log([...cells, `${others}/${tasks.length}`.padStart(13)].join("  "));
}
await evaluator.close();
const count = to - from + 1;
console.log(`\nmean: ${sums.ten / count} of the ten, ${sums.others / count} of the others`);
