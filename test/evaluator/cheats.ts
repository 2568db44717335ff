import { chmod } from "node:fs/promises";

import { beforeAll, expect, test, vi } from "vitest";

import { readCatalogue } from "../../src/evaluator/cheats/catalogue.ts";
import {
  type CheatResult,
  failedControls,
  isSafe,
  runCheats,
} from "../../src/evaluator/cheats/run.ts";
import { startEvaluator, type RunningEvaluator } from "../../src/evaluator/evaluator.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import type { Mode } from "./modes.ts";

const { cheats } = await readCatalogue();
const { signal } = new AbortController();

/** Seconds; without fork a task starts two interpreters. */
const TIMEOUT = { fork: 1.5, spawn: 4 };
/** More than there are processors: what takes long waits for a clock. */
const WORKERS = 4;

/** Runs the catalogue in one mode; each mode is a test file of its own, so that they overlap. */
export function testCheats(mode: Mode): void {
  const level = mode.sandbox === "bubblewrap" ? "bubblewrap" : "process";
  const chosen = cheats.filter((cheat) => isSafe(cheat, level));
  let evaluator: RunningEvaluator;
  let results: Map<string, CheatResult>;

  beforeAll(async () => {
    const folder = await createFolder(); // so that no cheat finds what another run lays out
    await chmod(folder, 0o755);
    vi.stubEnv("TMPDIR", folder);
    const options = { ...mode, timeout: mode.fork ? TIMEOUT.fork : TIMEOUT.spawn };
    evaluator = await startEvaluator({ ...options, workers: WORKERS });
    const single = await startEvaluator({ ...options, workers: 1 });
    const all = await runCheats(chosen, { evaluator, single, signal });
    results = new Map(all.map((result) => [result.cheat.name, result]));
    return async () => {
      await Promise.all([evaluator.close(), single.close()]);
      vi.unstubAllEnvs();
      await removeFolder(folder);
    };
  }, 300_000);

  test("who is told the secrets passes every task, also after all the cheats", async () => {
    expect(await failedControls(evaluator, signal)).toEqual([]);
  });

  test.each(chosen.map((cheat) => [cheat.name, cheat] as const))(
    "%s earns nothing, or is known to",
    (name) => {
      const result = results.get(name);
      if (!result) throw new Error("it was not run");
      const { earned, expected, outcome, reason } = result;
      expect({ earned }, `${outcome}: ${reason}`).toEqual({ earned: expected });
    },
  );
}
