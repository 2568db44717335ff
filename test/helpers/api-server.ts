import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { onTestFinished } from "vitest";

/** How the server treats one request. All that is left out is as a well-behaved server does it. */
export interface ScriptedReply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Milliseconds before anything is sent. */
  readonly delayMs?: number;
  /**
   * `destroy`: the connection is cut before any reply. `cut`: it is cut after half of the body.
   * `stall`: the headers and half of the body come, and then nothing more.
   */
  readonly fault?: "destroy" | "cut" | "stall";
}

export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The parsed body. */
  readonly body: unknown;
}

export interface ApiServer {
  /** To be given as OPENAI_BASE_URL. */
  readonly baseUrl: string;
  readonly requests: readonly ReceivedRequest[];
  readonly close: () => Promise<void>;
}

type Script =
  | readonly ScriptedReply[]
  | ((request: ReceivedRequest, index: number) => ScriptedReply);

/**
 * A real server on the loopback address that plays the chat completions API from a script. The last
 * reply of a list is repeated. Call it inside a test: it is closed when the test ends.
 */
export async function startApiServer(script: Script): Promise<ApiServer> {
  const server = await openApiServer(script);
  onTestFinished(server.close);
  return server;
}

/** The same for a hook, which has to close it itself. */
export async function openApiServer(script: Script): Promise<ApiServer> {
  const requests: ReceivedRequest[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { url = "", headers } = incoming;
    const request = { url, headers, body: JSON.parse(await text(incoming)) };
    const index = requests.push(request) - 1;
    const reply =
      typeof script === "function"
        ? script(request, index)
        : script[Math.min(index, script.length - 1)];
    await play(reply ?? { status: 500 }, response);
  };
  const server = createServer((incoming, response) => {
    // A client that hangs up, as some tests make it, ends the exchange for both.
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { baseUrl: `http://127.0.0.1:${portOf(server.address())}/v1`, requests, close };
}

async function play(reply: ScriptedReply, response: ServerResponse): Promise<void> {
  const { status = 200, headers = {}, body = "", delayMs = 0, fault } = reply;
  if (delayMs > 0) await sleep(delayMs);
  if (fault === "destroy") {
    response.destroy();
    return;
  }
  const content = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  response.writeHead(status, {
    "content-type": typeof body === "string" ? "text/html" : "application/json",
    "content-length": content.length,
    ...headers,
  });
  if (fault === undefined) {
    response.end(content);
    return;
  }
  response.write(content.subarray(0, content.length / 2), () => {
    if (fault === "cut") response.destroy();
  });
}

/** A reply as OpenAI gives it. `message` and `fields` add to it or replace parts of it. */
export function completion(
  content: string | null,
  { message = {}, ...fields }: { message?: object; [field: string]: unknown } = {},
): ScriptedReply {
  return {
    body: {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "gpt-4.1-mini-2025-04-14",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content, refusal: null, ...message },
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 },
      ...fields,
    },
  };
}

/** An error reply in OpenAI's form. */
export function apiError(
  status: number,
  error: { message: string; type?: string; code?: string; param?: string },
  headers: Record<string, string> = {},
): ScriptedReply {
  return { status, headers, body: { error: { type: null, code: null, param: null, ...error } } };
}

/** A port of the loopback address on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new TypeError("expected a port");
  return address.port;
}
