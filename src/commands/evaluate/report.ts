import { benchmarkPassAtK, passAtK } from "../../core/pass-at-k.ts";
import type { OutcomeKind } from "../../core/records.ts";
import type { Score } from "../../core/score.ts";
import { alignColumns, thousands } from "../terminal/style.ts";

/** What an evaluation came to; with --json, literally this. */
export interface EvaluateReport {
  /** `pass@1` and the like: the mean over the tasks that have samples. */
  readonly [passAtK: `pass@${number}`]: number;
  /** Of each of those, over the tasks; null for a single task. */
  readonly standard_error: Readonly<Record<string, number | null>>;
  /** Tasks that have samples, and tasks that there are. */
  readonly tasks: number;
  readonly tasks_total: number;
  readonly samples: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly per_task: readonly TaskReport[];
}

interface TaskReport {
  readonly task_id: string;
  readonly samples: number;
  readonly passed: number;
}

/** `tasks`: the ids of all the tasks that there are, in their order. */
export function evaluateReport(
  score: Score,
  tasks: readonly string[],
  ks: readonly number[],
): EvaluateReport {
  const per_task = tasks.flatMap((task_id) => {
    const tally = score.perTask.get(task_id);
    return tally ? [{ task_id, ...tally }] : [];
  });
  const values = ks.flatMap((k) => {
    const value = benchmarkPassAtK(per_task, k);
    return value ? [{ name: `pass@${k}` as const, ...value }] : [];
  });
  return {
    ...Object.fromEntries(values.map(({ name, mean }) => [name, mean])),
    standard_error: Object.fromEntries(values.map((one) => [one.name, one.standardError])),
    tasks: per_task.length,
    tasks_total: tasks.length,
    samples: score.samples,
    outcomes: score.outcomes,
    per_task,
  };
}

/**
 * What a program reads from standard output: pass@k as the official harness prints it, and where not all
 * tasks have samples, over how many of them that is.
 */
export function passAtKJson(report: EvaluateReport): string {
  const { tasks, tasks_total } = report;
  const values = Object.fromEntries(
    Object.entries(report).filter(([name]) => name.startsWith("pass@")),
  );
  return JSON.stringify(tasks === tasks_total ? values : { ...values, tasks, tasks_total });
}

/** A line for each task that has samples. */
export function taskTable({ per_task }: EvaluateReport, ks: readonly number[]): string[] {
  const rows = per_task.map((task) => [
    task.task_id,
    String(task.samples),
    String(task.passed),
    ...ks.map((k) => (k > task.samples ? "–" : passAtK(task, k).toFixed(3))),
  ]);
  return alignColumns([["task", "samples", "passed", ...ks.map((k) => `pass@${k}`)], ...rows]);
}

/** What there is to say of it to a person, a sentence a line. */
export function remarks(report: EvaluateReport, ks: readonly number[]): string[] {
  const { tasks, tasks_total, standard_error, per_task } = report;
  const errors = Object.entries(standard_error).map(([name, error]) => {
    const value = Reflect.get(report, name);
    const mean = typeof value === "number" ? value.toFixed(3) : "";
    return error === null ? `${name} ${mean}` : `${name} ${mean} ± ${error.toFixed(3)}`;
  });
  const lines: string[] = [];
  if (errors.length > 0) {
    const meaning = tasks > 1 ? `; ± is the standard error over the ${tasks} tasks` : "";
    lines.push(`${errors.join(", ")}${meaning}.`);
  }
  const fewest = Math.min(...per_task.map(({ samples }) => samples));
  const missing = ks.filter((k) => k > fewest).map((k) => `pass@${k}`);
  if (missing.length > 0) {
    const left = missing.length === 1 ? `${missing[0]} is` : `${missing.join(" and ")} are`;
    lines.push(`${left} left out: the fewest samples of a task are ${thousands(fewest)}.`);
  }
  if (tasks < tasks_total) {
    lines.push(
      `Warning: only ${tasks} of ${tasks_total} tasks have samples, and all of this is about them alone.`,
    );
  }
  return lines;
}

/** The outcomes that there were, in words. */
export function outcomesInWords(outcomes: EvaluateReport["outcomes"]): string {
  return Object.entries(outcomes)
    .filter(([name, count]) => count > 0 || name === "passed")
    .map(([name, count]) => `${thousands(count)} ${name}`)
    .join(", ");
}
