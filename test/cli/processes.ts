import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process, told apart from a later one with the same id by when it started. */
export interface Process {
  readonly pid: number;
  readonly started: string;
}

/** Every process below one, from /proc: Linux only. */
export function descendantsOf(pid: number): Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const below = (parent: number): Process[] =>
    all
      .filter((one) => one.parent === parent)
      .flatMap((one) => [{ pid: one.pid, started: one.started }, ...below(one.pid)]);
  return below(pid);
}

/** Those that still run after at most `ms` milliseconds of waiting for them to end. */
export async function survivors(processes: readonly Process[], ms: number): Promise<Process[]> {
  const end = performance.now() + ms;
  for (;;) {
    const alive = processes.filter(isAlive);
    if (alive.length === 0 || performance.now() > end) return alive;
    await sleep(20);
  }
}

/** What a process was started with and what its environment held then. */
export function wordsOf({ pid }: Process): string {
  return ["cmdline", "environ"].map((name) => readIfThere(`/proc/${pid}/${name}`)).join("\n");
}

function isAlive({ pid, started }: Process): boolean {
  return readStat(pid)?.started === started;
}

/** proc(5): after the name in parentheses come the state, the parent's id and, as the 20th, the start. */
function readStat(pid: number) {
  const text = readIfThere(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, parent] = fields;
  const started = fields[19];
  if (started === undefined || state === "Z") return null;
  return { pid, parent: Number(parent), started };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
