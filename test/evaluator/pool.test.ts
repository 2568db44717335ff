import { expect, test, vi } from "vitest";

import type { Answer, Job } from "../../src/evaluator/judge.ts";
import { Pool, type PooledJudge } from "../../src/evaluator/pool.ts";

const job: Job = { do: "load", source: "" };
const { signal } = new AbortController();

/** A judge that answers with its name, and notes that it was ended. */
function fakeJudge(name: string) {
  const close = vi.fn<() => Promise<void>>().mockResolvedValue();
  const ask = vi.fn<() => Promise<Answer>>().mockResolvedValue({ id: 1, problem: name });
  return { ask, close };
}

const nothing = () => {};

/** A promise that is settled from outside. */
function later<T>() {
  let resolve: (value: T) => void = nothing;
  let reject: (error: Error) => void = nothing;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

const noOther = () => Promise.reject(new Error("no other judge was wanted"));

test("a judge that is ready works while another is still starting", async () => {
  const slow = later<PooledJudge>();
  const first = fakeJudge("first");
  const pool = new Pool([slow.promise, Promise.resolve(first)], noOther);
  for (let n = 0; n < 3; n++)
    expect(await pool.ask(job, signal)).toMatchObject({ problem: "first" });

  const second = fakeJudge("second");
  const busy = later<Answer>();
  first.ask.mockReturnValueOnce(busy.promise);
  const under = pool.ask(job, signal);
  const next = pool.ask(job, signal);
  slow.resolve(second);
  expect(await next).toMatchObject({ problem: "second" });
  busy.reject(new Error("it broke"));
  await expect(under).rejects.toThrow("it broke");
  await pool.close();
});

test("where a judge could not be started, the next job there starts another, or says why it cannot", async () => {
  const other = fakeJudge("other");
  const start = vi
    .fn<(place: number) => Promise<PooledJudge>>()
    .mockRejectedValueOnce(new Error("still no sandbox"))
    .mockResolvedValueOnce(other);
  const pool = new Pool([Promise.reject(new Error("no sandbox"))], start);
  await expect(pool.ask(job, signal)).rejects.toThrow("still no sandbox");
  expect(await pool.ask(job, signal)).toMatchObject({ problem: "other" });
  expect(start.mock.calls).toEqual([[0], [0]]);
  await pool.close();
  expect(other.close).toHaveBeenCalledOnce();
});

test("a judge that becomes ready after the end is ended, too", async () => {
  const late = later<PooledJudge>();
  const pool = new Pool([late.promise], noOther);
  const closing = pool.close();
  const judge = fakeJudge("late");
  late.resolve(judge);
  await closing;
  expect(judge.close).toHaveBeenCalledOnce();
});
