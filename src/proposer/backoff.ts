import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "./exchange.ts";

/** How long to wait between attempts, in milliseconds. */
export interface Backoff {
  /** The wait after the first attempt; it doubles with each further one. */
  readonly firstMs: number;
  /** No wait is longer, whatever the server asks for. */
  readonly longestMs: number;
}

/** Five attempts last half a minute. The longest wait is as long as the window of OpenAI's rate limits. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 1000, longestMs: 60_000 };

/**
 * The wait after attempt number `attempt` (from 1): what the server asks for, else exponential with
 * up to a quarter taken off at random, so that many clients do not come back at one moment.
 */
export function retryDelay(
  attempt: number,
  reply: Pick<Reply, "retryAfter" | "retryAfterMs"> | undefined,
  { firstMs, longestMs }: Backoff,
): number {
  const wanted = askedDelay(reply) ?? firstMs * 2 ** (attempt - 1) * (1 - Math.random() / 4);
  return Math.round(Math.min(wanted, longestMs));
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); retry-after-ms is OpenAI's own. */
function askedDelay(
  reply: Pick<Reply, "retryAfter" | "retryAfterMs"> | undefined,
): number | undefined {
  const delays = [
    parseNumber(reply?.retryAfterMs),
    parseNumber(reply?.retryAfter) * 1000,
    Date.parse(reply?.retryAfter ?? "") - Date.now(),
  ];
  return delays.find((delay) => delay >= 0);
}

function parseNumber(text: string | undefined): number {
  return text === undefined || text.trim() === "" ? Number.NaN : Number(text);
}

/** Rejects with the signal's reason as soon as it is aborted. */
export async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
