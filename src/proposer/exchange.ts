import OpenAI, { type ClientOptions } from "openai";
import type { Message } from "../core/prompt.ts";
import { describeNetworkError, readBody, request, type NetworkError } from "../http.ts";
import type { Access } from "./access.ts";
import type { Redactor } from "./redact.ts";

/** The body of a request for a chat completion. Some models refuse any option but the default. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: Message[];
  readonly temperature?: number;
}

/** A server's whole reply, free of secrets. */
export interface Reply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly retryAfterMs: string | undefined;
  readonly location: string | undefined;
  readonly text: string;
}

/** An exchange that ended without a whole reply. */
export interface Failure extends NetworkError {
  readonly kind: "timeout" | "connection";
}

export type Exchange =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly failure: Failure };

export interface ExchangeOptions {
  readonly access: Access;
  readonly redactor: Redactor;
  /** Milliseconds for the whole exchange, the reply's body included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one request and reads the whole reply. Rejects with the signal's reason if it is aborted.
 *
 * The openai package makes the request and keeps the time. It is told everything that it would
 * otherwise take from the environment, and is shown nothing of the reply, which is read and redacted
 * on the way.
 */
export async function exchange(body: ChatRequest, options: ExchangeOptions): Promise<Exchange> {
  const { signal } = options;
  let result: Exchange | undefined;
  const client = createClient(options, async (url, init) => {
    result = await carryOut(new Request(url, init), init?.signal ?? signal, options);
    return new Response();
  });
  try {
    await client.chat.completions.create(body, { signal }).asResponse();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  if (result === undefined) throw new Error("the openai package sent no request");
  return result;
}

function createClient(
  { access, timeoutMs }: ExchangeOptions,
  fetch: NonNullable<ClientOptions["fetch"]>,
): OpenAI {
  // The package would send the headers in this variable, and fail where they are malformed; no option
  // of it says otherwise.
  const { OPENAI_CUSTOM_HEADERS: ambient } = process.env;
  delete process.env["OPENAI_CUSTOM_HEADERS"];
  try {
    return new OpenAI({
      apiKey: access.apiKey,
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      baseURL: access.baseUrl,
      defaultHeaders: access.headers,
      logLevel: "off",
      maxRetries: 0,
      // A longer timer would overflow and fire at once.
      timeout: Math.min(timeoutMs, 2 ** 31 - 1),
      fetch,
    });
  } finally {
    if (ambient !== undefined) process.env["OPENAI_CUSTOM_HEADERS"] = ambient;
  }
}

/** `ending` is aborted when the time is up, or with the signal of the options. */
async function carryOut(
  asked: Request,
  ending: AbortSignal,
  { redactor, signal }: ExchangeOptions,
): Promise<Exchange> {
  try {
    return { ok: true, reply: await send(asked, ending, redactor) };
  } catch (error) {
    signal.throwIfAborted();
    const kind = ending.aborted ? "timeout" : "connection";
    const { code, message, proxy } = describeNetworkError(error, new URL(asked.url));
    return { ok: false, failure: { kind, code, message: redactor.error(message), proxy } };
  }
}

/** Far more than any model writes, in bytes. */
const LONGEST_REPLY = 32 * 1024 * 1024;

async function send(asked: Request, signal: AbortSignal, redactor: Redactor): Promise<Reply> {
  const response = await request(new URL(asked.url), {
    method: asked.method,
    headers: [...asked.headers],
    body: await asked.text(),
    signal,
    redirect: "manual",
  });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  const redact = response.ok ? redactor.answer : redactor.error;
  const content = await readBody(response, LONGEST_REPLY);
  return {
    status: response.status,
    retryAfter: header("retry-after"),
    retryAfterMs: header("retry-after-ms"),
    location: redactor.error(header("location") ?? "") || undefined,
    text: redact(new TextDecoder().decode(content)),
  };
}
