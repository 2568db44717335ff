import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { ended, metai, startMetai } from "./metai.ts";
import { descendantsOf, survivors } from "./processes.ts";

const PROBLEM = {
  task_id: "mine/0",
  prompt: 'def f(x):\n    """x"""\n',
  entry_point: "f",
  test: "def check(candidate):\n    assert candidate(3) == 3\n",
};
const COUNT = 150;
const OUTPUT = "s.jsonl_results.jsonl";
const EVALUATE = ["evaluate", "s.jsonl", "--problem-file", "p.jsonl", "--workers", "2"];
/** The longest that Ctrl-C may take, in milliseconds. */
const PROMPTLY = 1000;

/** Samples of which each takes a moment, and every third fails. */
async function setUp(): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "p.jsonl"), JSON.stringify(PROBLEM));
  const samples = Array.from({ length: COUNT }, (_, index) => {
    const completion = `    import time\n    time.sleep(0.02)\n    return x ${index % 3 ? "" : "+ 1"}\n`;
    return JSON.stringify({ task_id: "mine/0", completion, index }) + "\n";
  });
  writeFileSync(join(cwd, "s.jsonl"), samples.join(""));
  return cwd;
}

/** The lines of a file of results, without what differs from one evaluation to the next. */
function linesOf(path: string): string[] {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.split("\n").map((line) => line.replace(/, "duration_ms": [\d.]+\}$/, "}"));
}

/** Waits until an evaluation has left so many results on disk; false if it ended before. */
async function reached(cwd: string, count: number, run: ReturnType<typeof startMetai>) {
  while (linesOf(join(cwd, `${OUTPUT}.partial`)).length - 1 < count) {
    if (run.exitCode !== null || run.signalCode !== null) return false;
    await sleep(10);
  }
  return true;
}

describe.skipIf(process.platform !== "linux")("a stopped evaluation (looks into /proc)", () => {
  test(
    "by kill -9 goes on to the file that it would have written",
    { timeout: 90_000 },
    async () => {
      const whole = await setUp();
      const uninterrupted = await metai(EVALUATE, { cwd: whole });
      expect(uninterrupted.code, uninterrupted.stderr).toBe(0);

      const cwd = await setUp();
      for (const count of [1, 40, 90]) {
        const run = startMetai(EVALUATE, { cwd });
        expect(await reached(cwd, count, run)).toBe(true);
        const processes = descendantsOf(run.pid ?? 0);
        run.kill("SIGKILL");
        await run;
        expect(processes.length).toBeGreaterThan(0);
        expect(await survivors(processes, 2000)).toEqual([]);
        expect(existsSync(join(cwd, OUTPUT))).toBe(false);
      }
      const last = await metai(EVALUATE, { cwd });
      expect(last.code, last.stderr).toBe(0);
      const [, kept] = /^Going on after (\d+) results\.$/m.exec(last.stderr) ?? [];
      expect(Number(kept)).toBeGreaterThanOrEqual(90);
      expect(last.stdout).toBe(uninterrupted.stdout);
      expect(linesOf(join(cwd, OUTPUT))).toEqual(linesOf(join(whole, OUTPUT)));
      expect(Object.keys(contentsOf(cwd))).toEqual(["p.jsonl", "s.jsonl", OUTPUT]);
    },
  );

  test("by Ctrl-C ends at once, says how to go on, and leaves earlier results alone", async () => {
    const cwd = await setUp();
    writeFileSync(join(cwd, OUTPUT), "earlier\n");
    const run = startMetai(EVALUATE, { cwd });
    expect(await reached(cwd, 10, run)).toBe(true);
    const processes = descendantsOf(run.pid ?? 0);
    const before = performance.now();
    process.kill(-(run.pid ?? 0), "SIGINT");
    const { code, stdout, stderr } = ended(await run);
    expect(performance.now() - before).toBeLessThan(PROMPTLY);
    expect(code, stderr).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^Kept \d+ of 150 results: the same command goes on from there\.$/m);
    expect(await survivors(processes, PROMPTLY)).toEqual([]);
    expect(readFileSync(join(cwd, OUTPUT), "utf8")).toBe("earlier\n");

    const other = await metai([...EVALUATE, "--timeout", "2"], { cwd });
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/--timeout \(3, now 2\) changed: add --restart/);
    const again = await metai([...EVALUATE, "--timeout", "2", "--restart"], { cwd });
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).not.toContain("Going on");
    expect(linesOf(join(cwd, OUTPUT))).toHaveLength(COUNT + 1);
  });
});
