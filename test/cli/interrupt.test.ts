import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, onTestFinished, test } from "vitest";

import { sfc32 } from "../../src/core/random.ts";
import { readScores } from "../../src/store/tables.ts";
import { completion, startApiServer } from "../helpers/api-server.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { answerWith } from "./agents.ts";
import { contentsOf, readManifest, readTranscript } from "./folder.ts";
import { MOCK_RUN, SHORT_MOCK_RUN, ended, lastLine, metai, onlyLine, startMetai } from "./metai.ts";
import { descendantsOf, survivors, wordsOf } from "./processes.ts";

const KEY = "sk-proj-0z9Y8x7W6v5U4t3S";
/** The longest that Ctrl-C may take, in milliseconds. */
const PROMPTLY = 1000;

/** Hangs, and has a child that left its process group and hangs too. */
const HANGING = `
import os, time

def solve(prompt, entry_point):
    if hasattr(os, "fork") and os.fork() == 0:
        os.setsid()
        time.sleep(600)
    while True:
        pass
`;

/** Stops the process that started it, which then can end nothing, and hangs. */
const STOPPING = `
import os, signal, time

def solve(prompt, entry_point):
    os.kill(os.getppid(), signal.SIGSTOP)
    time.sleep(600)
`;

/** A run that a model's answers drive, with its temporary files where the test can see them. */
async function startRun(
  script: Parameters<typeof startApiServer>[0],
  args: readonly string[] = [],
) {
  const cwd = await temporaryFolder();
  const temporary = join(cwd, "temporary");
  mkdirSync(temporary);
  const server = await startApiServer(script);
  const run = startMetai(["self-improve", "--timeout", "60", ...args], {
    cwd,
    env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.baseUrl, TMPDIR: temporary },
  });
  onTestFinished(() => void run.kill("SIGKILL"));
  return { run, server, cwd, temporary, results: join(cwd, "results"), pid: run.pid ?? 0 };
}

/** Ctrl-C: the terminal sends it to the whole process group. */
async function ctrlC({ run, pid }: Awaited<ReturnType<typeof startRun>>) {
  const processes = descendantsOf(pid);
  const before = performance.now();
  process.kill(-pid, "SIGINT");
  const result = ended(await run);
  return { ...result, took: performance.now() - before, processes };
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("what the test waits for did not come");
    await sleep(20);
  }
}

describe.skipIf(process.platform !== "linux")("Ctrl-C (looks into /proc)", () => {
  test("during a request ends the run at once, with what is there readable", async () => {
    const slow = { ...completion("too late"), delayMs: 20_000 };
    const running = await startRun([slow]);
    await until(() => running.server.requests.length > 0);
    const { code, stdout, stderr, took, processes } = await ctrlC(running);
    expect(code, stderr).toBe(130);
    expect(took).toBeLessThan(PROMPTLY);
    expect(stdout).toBe("");
    expect(lastLine(stderr)).toBe("Interrupted.");
    expect(processes.length).toBeGreaterThan(0);
    expect(await survivors(processes, PROMPTLY)).toEqual([]);
    expect(readManifest(running.results)).toMatchObject({ status: "interrupted", problem: null });
    const types = readTranscript(running.results, 1).map(({ type, kind }) => kind ?? type);
    expect(types).toEqual(["request", "interrupted"]);
    await expectCurveOfPart(running.cwd);
  });

  test.for([
    ["hang", "auto", HANGING],
    ["hang", "process", HANGING],
    ["stop what would end them", "auto", STOPPING],
    ["stop what would end them", "process", STOPPING],
  ] as const)(
    "while agents %s ends them and all they started (--sandbox %s)",
    async ([, sandbox, agent]) => {
      const running = await startRun([completion(answerWith(agent))], ["--sandbox", sandbox]);
      await until(() => existsSync(join(running.results, "agent_gen1_candidate.py")));
      await sleep(700);
      for (const one of descendantsOf(running.pid)) expect(wordsOf(one)).not.toContain(KEY);
      const { code, stderr, took, processes } = await ctrlC(running);
      expect(code, stderr).toBe(130);
      expect(took).toBeLessThan(PROMPTLY);
      expect(processes.length).toBeGreaterThan(4);
      expect(await survivors(processes, PROMPTLY)).toEqual([]);
      expect(readdirSync(running.temporary)).toEqual([]);
      expect(readManifest(running.results).status).toBe("interrupted");
      expect(await readScores(join(running.results, "scores.csv"))).toHaveLength(1);
      await expectCurveOfPart(running.cwd);
    },
  );
});

describe.skipIf(process.platform !== "linux")("kill -9 (looks into /proc)", () => {
  test("while agents stop what would end them leaves no process and no file", async () => {
    const running = await startRun([completion(answerWith(STOPPING))], ["--sandbox", "process"]);
    await until(() => existsSync(join(running.results, "agent_gen1_candidate.py")));
    await sleep(700);
    const processes = descendantsOf(running.pid);
    expect(processes.length).toBeGreaterThan(4);
    running.run.kill("SIGKILL");
    await running.run;
    expect(await survivors(processes, 2000)).toEqual([]);
    expect(readdirSync(running.temporary)).toEqual([]);
  });

  test("at any moment leaves whole files, a readable folder and no process", async () => {
    const args = [...MOCK_RUN, "--generations", "12", "--quiet"];
    const whole = await temporaryFolder();
    const before = performance.now();
    expect((await metai(args, { cwd: whole })).code).toBe(0);
    const duration = performance.now() - before;
    const expected = contentsOf(whole);
    const random = sfc32(1, 3, 0);

    for (let kill = 0; kill < 3; kill++) {
      const cwd = await temporaryFolder();
      const temporary = await temporaryFolder();
      const delay = random.fraction() * duration;
      const about = `killed after ${Math.round(delay)} ms`;
      const run = startMetai(args, { cwd, env: { TMPDIR: temporary } });
      await sleep(delay);
      const processes = descendantsOf(run.pid ?? 0);
      run.kill("SIGKILL");
      await run;
      expect(await survivors(processes, 2000), about).toEqual([]);
      expect(readdirSync(temporary), about).toEqual([]);
      expectWhole(contentsOf(cwd), expected, about);

      const { code, stderr } = await metai(["analyze", "--allow-mock"], { cwd });
      const said = code === 0 ? /^$|^Note: .*: not finished after/ : /^There is no .*scores\.csv/;
      expect(stderr === "" ? "" : onlyLine(stderr), about).toMatch(said);
      const again = await metai([...SHORT_MOCK_RUN, "--reset-results"], { cwd });
      expect(again.code, again.stderr).toBe(0);
      expect(Object.keys(contentsOf(cwd)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }
  });
});

/** The curve of an interrupted run is drawn, and the user is told that it is not a whole one. */
async function expectCurveOfPart(cwd: string): Promise<void> {
  const { code, stderr } = await metai(["analyze"], { cwd });
  expect(code, stderr).toBe(0);
  expect(onlyLine(stderr)).toMatch(/^Note: .*: interrupted after generation 0 of 5\.$/);
}

/** Every agent is whole, and each row of scores speaks of files that are there. */
function expectWhole(
  found: Record<string, string>,
  expected: Record<string, string>,
  about: string,
): void {
  const agents = Object.entries(found).filter(([path]) => path.endsWith(".py"));
  for (const [path, content] of agents) {
    expect(content, `${path}, ${about}`).toBe(expected[path]);
  }
  const rows = (found["results/scores.csv"] ?? "").trimEnd().split("\n").slice(1);
  for (const generation of rows.keys()) {
    expect(Object.keys(found), about).toContain(`results/agent_gen${generation}.py`);
  }
}
