import { JudgeLost, type Answer, type Job, type Judge } from "./judge.ts";

/** What the pool needs of a judge. */
export type PooledJudge = Pick<Judge, "ask" | "close">;

/** A place for one judge, numbered from 0 on; empty after its judge was lost, until the next job needs one. */
interface Slot {
  readonly place: number;
  judge: PooledJudge | null;
}

/** A fixed number of judges and the jobs that wait for one, first come first served. */
export class Pool {
  readonly #start: (place: number) => Promise<PooledJudge>;
  readonly #slots: readonly Slot[];
  readonly #idle: Slot[] = [];
  readonly #waiting: ((slot: Slot) => void)[] = [];
  /** Starts and ends of judges that are under way. */
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  /** Takes judges that are being started; each gets jobs as soon as it is ready. `start` starts another in its place. */
  constructor(
    starting: readonly Promise<PooledJudge>[],
    start: (place: number) => Promise<PooledJudge>,
  ) {
    this.#start = start;
    this.#slots = starting.map((judge, place) => {
      const slot: Slot = { place, judge: null };
      void this.#fill(slot, judge);
      return slot;
    });
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
      const again = error instanceof JudgeLost && !error.overran && !this.#closed;
      if (!again || signal.aborted) throw error;
      return await this.#askIn(slot, job, signal); // it may have been the machine, not the job
    } finally {
      this.#give(slot);
    }
  }

  /** Ends every judge, also those that are just being started. Jobs under way are lost. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const slot of this.#slots) if (slot.judge) this.#end(slot.judge);
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Opens a place once its judge is there. Where it cannot be started, the first job there tries again, and says why. */
  async #fill(slot: Slot, starting: Promise<PooledJudge>): Promise<void> {
    try {
      const judge = await this.#follow(starting);
      if (this.#closed) return this.#end(judge);
      slot.judge = judge;
    } catch {
      // said to the job that needs it
    }
    this.#give(slot);
  }

  async #askIn(slot: Slot, job: Job, signal: AbortSignal): Promise<Answer> {
    const judge = (slot.judge ??= await this.#startJudge(slot.place, signal));
    const stop = () => this.#end(judge);
    signal.addEventListener("abort", stop);
    try {
      signal.throwIfAborted();
      const answer = await judge.ask(job);
      // A suspect that we have just ended ourselves looks as if it had crashed.
      signal.throwIfAborted();
      if (this.#closed) throw new Error("the evaluator was closed");
      return answer;
    } catch (error) {
      slot.judge = null;
      this.#end(judge);
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async #startJudge(place: number, signal: AbortSignal): Promise<PooledJudge> {
    if (this.#closed) throw new Error("the evaluator is closed");
    const judge = await this.#follow(this.#start(place));
    if (!this.#closed && !signal.aborted) return judge;
    this.#end(judge);
    signal.throwIfAborted();
    throw new Error("the evaluator was closed");
  }

  #end(judge: PooledJudge): void {
    void this.#follow(judge.close());
  }

  #follow<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    const forget = () => this.#underWay.delete(work);
    work.then(forget, forget);
    return work;
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
