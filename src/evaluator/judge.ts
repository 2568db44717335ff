import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { z } from "zod";

import { messageOf, UserError } from "../errors.ts";
import { OutcomeKind, type Task } from "../core/records.ts";
import { trustedEnvironment } from "./environment.ts";

/** What a judge is asked; see python/judge/judge.py. */
export type Job =
  | { readonly do: "load"; readonly source: string }
  | { readonly do: "agent"; readonly source: string; readonly task: Task }
  | ({ readonly do: "solution"; readonly task: Task } & Solution);

/** A solution to a task, as a sample file holds it. */
export interface Solution {
  readonly source: string;
  /** Whether the source stands alone, or is appended to the prompt as the official harness does. */
  readonly whole: boolean;
}

const Ready = z.object({ id: z.literal(0), ready: z.literal(true) });
const Fault = z.object({ id: z.int(), fault: z.string() });
const Loaded = z.object({ id: z.int(), problem: z.string().nullable() });
const Judged = z.object({
  id: z.int(),
  outcome: OutcomeKind,
  reason: z.string(),
  duration_ms: z.number().nonnegative(),
});
const AnswerLine = z.union([Loaded, Judged, Fault]);
export type Answer = z.infer<typeof Loaded> | z.infer<typeof Judged>;

/** What python/judge/judge.py reads from its command line. */
export interface JudgeSettings {
  /** Whether suspects are forked from a server (everywhere but on Windows) or started one by one. */
  readonly fork: boolean;
  /** Seconds of wall clock for a task. */
  readonly timeout: number;
  /** The command that starts a suspect; the judge inserts the mode before its last word. */
  readonly suspect: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The interpreter's module path. */
  readonly path: readonly string[];
}

/** A judge's own temporary folder; suspects at level `process` work below it. */
type JudgeArguments = JudgeSettings & { readonly folder: string };

/** The interpreter that runs a judge could not start its suspects: the sandbox does not work here. */
export class CannotStart extends UserError {}

/** A judge that gave no answer: it died, or overran. Its next job needs a new one. */
export class JudgeLost extends Error {
  readonly overran: boolean;

  constructor(message: string, overran: boolean) {
    super(message);
    this.overran = overran;
  }
}

const START_SECONDS = 60;
/** The judge holds the clock itself; past this it is stuck in a value that a suspect sent. */
const GRACE_SECONDS = 3;
/** Tasks that a judge keeps; more than a benchmark has. */
const TASKS_KEPT = 2048;
const CLOSE_MS = 700;
const STDERR_KEPT = 4000;

/** One judge process with its suspects. It takes one job at a time. */
export class Judge {
  readonly #process: ReturnType<typeof spawnJudge>;
  readonly #lines: AsyncIterator<string>;
  readonly #timeout: number;
  #stderr = "";
  #jobs = 0;
  /** The tasks that it has been sent, with their numbers. */
  readonly #tasks = new Map<Task, number>();

  private constructor(process: ReturnType<typeof spawnJudge>, timeout: number) {
    this.#process = process;
    this.#lines = process.iterable({ from: "stdout" });
    this.#timeout = timeout;
    process.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    process.stdin.on("error", () => {}); // it died: the missing answer says so
  }

  /** Throws CannotStart with what the sandbox said. */
  static async start(python: string, script: string, settings: JudgeSettings): Promise<Judge> {
    const folder = await mkdtemp(join(tmpdir(), "metai-"));
    const judge = new Judge(spawnJudge(python, script, { ...settings, folder }), settings.timeout);
    judge.#removeAfterwards(folder);
    try {
      const answer = z.union([Ready, Fault]).parse(await judge.#read(START_SECONDS));
      if ("fault" in answer) throw new CannotStart(answer.fault);
      return judge;
    } catch (error) {
      judge.kill();
      if (error instanceof CannotStart) throw error;
      const [said] = judge.#stderr.trim().split("\n").slice(-1); // of a traceback, what it is about
      throw new CannotStart(said || messageOf(error), { cause: error });
    }
  }

  /** Throws JudgeLost if no answer comes, and a UserError for a fault of the machinery. */
  async ask(job: Job): Promise<Answer> {
    const id = ++this.#jobs;
    const task = "task" in job ? this.#numberOf(job.task) : undefined;
    this.#write({ id, ...job, task });
    const answer = AnswerLine.parse(await this.#read(this.#timeout + GRACE_SECONDS));
    if ("fault" in answer) throw new UserError(`The evaluator failed: ${answer.fault}`);
    if (answer.id !== id) throw new Error(`answer ${answer.id} to job ${id}`);
    return answer;
  }

  /** The number of a task, which is sent first if it has not been. */
  #numberOf(task: Task): number {
    const known = this.#tasks.get(task);
    if (known !== undefined) return known;
    if (this.#tasks.size === TASKS_KEPT) this.#tasks.clear(); // the numbers are given anew
    const number = this.#tasks.size + 1;
    this.#tasks.set(task, number);
    this.#write({ task: number, is: task });
    return number;
  }

  #write(message: object): void {
    this.#process.stdin.write(JSON.stringify(message) + "\n");
  }

  async #read(seconds: number): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const overrun = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.kill();
        reject(new JudgeLost(`no answer within ${seconds} s`, true));
      }, seconds * 1000);
    });
    try {
      const line = await Promise.race([this.#lines.next(), overrun]);
      if (line.done) throw new JudgeLost(this.#stderr.trim() || "it ended", false);
      return JSON.parse(line.value);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it and all it started, in well under a second. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.kill(), CLOSE_MS);
    await this.#process.catch(() => {});
    clearTimeout(timer);
  }

  /** The judge removes its folder itself, unless it is killed. If metai is, the judge does it. */
  #removeAfterwards(folder: string): void {
    const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
    this.#process.then(remove, remove).catch(() => {}); // what a suspect made unremovable stays
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
}

function spawnJudge(python: string, script: string, settings: JudgeArguments) {
  return execa(python, ["-I", "-S", "-B", script, JSON.stringify(settings)], {
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
