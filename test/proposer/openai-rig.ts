import { expect } from "vitest";
import type { ProposalRequest, ProposerEvent, TranscriptEntry } from "../../src/core/ports.ts";
import { UserError } from "../../src/errors.ts";
import { openaiProposer, type OpenaiProposerOptions } from "../../src/proposer/openai.ts";
import { startApiServer, type ScriptedReply } from "../helpers/api-server.ts";

export const KEY = "sk-proj-Ab/c+d_QrStUvWxYz";
export const ANSWER = "```python\r\ndef solve(prompt, entry_point):\r\n    return ''\r\n```";
export const REQUEST: ProposalRequest = {
  child: 1,
  archive: [],
  generation: 2,
  parentSource: "def solve(prompt, entry_point):\n    return prompt\n",
  tasks: [],
};

/** A proposer with short waits, and all that it reports. */
export function rig(
  options: Partial<OpenaiProposerOptions>,
  signal = new AbortController().signal,
) {
  const events: ProposerEvent[] = [];
  const entries: TranscriptEntry[] = [];
  const proposer = openaiProposer({
    apiKey: KEY,
    model: "gpt-4.1-mini",
    maxRetries: 3,
    requestTimeoutMs: 5000,
    backoff: { firstMs: 1, longestMs: 2000 },
    ...options,
  });
  const propose = () =>
    proposer.propose(REQUEST, {
      signal,
      onEvent: (event) => events.push(event),
      record: async (entry) => void entries.push(entry),
    });
  const seen = () => JSON.stringify([events, entries, proposer]);
  const reasons = () =>
    events.flatMap((event) => (event.type === "request-retried" ? [event.reason] : []));
  return { proposer, propose, events, entries, seen, reasons };
}

/** The same, talking to a server that plays these replies. */
export async function served(
  replies: readonly ScriptedReply[],
  options: Partial<OpenaiProposerOptions> = {},
  signal?: AbortSignal,
) {
  const server = await startApiServer(replies);
  return { server, ...rig({ baseUrl: server.baseUrl, ...options }, signal) };
}

/** The sentence that a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error.message;
}
