import type { Proposer } from "../core/ports.ts";
import { buildMessages } from "../core/prompt.ts";
import { UserError } from "../errors.ts";
import { resolveAccess, type AccessOptions } from "./access.ts";
import { DEFAULT_BACKOFF, retryDelay, wait, type Backoff } from "./backoff.ts";
import { createRedactor } from "./redact.ts";
import { proposalOf, recordedExchange } from "./transcript.ts";
import { judge } from "./verdict.ts";

export interface OpenaiProposerOptions extends AccessOptions {
  readonly model: string;
  /** Sent only when set, because some models refuse it. */
  readonly temperature?: number | undefined;
  /** How often a request is tried again after the first time. */
  readonly maxRetries: number;
  /** Milliseconds for each attempt, the reply's body included. */
  readonly requestTimeoutMs: number;
  readonly backoff?: Backoff;
}

/**
 * A proposer that asks a model through the chat completions of the OpenAI API, or of any server that
 * speaks it. Broken exchanges (429, 5xx, time-outs, cut connections, replies that are no completion)
 * are tried again; a model's refusal or an empty message is a proper answer.
 *
 * @throws UserError if the key or the base URL cannot be right, as `checkOpenaiAccess`.
 */
export function openaiProposer(options: OpenaiProposerOptions): Proposer {
  const { model, temperature, maxRetries, requestTimeoutMs, backoff = DEFAULT_BACKOFF } = options;
  const access = resolveAccess(options);
  const redactor = createRedactor(access.secrets);
  const maxAttempts = maxRetries + 1;
  let reachedBefore = false;

  return {
    runType: "api",
    model,
    baseUrl: access.baseUrl,
    async propose(request, { signal, onEvent, record }) {
      const { generation, child } = request;
      const messages = buildMessages(request);
      const body = { model, messages, ...(temperature === undefined ? {} : { temperature }) };
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted();
        const about = { generation, child, attempt };
        onEvent({ type: "request-started", ...about });
        const how = { access, redactor, timeoutMs: requestTimeoutMs, signal };
        const result = await recordedExchange(body, how, about, record);
        const asked = { access, model, temperature, requestTimeoutMs, reachedBefore };
        const verdict = judge(result, asked);
        reachedBefore ||= result.ok;

        if (verdict.kind === "stop") throw new UserError(verdict.message);
        if (verdict.kind === "answered") return proposalOf(verdict.completion);
        const { reason } = verdict;
        if (attempt >= maxAttempts) throw gaveUp(access.baseUrl, reason, attempt);
        const delayMs = retryDelay(attempt, result.ok ? result.reply : undefined, backoff);
        onEvent({ type: "request-retried", ...about, maxAttempts, reason, delayMs });
        await wait(delayMs, signal);
      }
    },
  };
}

function gaveUp(baseUrl: string, reason: string, attempts: number): UserError {
  const tries = attempts === 1 ? "one attempt" : `${attempts} attempts`;
  return new UserError(
    `Gave up on ${baseUrl} after ${tries}, the last with this result: ${reason}. What the run has so far is intact: go on later with --resume, or allow more with --max-retries or --request-timeout.`,
  );
}
