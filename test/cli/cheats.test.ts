import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { MOCK_RUN, lastLine, metai, onlyLine } from "./metai.ts";

/** Passes for an interpreter, and its judges let everything pass. */
const GULLIBLE = `#!/usr/bin/env python3
import json, os, sys

facts = {"executable": __file__, "version": "3.12.0", "prefixes": ["/usr"], "path": []}

def judge(jobs, verdicts):
    def say(message):
        verdicts.write(json.dumps(message) + "\\n")
        verdicts.flush()

    say({"id": 0, "python": facts})
    jobs.readline()
    say({"id": 0, "ready": True, "pid": os.getpid()})
    for line in jobs:
        job = json.loads(line)
        verdict = {"outcome": "passed", "reason": "", "duration_ms": 1}
        answer = {"problem": None} if job.get("do") == "load" else verdict
        if "id" in job:
            say({"id": job["id"], **answer})

folders = sys.argv[4:]
if "-c" in sys.argv:
    print(json.dumps(facts))
elif len(folders) == 1:
    judge(sys.stdin, sys.stdout)
else:
    channels = range(3, 3 + len(folders))
    for channel in channels:
        if os.fork() == 0:
            for other in channels:
                if other != channel:
                    os.close(other)
            judge(os.fdopen(os.dup(channel)), os.fdopen(channel, "w"))
            os._exit(0)
    for channel in channels:
        os.close(channel)
    for _ in channels:
        os.wait()
`;

/** Passes for an interpreter when it is asked, and does nothing that one does. */
const IMPOSTOR = `#!/bin/sh
echo '{"executable": "'"$0"'", "version": "3.12.0", "prefixes": ["/usr"], "path": []}'
`;

async function withPython(script: string) {
  const cwd = await temporaryFolder();
  const python = join(cwd, "bin", "python");
  mkdirSync(join(cwd, "bin"));
  writeFileSync(python, script);
  chmodSync(python, 0o755);
  return { cwd, evaluator: ["--python", python, "--sandbox", "process"] };
}

const Report = z.object({
  cheats: z.object({
    sandbox: z.string(),
    official: z.object({ date: z.string() }),
    results: z.array(
      z.object({
        name: z.string(),
        official: z.string(),
        outcome: z.string(),
        earned: z.boolean(),
      }),
    ),
    left_out: z.array(z.string()),
  }),
});

describe.skipIf(process.platform === "win32")(
  "an evaluator that lets cheats pass (a script)",
  () => {
    test("self-improve refuses it before a run is touched or a model is asked", async () => {
      const { cwd, evaluator } = await withPython(GULLIBLE);
      const args = [...MOCK_RUN, "--quiet", "--generations", "1"];
      expect((await metai(args, { cwd })).code).toBe(0);
      const before = contentsOf(cwd);
      const run = await metai([...args, "--reset-results", ...evaluator], { cwd });
      expect(run).toMatchObject({ code: 2, stdout: "" });
      const [warning, refusal, ...more] = run.stderr.trim().split("\n");
      expect(warning).toMatch(/^Warning: agents run at sandbox level "process"/);
      expect(refusal).toMatch(/^The cheat \S+ and \d+ more earned a pass.*--cheats/);
      expect(more).toEqual([]);
      expect(contentsOf(cwd)).toEqual(before);
    });

    test("doctor --cheats shows it, and exits 1", async () => {
      const { cwd, evaluator } = await withPython(GULLIBLE);
      const run = await metai(["doctor", "--cheats", ...evaluator], { cwd });
      expect(run.code, run.stderr).toBe(1);
      expect(run.stdout).toMatch(
        /^  equals_everything +Returns an object that equals everything\. +passed +passed$/m,
      );
      expect(run.stdout).toMatch(/that could harm the machine .* only under bubblewrap/s);
      expect(lastLine(run.stderr)).toMatch(
        /^No score .*can be trusted: .*equality\/equals_everything/,
      );
      const json = await metai(["doctor", "--cheats", "--json", ...evaluator], { cwd });
      const { cheats } = Report.parse(JSON.parse(json.stdout));
      expect(cheats.results.every(({ earned }) => earned)).toBe(true);
      expect(cheats.left_out.length).toBeGreaterThan(0);
    });

    test("what only says that it is Python is named in one line", async () => {
      const { cwd, evaluator } = await withPython(IMPOSTOR);
      const run = await metai(["self-improve", "--mock", "--quiet", ...evaluator], { cwd });
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(onlyLine(run.stderr)).toMatch(/python says that it is Python but .*--python PATH/);
    });
  },
);

test("a run tells how many cheats were tried before it", async () => {
  const cwd = await temporaryFolder();
  const run = await metai([...MOCK_RUN, "--quiet", "--generations", "1"], { cwd });
  expect(run.code, run.stderr).toBe(0);
  const { cheats } = z
    .looseObject({ cheats: z.object({ run: z.int(), earned: z.int() }) })
    .parse(readManifest(join(cwd, "results")));
  expect(cheats.run).toBeGreaterThanOrEqual(40);
  expect(cheats.earned).toBe(0);
});

test("doctor --cheats runs the catalogue on this machine: nothing gets through that should not", async () => {
  const run = await metai(["doctor", "--cheats"], { cwd: await temporaryFolder() });
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(onlyLine(run.stderr)).toMatch(/^Running \d+ cheats at sandbox level \w+\.$/);
  expect(run.stdout).toMatch(
    /\d+ of \d+ cheats earned a pass (?:under bubblewrap|at level process).*\d+ do\s+under the\s+official/s,
  );
});
