import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { inOrder, type Window } from "../../src/evaluator/in-order.ts";
import { collect } from "../helpers/collect.ts";

const WINDOW: Window = { atWork: 3, items: 10, size: 1000 };

function run<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<R>,
  window: Partial<Window> = {},
  sizeOf: (item: T) => number = () => 1,
  signal = new AbortController().signal,
) {
  return inOrder({ source, work, sizeOf, window: { ...WINDOW, ...window }, signal });
}

function* count(to: number, onReturn = () => {}) {
  try {
    for (let i = 0; i < to; i++) yield i;
  } finally {
    onReturn();
  }
}

async function* oneAndThenNothing() {
  yield 1;
  await new Promise(() => {});
}

function* oneAndThenAnError() {
  yield 1;
  throw new Error("no more");
}

async function doubleInAWhile(item: number): Promise<number> {
  await sleep(Math.random() * 4);
  return item * 2;
}

async function refuseFour(item: number): Promise<number> {
  if (item === 4) throw new Error("four");
  return item;
}

/** Work whose items end only when they are told to. */
function held() {
  const ends = new Map<number, () => void>();
  const work = (item: number) =>
    new Promise<number>((resolve) => ends.set(item, () => resolve(item)));
  const end = async (item: number) => {
    ends.get(item)?.();
    await turn();
  };
  return { work, end, started: () => [...ends.keys()] };
}

describe("results", () => {
  test("come in the order of the items, whichever is done first", async () => {
    const results = await collect(run(count(200), doubleInAWhile));
    expect(results).toEqual(Array.from({ length: 200 }, (_, item) => item * 2));
  });

  test("of an empty source are none", async () => {
    expect(await collect(run([], held().work))).toEqual([]);
  });

  test("that wait for a slow one let others be worked on, up to the window", async () => {
    const { work, end, started } = held();
    const results = run(count(100), work);
    const first = results.next();
    await turn();
    expect(started()).toEqual([0, 1, 2]);
    for (let item = 1; item < 50; item++) await end(item);
    expect(started()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await end(0);
    expect(await first).toEqual({ done: false, value: 0 });
    await results.return();
  });

  test("take up no more than the window's size, but one item in any case", async () => {
    const { work, end, started } = held();
    const results = run(count(100), work, { size: 100 }, (item) => (item === 0 ? 5000 : 60));
    const first = results.next();
    await turn();
    expect(started()).toEqual([0]);
    await end(0);
    await first;
    const second = results.next();
    await turn();
    expect(started()).toEqual([0, 1, 2]);
    await end(1);
    await second;
    await results.return();
  });

  test("do not wait for a source that is slow to give the next item", async () => {
    const results = run(oneAndThenNothing(), async (item) => item);
    expect(await results.next()).toEqual({ done: false, value: 1 });
  });
});

describe("it ends", () => {
  test("with the first failure of the work, and lets go of the source", async () => {
    let returned = false;
    const results = run(
      count(100, () => (returned = true)),
      refuseFour,
    );
    await expect(collect(results)).rejects.toThrow("four");
    expect(returned).toBe(true);
  });

  test("with a failure of the source, though work is going on", async () => {
    await expect(collect(run(oneAndThenAnError(), held().work))).rejects.toThrow("no more");
  });

  test("at once when it is aborted, though nothing comes from anywhere", async () => {
    const controller = new AbortController();
    const results = run(oneAndThenNothing(), held().work, {}, () => 1, controller.signal);
    const next = results.next();
    controller.abort(new Error("stop"));
    await expect(next).rejects.toThrow("stop");
  });

  test("when nobody wants the rest, and lets go of the source", async () => {
    let returned = false;
    const results = run(
      count(100, () => (returned = true)),
      async (item) => item,
    );
    for await (const item of results) if (item === 3) break;
    expect(returned).toBe(true);
  });
});
