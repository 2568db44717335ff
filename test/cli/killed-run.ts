import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { onTestFinished } from "vitest";
import { z } from "zod";

import type { EventOf, JournalEvent } from "../../src/core/journal.ts";
import { type JournalContent, parseJournal } from "../../src/store/journal.ts";
import { sha256 } from "../../src/store/objects.ts";
import { completion, startApiServer, type ReceivedRequest } from "../helpers/api-server.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { ended, startMetai } from "./metai.ts";

/** The answers of each generation, one a child; which child gets which is left to chance. */
export type Script = readonly (readonly string[])[];

/** What a kill waits for: a time, so many lines in the journal, or so many requests; then a delay. */
export interface Moment {
  readonly lines: number;
  readonly requests: number;
  readonly delayMs: number;
}

/** How long the server takes for an answer, in milliseconds. */
export const ANSWER_MS = 40;
const STEP_MS = 2;

/** A run against a server that gives no answer again that the run's journal holds, or that is on its way. */
export async function killableRun(script: Script, args: readonly string[]) {
  const cwd = await temporaryFolder();
  const results = join(cwd, "results");
  const onTheirWay = new Set<string>();
  const server = await startApiServer((request) => {
    const answers = script[generationOf(request) - 1] ?? [];
    const known = new Set(responsesOf(results).map((one) => one.proposal?.answer_sha256));
    const next = answers.find((one) => !known.has(sha256(one)) && !onTheirWay.has(one));
    if (next === undefined) return { status: 400 }; // asked for once more than there are children
    onTheirWay.add(next);
    return { ...completion(next), delayMs: ANSWER_MS };
  });
  const env = { OPENAI_API_KEY: "sk-test-0123456789", OPENAI_BASE_URL: server.baseUrl };
  const start = () => {
    const run = startMetai(["self-improve", ...args, "--resume"], { cwd, env });
    onTestFinished(() => void run.kill("SIGKILL"));
    return run;
  };

  /** Kills the run at a moment; false if it has ended before. */
  const killAt = async ({ lines, requests, delayMs }: Moment): Promise<boolean> => {
    const run = start();
    const requestsBefore = server.requests.length;
    const isOver = () => run.exitCode !== null || run.signalCode !== null;
    while (!isOver() && journalOf(results).lines.length < lines) await sleep(STEP_MS);
    while (!isOver() && server.requests.length < requestsBefore + requests) await sleep(STEP_MS);
    await sleep(delayMs);
    run.kill("SIGKILL");
    const { signal } = await run;
    await sleep(20); // what it sent before it died may only now be read
    onTheirWay.clear();
    return signal === "SIGKILL";
  };
  const finish = async () => ended(await start());
  return { cwd, results, requests: server.requests, killAt, finish };
}

/** The request says so; and it must not say more, such as which child asks. */
function generationOf({ body }: ReceivedRequest): number {
  const { messages } = z
    .object({ messages: z.array(z.object({ content: z.string() })) })
    .parse(body);
  const [, generation] = /This is generation (\d+)\./.exec(messages[1]?.content ?? "") ?? [];
  return Number(generation);
}

/** The journal of a run, which may be at work. */
export function journalOf(results: string): JournalContent {
  try {
    return parseJournal(readFileSync(join(results, "journal.jsonl")));
  } catch {
    return { lines: [], bytes: 0, torn: false, problem: null }; // nothing was begun yet
  }
}

export function eventsOf(results: string): JournalEvent[] {
  return journalOf(results).lines.map(({ event }) => event);
}

/** The responses that hold an answer. */
export function responsesOf(results: string): EventOf<"response">[] {
  return eventsOf(results).flatMap((event) =>
    event.type === "response" && event.proposal !== null ? [event] : [],
  );
}
