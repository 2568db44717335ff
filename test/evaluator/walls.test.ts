import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";

import type { Task } from "../../src/core/records.ts";
import { startEvaluator, type RunningEvaluator } from "../../src/evaluator/evaluator.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { AGENTS, SOLUTIONS } from "./misbehaving.ts";
import {
  agentThatReturns,
  describeModes,
  fixture,
  outcomeOf,
  records,
  task,
  tasks,
} from "./modes.ts";

const { signal } = new AbortController();

let running: RunningEvaluator[] = [];
afterEach(async () => {
  await Promise.all(running.map((evaluator) => evaluator.close()));
  running = [];
});

async function start(options: Parameters<typeof startEvaluator>[0]): Promise<RunningEvaluator> {
  const evaluator = await startEvaluator({ workers: 1, timeout: 3, ...options });
  running.push(evaluator);
  return evaluator;
}

function inFolder(name: string): string[] {
  return readdirSync(new URL(`../fixtures/${name}/`, import.meta.url)).toSorted();
}

test("every misbehaving program is in a table", () => {
  const tested = { solutions: ["leaves_a_daemon.py"], agents: ["smuggles_state.py"] };
  const spies = ["reaches_for_its_server.py", "searches_memory.py", "tells_what_it_sees.py"];
  expect(inFolder("solutions")).toEqual(
    [...Object.keys(SOLUTIONS), ...tested.solutions].toSorted(),
  );
  expect(inFolder("agents")).toEqual(
    [...Object.keys(AGENTS), ...tested.agents, ...spies].toSorted(),
  );
});

describeModes(
  () => true,
  (mode) => {
    test("each task starts afresh: no state goes from one to the next", async () => {
      const evaluator = await start(mode);
      const agent = fixture("agents/smuggles_state.py");
      const evaluation = await evaluator.evaluateAgent(agent, [task, task, task], { signal });
      expect(evaluation).toMatchObject({
        outcomes: [{ outcome: "passed" }, { outcome: "passed" }, { outcome: "passed" }],
      });
    });

    test("the suspect sees no key, no home and an empty folder", async () => {
      vi.stubEnv("OPENAI_API_KEY", "sk-a-key-that-must-not-be-seen");
      const evaluator = await start(mode);
      vi.unstubAllEnvs();
      const { reason } = await outcomeOf(evaluator, fixture("agents/tells_what_it_sees.py"));
      expect(reason).toMatch(/^solve raised Exception: \[\['LC_ALL', .*\], \[\], None, False\]/);
      expect(reason).not.toContain("OPENAI");
    });

    test("the suspect's memory holds no test, not even inherited", async () => {
      const evaluator = await start(mode);
      await outcomeOf(evaluator, fixture("agents/solves_rightly.py")); // the judge has seen one
      const { reason } = await outcomeOf(evaluator, fixture("agents/searches_memory.py"));
      expect(reason).toMatch(/^solve raised Exception: found nothing/);
    });

    test("plain values cross both ways as exactly what they are", async () => {
      const values =
        "None, True, 0, -1, 2**70, -(2**200), 1.5, -0.0, float('inf'), 1e-320, 2 + 3j, complex('nan'), " +
        "'', 'ö\\u2028\\ud800\\0', b'', b'\\xff\\x00', [], [1, [2, (3,)]], (), ((),), {}, " +
        "{1: 'a', '1': 'b', (1, 2): [3]}, set(), {(2, 'a')}, float('nan')";
      const echo: Task = {
        task_id: "echo",
        entry_point: "echo",
        prompt: "def echo(value):\n", // a prompt need not have a docstring
        test: `
def check(candidate):
    for value in [${values}]:
        answer = candidate(value)
        assert type(answer) is type(value) and repr(answer) == repr(value), (answer, value)
    assert candidate(value=[1]) == [1]
`,
      };
      const evaluator = await start(mode);
      const result = await outcomeOf(evaluator, agentThatReturns("    return value\n"), echo);
      expect(result).toEqual({ outcome: "passed", reason: "" });
    });

    test("a test may draw its arguments at random, and build them from answers", async () => {
      const drawn: Task = {
        task_id: "drawn",
        entry_point: "successor",
        prompt: `def successor(number):\n    """The number after it."""\n`,
        test: `
import random
def check(candidate):
    assert candidate(1) == 2
    first = candidate(random.random())
    assert candidate(first) == first + 1
    assert candidate(1) == 2
`,
      };
      const evaluator = await start(mode);
      const right = await outcomeOf(evaluator, agentThatReturns("    return number + 1\n"), drawn);
      expect(right).toEqual({ outcome: "passed", reason: "" });
      // A solution with a memory sees each call once, in order, as in one interpreter.
      const counts = "    calls.append(number)\n    return number + len(calls)\ncalls = []\n";
      const wrong = await outcomeOf(evaluator, agentThatReturns(counts), drawn);
      expect(wrong).toEqual({ outcome: "failed", reason: "a test assertion did not hold" });
    });

    test("an evaluator that is closed, or told to stop, leaves at once", async () => {
      const evaluator = await start({ ...mode, timeout: 60 });
      const controller = new AbortController();
      const hanging = evaluator.evaluateAgent(fixture("agents/loops_in_solve.py"), [task, task], {
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(new Error("told to stop")), 300);
      await expect(hanging).rejects.toThrow("told to stop");
      const again = await outcomeOf(evaluator, fixture("agents/solves_rightly.py"));
      expect(again.outcome, "it can be used again").toBe("passed");
    });
  },
);

describeModes(
  ({ fork }) => fork,
  (mode) => {
    test("every canonical solution of HumanEval passes", async () => {
      const evaluator = await start({ ...mode, workers: 2 });
      const failed: string[] = [];
      for (const { canonical_solution, task_id, prompt, entry_point, test: text } of records) {
        const one: Task = { task_id, prompt, entry_point, test: text };
        const { outcome, reason } = await outcomeOf(
          evaluator,
          agentThatReturns(canonical_solution),
          one,
        );
        if (outcome !== "passed") failed.push(`${task_id} ${outcome} ${reason}`);
      }
      expect(failed).toEqual([]);
    });
  },
);

const isLinux = process.platform === "linux";
describeModes(
  ({ fork }) => fork && isLinux,
  (mode) => {
    test("a suspect cannot take over the server that starts the next one", async () => {
      const evaluator = await start(mode);
      const { reason } = await outcomeOf(evaluator, fixture("agents/reaches_for_its_server.py"));
      expect(reason).toMatch(/^solve raised Exception: \('took nothing', 'PermissionError'\)/);
    });
  },
);

describeModes(
  () => isLinux,
  (mode) => {
    test("closing in the middle of an evaluation leaves no process", async () => {
      const before = childProcesses();
      const evaluator = await start({ ...mode, timeout: 30 });
      const agent = fixture("agents/loops_in_solve.py");
      const hanging = evaluator.evaluateAgent(agent, [task, task], { signal });
      const ended = hanging.then(
        () => "with outcomes",
        () => "without",
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(childProcesses().length).toBeGreaterThan(before.length);
      await evaluator.close();
      expect(await ended).toBe("without");
      expect(childProcesses()).toEqual(before);
    });
  },
);

describeModes(
  () => isLinux,
  (mode) => {
    test("a process that escaped its group ends with its task", async () => {
      const evaluator = await start(mode);
      const daemon = agentThatReturns(fixture("solutions/leaves_a_daemon.py"));
      await outcomeOf(evaluator, daemon);
      await expect.poll(() => processesNamed("metai-daemon")).toEqual([]);
    });
  },
);

function childProcesses(): string[] {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
}

function processesNamed(name: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/comm`, "utf8").trim() === name;
    } catch {
      return false;
    }
  });
}

describeModes(
  ({ sandbox }) => sandbox === "bubblewrap",
  (mode) => {
    test("hides files, processes and the network, and cannot be written to", async () => {
      const folder = await temporaryFolder();
      const secret = join(folder, "secret");
      writeFileSync(secret, "secret");
      const agent = `
import os, socket
def attempt(work):
    try:
        return work()
    except OSError as error:
        return type(error).__name__
def solve(prompt, entry_point):
    raise Exception([
        os.path.exists(${JSON.stringify(secret)}),
        attempt(lambda: socket.create_connection(("127.0.0.1", 1), 0.2)),
        attempt(socket.if_nameindex),
        len([pid for pid in os.listdir("/proc") if pid.isdigit()]) < 6,
        attempt(lambda: open("/metai/start.py", "w")),
        attempt(lambda: os.mkdir("/anything")),
        os.path.exists("/etc/passwd"),
    ])
`;
      const { reason } = await outcomeOf(await start(mode), agent);
      expect(reason).toContain(
        "[False, 'PermissionError', 'PermissionError', True, 'OSError', 'OSError', False]",
      );
    });
  },
);

test("asking for bubblewrap where it does not work is an error that says why", async () => {
  vi.stubEnv("PATH", "");
  const attempt = startEvaluator({ sandbox: "bubblewrap", python: "/nonexistent/python" });
  await expect(attempt).rejects.toThrow(/Python 3\.10 or newer.*\/nonexistent\/python: not found/);
  vi.unstubAllEnvs();
});

describeModes(
  ({ fork }) => !fork && isLinux,
  (mode) => {
    test("a folder put in the place of the working folder is not emptied", async () => {
      const victim = await temporaryFolder();
      writeFileSync(join(victim, "file"), "precious");
      const agent = `
import os
def solve(prompt, entry_point):
    here = os.getcwd()
    try:
        os.rename(here, here + "-away")
        os.symlink(${JSON.stringify(victim)}, here)
    except PermissionError: # where Linux has Landlock
        pass
    return "    return number % 1.0\\n"
`;
      const evaluator = await start(mode);
      expect(await outcomeOf(evaluator, agent)).toEqual({ outcome: "passed", reason: "" });
      expect(readFileSync(join(victim, "file"), "utf8")).toBe("precious");
    });
  },
);

test("a benchmark whose own test does not run is an error and no outcome", async () => {
  const evaluator = await start({ sandbox: "process" });
  const broken: Task = { ...task, test: "def check(candidate:" };
  await expect(outcomeOf(evaluator, fixture("agents/solves_rightly.py"), broken)).rejects.toThrow(
    /The evaluator failed: the test of HumanEval\/2 does not run/,
  );
});

test("outcomes come in the tasks' order, whatever order they end in", async () => {
  const evaluator = await start({ sandbox: "process", workers: 3 });
  const slowFirst = `
import time
def solve(prompt, entry_point):
    time.sleep(0.4 if entry_point == "has_close_elements" else 0)
    return "    return None\\n"
`;
  const ended: string[] = [];
  const evaluation = await evaluator.evaluateAgent(slowFirst, tasks, {
    signal,
    onOutcome: ({ task_id }) => ended.push(task_id),
  });
  if (evaluation.status !== "evaluated") throw new Error(evaluation.reason);
  expect(evaluation.outcomes.map(({ task_id }) => task_id)).toEqual(
    tasks.map(({ task_id }) => task_id),
  );
  expect(ended.at(-1)).toBe("HumanEval/0");
});
