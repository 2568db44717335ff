import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";

import { trustedEnvironment } from "./environment.ts";
import { likelyPython } from "./likely-python.ts";
import { Lines } from "./lines.ts";
import { SOURCES } from "./sources.ts";

const SCRIPT = fileURLToPath(new URL("python/judge/start.py", SOURCES));
const CLOSE_MS = 700;
const STDERR_KEPT = 4000;

/**
 * Begins the processes of judges, for `startEvaluator` to take over: whoever has more to load or to read first
 * lets them start meanwhile. None where only a start would show which interpreter is the right one. Whoever
 * begins them closes them; that does no harm where it was done already.
 */
export function beginJudges(
  python?: string,
  workers = availableParallelism(),
): readonly JudgeProcess[] {
  const likely = likelyPython(python);
  return likely === null ? [] : Array.from({ length: workers }, () => new JudgeProcess(likely));
}

/** A judge's Python process with a folder of its own. What is said to it and by it is `Judge`'s to know. */
export class JudgeProcess {
  /** What it writes to standard output. */
  readonly lines: Lines;
  readonly #process: ReturnType<typeof spawnJudge>;
  #stderr = "";

  constructor(python: string) {
    const folder = mkdtempSync(join(tmpdir(), "metai-"));
    this.#process = spawnJudge(python, folder);
    this.lines = new Lines(this.#process.stdout);
    this.#process.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    this.#process.stdin.on("error", () => {}); // it died: the missing answer says so
    this.#removeAfterwards(folder);
  }

  /** The end of what it wrote to standard error. */
  get stderr(): string {
    return this.#stderr.trim();
  }

  write(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Ends it and all it started, in well under a second. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.kill(), CLOSE_MS);
    await this.#process.catch(() => {});
    clearTimeout(timer);
  }

  /** Its suspects see its end and end themselves. */
  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined || this.#process.exitCode !== null) return;
    try {
      // It leads a process group of its own, except on Windows.
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // it has ended
    }
  }

  /** The judge removes its folder itself, unless it is killed. If metai is, the judge does it. */
  #removeAfterwards(folder: string): void {
    const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#process.then(remove, remove).catch(() => {}); // what a suspect made unremovable stays
  }
}

function spawnJudge(python: string, folder: string) {
  // Without -B: where the package's folder can be written to, Python keeps the byte code of its own modules there,
  // and the suspects' server, which may write nothing, finds it.
  return execa(python, ["-I", "-S", SCRIPT, folder], {
    env: trustedEnvironment(),
    extendEnv: false,
    detached: process.platform !== "win32", // Ctrl-C at the terminal is metai's to handle
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    reject: false,
  });
}
