import { JudgeLost, type Answer, type Job, type Judge } from "./judge.ts";

/** A place for one judge; empty after its judge was lost, until the next job needs one. */
interface Slot {
  judge: Judge | null;
}

/** A fixed number of judges and the jobs that wait for one, first come first served. */
export class Pool {
  readonly #start: () => Promise<Judge>;
  readonly #slots: readonly Slot[];
  readonly #idle: Slot[];
  readonly #waiting: ((slot: Slot) => void)[] = [];

  constructor(judges: readonly Judge[], start: () => Promise<Judge>) {
    this.#start = start;
    this.#slots = judges.map((judge) => ({ judge }));
    this.#idle = [...this.#slots];
  }

  /**
   * The answer to a job. Throws JudgeLost where a judge overran, or died at the same job twice; a
   * UserError for a fault of the machinery; the signal's reason as soon as it is aborted.
   */
  async ask(job: Job, signal: AbortSignal): Promise<Answer> {
    const slot = await this.#take(signal);
    try {
      return await this.#askIn(slot, job, signal);
    } catch (error) {
      if (!(error instanceof JudgeLost) || error.overran || signal.aborted) throw error;
      return await this.#askIn(slot, job, signal); // it may have been the machine, not the job
    } finally {
      this.#give(slot);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#slots.map(async (slot) => slot.judge?.close()));
  }

  async #askIn(slot: Slot, job: Job, signal: AbortSignal): Promise<Answer> {
    const judge = (slot.judge ??= await this.#start());
    const stop = () => void judge.close();
    signal.addEventListener("abort", stop);
    try {
      signal.throwIfAborted();
      return await judge.ask(job);
    } catch (error) {
      slot.judge = null;
      if (!signal.aborted) judge.kill();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #take(signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted();
    const slot = this.#idle.pop();
    if (slot) return Promise.resolve(slot);
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(onSlot), 1);
        reject(signal.reason);
      };
      const onSlot = (free: Slot) => {
        signal.removeEventListener("abort", onAbort);
        resolve(free);
      };
      this.#waiting.push(onSlot);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #give(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#idle.push(slot);
  }
}
