import { readFileSync } from "node:fs";

import { describe } from "vitest";

import { findBenchmark } from "../../src/benchmark/find.ts";
import type { TaskOutcome, Task } from "../../src/core/records.ts";
import {
  startEvaluator,
  type EvaluatorOptions,
  type RunningEvaluator,
} from "../../src/evaluator/evaluator.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";

export type Mode = Required<Pick<EvaluatorOptions, "sandbox" | "fork">> & {
  readonly name: string;
  /** Why it cannot be tried on this machine, or null. */
  readonly unavailable: string | null;
};

const noFork = process.platform === "win32" ? "there is no fork on Windows" : null;

/** Every way of running a suspect. */
export const modes: readonly Mode[] = [
  { name: "bubblewrap", sandbox: "bubblewrap", fork: true, unavailable: await noBubblewrap() },
  { name: "process", sandbox: "process", fork: true, unavailable: noFork },
  { name: "process without fork", sandbox: "process", fork: false, unavailable: null },
];

async function noBubblewrap(): Promise<string | null> {
  try {
    await (await startEvaluator({ sandbox: "bubblewrap", workers: 1 })).close();
    return null;
  } catch (error) {
    return String(error);
  }
}

/** A suite for each of the modes; where one cannot be tried its tests are skipped, with the reason. */
export function describeModes(wanted: (mode: Mode) => boolean, suite: (mode: Mode) => void): void {
  for (const mode of modes.filter(wanted)) {
    const { name, unavailable } = mode;
    const title = unavailable === null ? name : `${name} (${unavailable})`;
    describe.skipIf(unavailable !== null)(title, () => {
      suite(mode);
    });
  }
}

export const { tasks, records } = await findBenchmark({
  path: humanEvalArchive,
  dataDir: "data",
  urls: [],
});

/** HumanEval/2, truncate_number: short, and every fixture misbehaves on it. */
export const task = taskNumber(2);

export function taskNumber(number: number): Task {
  const found = tasks[number];
  if (!found) throw new Error(`no task ${number}`);
  return found;
}

export function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), "utf8");
}

/** An agent that returns the same source for every task. */
export function agentThatReturns(source: string): string {
  return `def solve(prompt, entry_point):\n    return ${JSON.stringify(source)}\n`;
}

/** What one agent does on one task. */
export async function outcomeOf(
  evaluator: RunningEvaluator,
  agent: string,
  on: Task = task,
): Promise<Pick<TaskOutcome, "outcome" | "reason">> {
  const { signal } = new AbortController();
  const evaluation = await evaluator.evaluateAgent(agent, [on], { signal });
  if (evaluation.status === "invalid") return { outcome: "invalid", reason: evaluation.reason };
  const [only] = evaluation.outcomes;
  if (!only) throw new Error("no outcome");
  return { outcome: only.outcome, reason: only.reason };
}
