import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import OpenAI, { APIConnectionTimeoutError } from "openai";
import type { Message } from "../core/prompt.ts";
import { messageOf } from "../errors.ts";
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

/** An exchange that ended without a whole reply. `code` is the system's, such as ECONNREFUSED. */
export interface Failure {
  readonly kind: "timeout" | "connection";
  readonly code: string | undefined;
  readonly message: string;
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
 * The openai package makes the address, the body and the time-out. It is told everything that it
 * would otherwise take from the environment, and sees neither the key nor the reply: headers are
 * written and the reply is read and redacted in `send`.
 */
export async function exchange(body: ChatRequest, options: ExchangeOptions): Promise<Exchange> {
  const { access, redactor, signal } = options;
  let reply: Reply | undefined;
  const client = new OpenAI({
    apiKey: "unused",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: access.baseUrl,
    logLevel: "off",
    maxRetries: 0,
    // A longer timer would overflow and fire at once.
    timeout: Math.min(options.timeoutMs, 2 ** 31 - 1),
    fetch: async (url, init) => {
      const address = url instanceof Request ? url.url : String(url);
      const content = await new Response(init?.body).text();
      reply = await send(address, content, access, redactor, init?.signal ?? signal);
      return new Response();
    },
  });
  try {
    await client.chat.completions.create(body, { signal }).asResponse();
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, failure: describeFailure(error, redactor) };
  }
  if (reply === undefined) throw new Error("the openai package sent no request");
  return { ok: true, reply };
}

/**
 * Node's own `fetch` gives up after five minutes without headers, whatever time it is granted, and a
 * local model can well take longer; so this speaks HTTP itself.
 */
async function send(
  url: string,
  body: string,
  access: Access,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<Reply> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.startsWith("https:") ? requestHttps : requestHttp;
    request(url, {
      method: "POST",
      signal,
      headers: {
        accept: "application/json",
        authorization: access.authorization,
        // A connection that is kept can be closed by the server just as it is used again.
        connection: "close",
        "content-length": Buffer.byteLength(body),
        "content-type": "application/json",
        "user-agent": "metai",
      },
    })
      .on("response", resolve)
      .on("error", reject)
      .end(body);
  });
  const status = message.statusCode ?? 0;
  const redact = status >= 200 && status < 300 ? redactor.answer : redactor.error;
  return {
    status,
    retryAfter: header(message, "retry-after"),
    retryAfterMs: header(message, "retry-after-ms"),
    location: header(message, "location", redactor),
    text: redact(await readText(message, signal)),
  };
}

function header(message: IncomingMessage, name: string, redactor?: Redactor): string | undefined {
  const value = message.headers[name];
  return typeof value === "string" ? (redactor?.error(value) ?? value) : undefined;
}

/** Far more than any model writes, in bytes. */
const LONGEST_REPLY = 32 * 1024 * 1024;

async function readText(message: IncomingMessage, signal: AbortSignal): Promise<string> {
  try {
    return await text(limited(message));
  } catch (error) {
    // A body that is given up half-way looks like one that the server cut off.
    signal.throwIfAborted();
    throw error;
  }
}

async function* limited(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of message) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("expected bytes");
    length += chunk.length;
    if (length > LONGEST_REPLY) throw new Error("the reply is longer than 32 MB");
    yield chunk;
  }
}

function describeFailure(error: unknown, redactor: Redactor): Failure {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code =
    cause instanceof Error && "code" in cause && typeof cause.code === "string"
      ? cause.code
      : undefined;
  return {
    kind: error instanceof APIConnectionTimeoutError ? "timeout" : "connection",
    code,
    message: redactor.error(messageOf(cause)),
  };
}
