import { z } from "zod";

import { messageOf, UserError } from "../errors.ts";
import { OutcomeKind, type Task } from "../core/records.ts";
import { isNewEnough, Python } from "./interpreter.ts";
import type { JudgeProcess } from "./judge-process.ts";

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

const Hello = z.object({ id: z.literal(0), python: Python });
const Ready = z.object({ id: z.literal(0), ready: z.literal(true), pid: z.int() });
const Fault = z.object({ id: z.int(), fault: z.string() });
const Loaded = z.object({ id: z.int(), problem: z.string().nullable() });
const Judged = z.object({
  id: z.int(),
  outcome: OutcomeKind,
  reason: z.string(),
  duration_ms: z.number().nonnegative(),
});
const AnswerLine = z.union([Judged, Loaded, Fault]);
export type Answer = z.infer<typeof Loaded> | z.infer<typeof Judged>;

/** What python/judge/judge.py is told once it has told what interpreter runs it. */
export interface JudgeSettings {
  /** Whether suspects are forked from a server (everywhere but on Windows) or started one by one. */
  readonly fork: boolean;
  /** Seconds of wall clock for a task. */
  readonly timeout: number;
  /** The command that starts a suspect; the judge inserts the mode before its last word. */
  readonly suspect: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Which of the judges it is, from 0 on, and how many there are. */
  readonly place: number;
  readonly places: number;
}

/** The interpreter that runs a judge could not start its suspects: the sandbox does not work here. */
export class CannotStart extends UserError {}

/** What was started is no interpreter that metai can use; `findPython` says it better. */
export class NoPython extends Error {}

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

/** What a judge is to do, worked out once it has told what interpreter runs it. */
export type SettingsFor = (python: Python) => JudgeSettings;

/** One judge process with its suspects. It takes one job at a time. */
export class Judge {
  readonly #process: JudgeProcess;
  #timeout = START_SECONDS;
  #jobs = 0;
  /** The tasks that it has been sent, with their numbers. */
  readonly #tasks = new Map<Task, number>();

  private constructor(process: JudgeProcess) {
    this.#process = process;
  }

  /** Throws NoPython where the process is no usable interpreter, CannotStart with what the sandbox said. */
  static async start(process: JudgeProcess, settingsFor: SettingsFor): Promise<Judge> {
    const judge = new Judge(process);
    try {
      const settings = settingsFor(await judge.#interpreter());
      judge.#timeout = settings.timeout;
      judge.#write(settings);
      const answer = z.union([Ready, Fault]).parse(await judge.#read(START_SECONDS));
      if ("fault" in answer) throw new CannotStart(answer.fault);
      process.pid = answer.pid;
      return judge;
    } catch (error) {
      process.kill();
      if (error instanceof CannotStart || error instanceof NoPython) throw error;
      const [said] = process.stderr.split("\n").slice(-1); // of a traceback, what it is about
      throw new CannotStart(said || messageOf(error), { cause: error });
    }
  }

  async #interpreter(): Promise<Python> {
    try {
      const { python } = Hello.parse(await this.#read(START_SECONDS));
      if (isNewEnough(python.version)) return python;
    } catch (error) {
      throw new NoPython(messageOf(error), { cause: error });
    }
    throw new NoPython("it is too old");
  }

  /** Throws JudgeLost if no answer comes, and a UserError for a fault of the machinery. */
  async ask(job: Job): Promise<Answer> {
    const id = ++this.#jobs;
    this.#write(...("task" in job ? this.#withTask(job.task, { id, ...job }) : [{ id, ...job }]));
    const answer = AnswerLine.parse(await this.#read(this.#timeout + GRACE_SECONDS));
    if ("fault" in answer) throw new UserError(`The evaluator failed: ${answer.fault}`);
    if (answer.id !== id) throw new Error(`answer ${answer.id} to job ${id}`);
    return answer;
  }

  /** A message with the number of a task, after the task itself if it has not been sent. */
  #withTask(task: Task, message: object): object[] {
    const known = this.#tasks.get(task);
    if (known !== undefined) return [{ ...message, task: known }];
    if (this.#tasks.size === TASKS_KEPT) this.#tasks.clear(); // the numbers are given anew
    const number = this.#tasks.size + 1;
    this.#tasks.set(task, number);
    return [
      { task: number, is: task },
      { ...message, task: number },
    ];
  }

  #write(...messages: object[]): void {
    this.#process.write(messages.map((message) => JSON.stringify(message) + "\n").join(""));
  }

  async #read(seconds: number): Promise<unknown> {
    const { lines } = this.#process;
    let overran = false;
    const timer = setTimeout(() => {
      overran = true;
      this.#process.kill();
      lines.end();
    }, seconds * 1000);
    const line = await lines.next();
    clearTimeout(timer);
    if (line !== null) return JSON.parse(line);
    if (overran) throw new JudgeLost(`no answer within ${seconds} s`, true);
    throw new JudgeLost(this.#process.stderr || "it ended", false);
  }

  /** Ends it and all it started, in well under a second. */
  async close(): Promise<void> {
    await this.#process.close();
  }
}
