import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { startEvaluator } from "../../src/evaluator/evaluator.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { beginJudges } from "../../src/evaluator/judge-process.ts";

const { executable } = await findPython();

describe.skipIf(process.platform === "win32")("judges that were begun", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "metai-begun-"));
    vi.stubEnv("TMPDIR", folder);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  test("are taken over by an evaluator, which ends them", async () => {
    const begun = beginJudges(executable, 2);
    expect(readdirSync(folder)).toHaveLength(2);
    const evaluator = await startEvaluator({ python: executable, workers: 2, begun });
    expect(readdirSync(folder)).toHaveLength(2);
    await evaluator.close();
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), { timeout: 5000 });
  });

  test("leave nothing behind where no evaluator comes", async () => {
    const begun = beginJudges(executable, 2);
    await Promise.all(begun.map((judge) => judge.close()));
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), { timeout: 5000 });
  });

  test("end where metai is gone before they have spoken", async () => {
    const script = fileURLToPath(
      new URL("../../src/evaluator/python/judge/start.py", import.meta.url),
    );
    const judge = spawn(executable, ["-I", "-S", script, mkdtempSync(join(folder, "metai-"))]);
    judge.stdout.destroy(); // standard input stays open: only what it says has nowhere to go
    try {
      await once(judge, "exit", { signal: AbortSignal.timeout(5000) });
    } finally {
      judge.kill("SIGKILL");
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test("are none where only a start shows which interpreter it is", () => {
    expect(beginJudges(join(folder, "python3"), 2)).toEqual([]);
  });
});
