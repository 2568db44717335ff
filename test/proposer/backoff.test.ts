import { expect, test } from "vitest";
import { DEFAULT_BACKOFF, retryDelay } from "../../src/proposer/backoff.ts";

function delayFor(retryAfter: string): number {
  return retryDelay(1, { retryAfter, retryAfterMs: undefined }, DEFAULT_BACKOFF);
}

test("Retry-After may be a date", () => {
  const delay = delayFor(new Date(Date.now() + 20_000).toUTCString());
  expect(delay).toBeGreaterThan(17_000);
  expect(delay).toBeLessThanOrEqual(20_000);
});

test.each(["Thu, 01 Jan 1970 00:00:00 GMT", "soon", "", "-5"])(
  "a Retry-After of %j gives the usual wait",
  (retryAfter) => {
    expect(delayFor(retryAfter)).toBeGreaterThanOrEqual(750);
    expect(delayFor(retryAfter)).toBeLessThanOrEqual(1000);
  },
);
