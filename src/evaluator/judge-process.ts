import { existsSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

import { execa } from "execa";

import { trustedEnvironment } from "./environment.ts";
import { likelyPython } from "./likely-python.ts";
import { Lines } from "./lines.ts";
import { SOURCES } from "./sources.ts";

const SCRIPT = fileURLToPath(new URL("python/judge/start.py", SOURCES));
const CLOSE_MS = 700;
const STDERR_KEPT = 4000;
const FORKS = process.platform !== "win32";

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
  return likely === null ? [] : judgeProcesses(likely, workers);
}

/** So many judges: one interpreter starts, and forks them once it has loaded what all of them need. */
export function judgeProcesses(python: string, count: number): readonly JudgeProcess[] {
  if (FORKS) return new Interpreter(python, count).judges;
  return Array.from({ length: count }, () => new Interpreter(python, 1).judges).flat();
}

/** A judge's Python process with a folder of its own. What is said to it and by it is `Judge`'s to know. */
export class JudgeProcess {
  /** What it says. */
  readonly lines: Lines;
  /** Of the process, once it is known; it leads a process group, except on Windows. */
  pid: number | undefined;
  readonly #interpreter: Interpreter;
  readonly #input: Writable;
  readonly #closed: Promise<void>;
  #ended = false;

  constructor(interpreter: Interpreter, input: Writable, output: Readable, folder: string) {
    this.#interpreter = interpreter;
    this.#input = input;
    this.lines = new Lines(output);
    this.#closed = new Promise((resolve) => output.once("close", resolve));
    void this.#closed.then(() => (this.#ended = true));
    input.on("error", () => {}); // it died: the missing answer says so
    void this.#removeAfterwards(folder);
  }

  /** The end of what it wrote to standard error, and those that were started with it. */
  get stderr(): string {
    return this.#interpreter.stderr;
  }

  write(text: string): void {
    this.#input.write(text);
  }

  /** Ends it and all it started, in well under a second. */
  async close(): Promise<void> {
    this.#input.end();
    const timer = setTimeout(() => this.kill(), CLOSE_MS);
    await this.#closed;
    await this.#interpreter.left(this);
    clearTimeout(timer);
  }

  /** Its suspects see its end and end themselves. */
  kill(): void {
    if (this.#ended) return;
    if (this.pid !== undefined) return killGroup(this.pid);
    this.#input.destroy(); // then it ends itself, if it has been forked
    this.#interpreter.kill();
  }

  /** The judge removes its folder itself, unless it is killed. If metai is, the judge does it. */
  async #removeAfterwards(folder: string): Promise<void> {
    await this.#closed;
    if (!existsSync(folder)) return;
    const remove = rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await remove.catch(() => {}); // what a suspect made unremovable stays
  }
}

/** The Python process that judges are forked from, or that is the only one. */
class Interpreter {
  readonly judges: readonly JudgeProcess[];
  readonly #process: ReturnType<typeof spawnInterpreter>;
  readonly #running: Set<JudgeProcess>;
  #stderr = "";

  constructor(python: string, count: number) {
    const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), "metai-")));
    const spawned = spawnInterpreter(python, folders);
    this.#process = spawned;
    spawned.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    this.judges = folders.map((folder, place) => {
      const input = spawned.stdio[count === 1 ? 0 : 3 + place];
      const output = spawned.stdio[count === 1 ? 1 : 3 + place];
      if (input instanceof Writable && output instanceof Readable) {
        return new JudgeProcess(this, input, output, folder);
      }
      throw new Error("a judge without a channel");
    });
    this.#running = new Set(this.judges);
  }

  get stderr(): string {
    return this.#stderr.trim();
  }

  /** Waits for its end where no judge is left. */
  async left(judge: JudgeProcess): Promise<void> {
    this.#running.delete(judge);
    if (this.#running.size === 0) await this.#process.catch(() => {});
  }

  kill(): void {
    const { pid } = this.#process;
    if (pid !== undefined && this.#process.exitCode === null) killGroup(pid);
  }
}

function spawnInterpreter(python: string, folders: readonly string[]) {
  const channels = folders.length === 1 ? [] : folders.map(() => "pipe" as const);
  const own = folders.length === 1 ? "pipe" : "ignore";
  // Without -B: where the package's folder can be written to, Python keeps the byte code of its own modules there,
  // and the suspects' server, which may write nothing, finds it.
  return execa(python, ["-I", "-S", SCRIPT, ...folders], {
    env: trustedEnvironment(),
    extendEnv: false,
    detached: FORKS, // Ctrl-C at the terminal is metai's to handle
    stdio: [own, own, "pipe", ...channels],
    buffer: false,
    reject: false,
  });
}

function killGroup(leader: number): void {
  try {
    process.kill(FORKS ? -leader : leader, "SIGKILL");
  } catch {
    // it has ended
  }
}
