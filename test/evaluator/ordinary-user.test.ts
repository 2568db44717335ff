import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { SUSPECT_LIMITS } from "../../src/evaluator/limits.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { agentThatReturns, task } from "./modes.ts";

const PYTHON = fileURLToPath(new URL("../../src/evaluator/python", import.meta.url));
/** Tests that run as root become someone else for this one. */
const someone = process.getuid?.() === 0 ? { uid: 54321, gid: 54321 } : {};

/** Asks a judge for one verdict, at level `process`, as a user who is not root. */
async function judgeAsOrdinaryUser(): Promise<unknown> {
  const folder = await temporaryFolder();
  cpSync(PYTHON, join(folder, "python"), { recursive: true });
  mkdirSync(join(folder, "work"));
  for (const name of ["", "work"]) chmodSync(join(folder, name), 0o777);
  const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const path = modulePath(python);
  const limits = JSON.stringify({ limits: { ...SUSPECT_LIMITS, cpu_seconds: 5 }, path });
  const settings = {
    fork: true,
    timeout: 3,
    environment: {},
    place: 0,
    places: 1,
    suspect: [python, "-I", "-S", "-B", join(folder, "python", "suspect", "start.py"), limits],
  };
  const agent = agentThatReturns("    return number % 1.0\n");
  const { stdout, stderr } = spawnSync(
    python,
    ["-I", "-B", "-c", DRIVER, join(folder, "python", "judge", "start.py"), join(folder, "work")],
    {
      ...someone,
      input: [settings, { task: 1, is: task }, { id: 1, do: "agent", source: agent, task: 1 }]
        .map((line) => JSON.stringify(line) + "\n")
        .join(""),
    },
  );
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}

function modulePath(python: string): unknown {
  const code = "import json, sys; print(json.dumps(sys.path))";
  return JSON.parse(spawnSync(python, ["-I", "-c", code]).stdout.toString());
}

/** Gives a judge one job and keeps its input open until it has answered. */
const DRIVER = `
import subprocess, sys
judge = subprocess.Popen([sys.executable, "-I", "-B", *sys.argv[1:]], stdin=-1, stdout=-1)
judge.stdout.readline()  # its interpreter
judge.stdin.write(sys.stdin.buffer.read())
judge.stdin.flush()
judge.stdout.readline()  # that it is ready
sys.stdout.buffer.write(judge.stdout.readline())
judge.stdin.close()
judge.wait()
`;

test.skipIf(process.platform === "win32")(
  "a user who has more processes than a suspect may start gets honest verdicts",
  async () => {
    const others: ChildProcess[] = Array.from({ length: SUSPECT_LIMITS.processes + 4 }, () =>
      spawn("sleep", ["60"], { ...someone, stdio: "ignore" }),
    );
    onTestFinished(() => {
      for (const other of others) other.kill("SIGKILL");
    });
    expect(await judgeAsOrdinaryUser()).toMatchObject({ outcome: "passed", reason: "" });
  },
);
