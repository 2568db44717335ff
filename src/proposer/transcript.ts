import type { Proposal, ProposerContext } from "../core/ports.ts";
import { exchange, type ChatRequest, type ExchangeOptions } from "./exchange.ts";
import type { Failure, Reply } from "./exchange.ts";
import { type Completion, parseJson, readReply, type ReadReply } from "./reply.ts";

export type RecordedExchange =
  | { readonly ok: true; readonly reply: Reply; readonly read: ReadReply }
  | { readonly ok: false; readonly failure: Failure };

/** An exchange with one transcript entry before it is sent and one before its result is used. */
export async function recordedExchange(
  body: ChatRequest,
  options: ExchangeOptions,
  about: { readonly generation: number; readonly child: number; readonly attempt: number },
  record: ProposerContext["record"],
): Promise<RecordedExchange> {
  const url = `${options.access.baseUrl}/chat/completions`;
  await record({ type: "request", time: now(), ...about, url, body });

  const start = performance.now();
  const ending = () => ({
    time: now(),
    ...about,
    duration_ms: Math.round(performance.now() - start),
  });
  const result = await exchange(body, options).catch(async (error: unknown) => {
    if (options.signal.aborted) {
      await record({ type: "error", ...ending(), kind: "interrupted" });
    }
    throw error;
  });
  if (!result.ok) {
    await record({ type: "error", ...ending(), ...result.failure });
    return result;
  }
  const { reply } = result;
  const read = readReply(reply);
  const content = {
    status: reply.status,
    ...summary(read),
    body: parseJson(reply.text) ?? reply.text,
  };
  const proposal = read.kind === "completion" ? proposalOf(read.completion) : undefined;
  await record({ type: "response", ...ending(), ...content }, proposal);
  return { ok: true, reply, read };
}

export function proposalOf({ answer, model, finishReason, usage }: Completion): Proposal {
  return { answer, responseModel: model, finishReason, usage };
}

function summary(read: ReadReply): Record<string, unknown> {
  if (read.kind !== "completion") return { model: null, finish_reason: null, usage: null };
  const { model, finishReason, usage } = read.completion;
  const tokens = usage && {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
  };
  return { model, finish_reason: finishReason, usage: tokens };
}

function now(): string {
  return new Date().toISOString();
}
