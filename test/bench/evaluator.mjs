/**
 * How fast the evaluator is: the whole command on canonical solutions, one agent on ten tasks, the memory of
 * the whole process tree, and the floor below all of it. Part of `npm run bench`; by itself
 * `node test/bench/evaluator.mjs [--official PATH] [--workers N] [--each N] [--rounds N]`.
 *
 * With `--official PATH`, a clone of openai/human-eval whose exec line is uncommented, each round runs both on
 * the same samples with as many workers, one after the other, so that whatever else the machine does meets
 * them alike. `--each` is the number of samples of each task in the long run: 200 makes the 32,800 of the
 * official README's example.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { findPython } from "../../dist/evaluator/interpreter.js";
import { startEvaluator } from "../../dist/index.js";
import { CLI, readOptions, refuse } from "./command.mjs";
import { median } from "./median.mjs";

// A proxy's certificates: Node reads them at each start, in 30 ms if they are a whole system's.
delete process.env.NODE_EXTRA_CA_CERTS;

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const SHARED = path("../../../shared/data/HumanEval.jsonl.gz");
const WARM_ROUNDS = 10;

const values = readOptions({
  official: { type: "string" },
  workers: { type: "string", default: String(availableParallelism()) },
  each: { type: "string", default: "20" },
  rounds: { type: "string", default: "5" },
});
for (const name of ["workers", "each", "rounds"]) {
  if (!/^[1-9]\d*$/.test(values[name])) refuse(`--${name} takes a whole number from 1 on`);
}
if (values.official && !existsSync(join(values.official, "human_eval", "execution.py"))) {
  refuse(`--official: ${values.official} is no clone of openai/human-eval`);
}
const rounds = Number(values.rounds);
const archive = resolve(process.env.METAI_HUMANEVAL ?? SHARED);
if (!existsSync(archive)) {
  refuse("METAI_HUMANEVAL names no HumanEval.jsonl.gz: npx metai data pull fetches one");
}
const problems = gunzipSync(readFileSync(archive)).toString().trim().split("\n").map(JSON.parse);
const python = await findPython();
const folder = mkdtempSync(join(tmpdir(), "metai-bench-"));
try {
  console.log(`Python ${python.version}, ${values.workers} workers, ${process.platform}`);
  floor();
  await oneAgent();
  await compare("canonical solutions, whole command", 1, rounds);
  await compare("the same, again and again", Number(values.each), 1);
} finally {
  rmSync(folder, { recursive: true });
}

function floor() {
  const { stdout, stderr } = spawnSync(python.executable, ["-I", path("floor.py"), archive]);
  if (stdout.length === 0) throw new Error(stderr.toString());
  const { forks_per_second: forks, execs_per_second: execs } = JSON.parse(stdout.toString());
  if (forks !== null) row("floor: bare fork, one process", `${forks.toFixed(0)}/s`);
  row("floor: plain exec, one process", `${execs.toFixed(0)}/s`);
}

/** From call to outcomes: with the start of everything, and with judges that run already. */
async function oneAgent() {
  const tasks = problems.slice(0, 10);
  const answers = Object.fromEntries(tasks.map((t) => [t.prompt, t.canonical_solution]));
  const agent = `ANSWERS = ${JSON.stringify(answers)}\ndef solve(prompt, entry_point):\n    return ANSWERS[prompt]\n`;
  const signal = new AbortController().signal;
  const judge = async (evaluator) => {
    const { outcomes } = await evaluator.evaluateAgent(agent, tasks, { signal });
    if (outcomes.some(({ outcome }) => outcome !== "passed")) throw new Error("not all passed");
  };
  const cold = [];
  const warm = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const evaluator = await startEvaluator({ workers: Number(values.workers) });
    await judge(evaluator);
    cold.push(performance.now() - started);
    for (let again = 0; again < WARM_ROUNDS; again++) {
      const before = performance.now();
      await judge(evaluator);
      warm.push(performance.now() - before);
    }
    await evaluator.close();
  }
  row("one agent, ten tasks, from nothing", `${median(cold).toFixed(0)} ms`);
  row("one agent, ten tasks, warm", `${median(warm).toFixed(0)} ms`);
}

/** Times `metai evaluate`, and the official harness beside it, on so many samples of each task. */
async function compare(what, each, times) {
  const samples = join(folder, `${each}.jsonl`);
  const lines = problems.map(({ task_id, canonical_solution }) =>
    `${JSON.stringify({ task_id, completion: canonical_solution })}\n`.repeat(each),
  );
  writeFileSync(samples, lines.join(""));
  const count = problems.length * each;
  const programs = {
    metai: metaiOn(samples),
    ...(values.official && { official: officialOn(samples) }),
  };
  const seconds = { metai: [], official: [] };
  let memory = 0;
  for (let round = 0; round < times; round++) {
    for (const [name, command] of Object.entries(programs)) {
      const run = await timed(command, name === "metai");
      seconds[name].push(run.seconds);
      memory = Math.max(memory, run.memory);
    }
  }
  row(
    `${count} ${what}`,
    `${figures(seconds.metai, count)}, ${(memory / 1e6).toFixed(0)} MB at most`,
  );
  if (!values.official) return;
  row("  official harness", figures(seconds.official, count));
  const ratios = seconds.official.map((official, round) => official / seconds.metai[round]);
  row(
    "  ratio",
    `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(" ")})`,
  );
}

function metaiOn(samples) {
  const options = ["--workers", values.workers, "--python", python.executable, "--restart"];
  return [process.execPath, CLI, "evaluate", samples, "--humaneval", archive, ...options];
}

function officialOn(samples) {
  return [
    python.executable,
    path("official.py"),
    resolve(values.official),
    samples,
    values.workers,
    archive,
  ];
}

/** Wall clock of a command in seconds and, if asked for, the most memory that its process tree held, in bytes. */
function timed([file, ...args], watched) {
  return new Promise((done, fail) => {
    const before = performance.now();
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
    let memory = 0;
    const look = () => (memory = Math.max(memory, memoryOfTree(child.pid)));
    const timer = watched && process.platform === "linux" ? setInterval(look, 250) : undefined;
    let said = "";
    child.stderr.on("data", (data) => (said = (said + data).slice(-2000)));
    child.on("close", (code) => {
      clearInterval(timer);
      if (code !== 0) fail(new Error(said));
      else done({ seconds: (performance.now() - before) / 1000, memory });
    });
  });
}

/** Proportional set sizes, so that pages which forked processes share count once. */
function memoryOfTree(root) {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(read(name, "stat").split(") ").pop().split(" ")[1])]),
  );
  const belongs = (pid) => pid === root || (parents.has(pid) && belongs(parents.get(pid)));
  const sizes = [...parents.keys()].filter(belongs).map((pid) => {
    return Number(/^Pss: +(\d+)/m.exec(read(pid, "smaps_rollup"))?.[1] ?? 0) * 1024;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

function figures(seconds, count) {
  const middle = median(seconds);
  return `${middle.toFixed(2)} s, ${(count / middle).toFixed(0)}/s`;
}

function row(name, value) {
  console.log(`${name.padEnd(46)} ${value}`);
}
