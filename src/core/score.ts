import type { Tally } from "./pass-at-k.ts";
import type { OutcomeKind, Verdict } from "./records.ts";

/** Counts verdicts: of each task, and of each outcome. */
export class Score {
  readonly #perTask = new Map<string, { samples: number; passed: number }>();
  readonly #outcomes = { passed: 0, failed: 0, timeout: 0, crashed: 0, limit: 0, invalid: 0 };

  add(taskId: string, { outcome, passed }: Pick<Verdict, "outcome" | "passed">): void {
    let tally = this.#perTask.get(taskId);
    if (tally === undefined) this.#perTask.set(taskId, (tally = { samples: 0, passed: 0 }));
    tally.samples++;
    if (passed) tally.passed++;
    this.#outcomes[outcome]++;
  }

  /** Of the tasks that have samples. */
  get perTask(): ReadonlyMap<string, Tally> {
    return this.#perTask;
  }

  get outcomes(): Readonly<Record<OutcomeKind, number>> {
    return this.#outcomes;
  }

  get samples(): number {
    return Object.values(this.#outcomes).reduce((sum, count) => sum + count, 0);
  }
}
