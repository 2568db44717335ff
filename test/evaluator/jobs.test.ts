import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { findPython } from "../../src/evaluator/interpreter.ts";

const { executable } = await findPython();
const JUDGE = fileURLToPath(new URL("../../src/evaluator/python/judge", import.meta.url));

/** Reads jobs as the judge does on a system of that name, and tells what it saw. */
function read(platform: string, script: string): string[] {
  const program = `
import os, sys, threading
sys.path.insert(0, ${JSON.stringify(JUDGE)})
sys.platform = ${JSON.stringify(platform)}
import jobs

theirs, ours = os.pipe()
ended = threading.Event()

def end():
    print("end", flush=True)
    ended.set()

def send(text):
    os.write(ours, text.encode())

def leave():
    os._exit(0 if ended.wait(10) else 1)

reading = jobs.read(os.fdopen(theirs, "rb"), end)
${script}`;
  const { status, stdout, stderr } = spawnSync(executable, ["-I", "-B", "-c", program], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.trim().split("\n");
}

const TASK = String.raw`send('{"task": 1, "is": {"task_id": "a"}}\n')`;

test.skipIf(process.platform === "win32").for(["linux", "darwin"])(
  "jobs come with their tasks, and the end as soon as metai is gone (%s)",
  (platform) => {
    const seen = read(
      platform,
      String.raw`
${TASK}
send('{"id": 1, "task": 1}\n{"id": 2, "do": "load"}\n')
print(next(reading)["task"]["task_id"], next(reading)["id"])
os.close(ours)  # amid the second job: nobody asks for another
leave()`,
    );
    expect(seen).toEqual(["a 2", "end"]);
  },
);

test.skipIf(process.platform === "win32").for(["linux", "darwin"])(
  "a job that breaks off is none (%s)",
  (platform) => {
    const seen = read(
      platform,
      String.raw`
send('{"id": 1}\n{"id": 2, "do')
print(next(reading)["id"])
threading.Thread(target=leave).start()
os.close(ours)
print(next(reading))`,
    );
    expect(seen).toEqual(["1", "end"]);
  },
);
