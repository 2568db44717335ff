import type { Access } from "./access.ts";
import type { Failure, Reply } from "./exchange.ts";
import { oneLine } from "../core/one-line.ts";
import type { Completion, ErrorReply, ServerError } from "./reply.ts";
import type { RecordedExchange } from "./transcript.ts";

/** What an exchange means: an answer, worth another try, or the end with a sentence for the user. */
export type Verdict =
  | { readonly kind: "answered"; readonly completion: Completion }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "stop"; readonly message: string };

/** What was asked and of whom, for the sentences. */
export interface Asked {
  readonly access: Access;
  readonly model: string;
  readonly temperature: number | undefined;
  readonly requestTimeoutMs: number;
  /** Whether the server has ever replied to this proposer. */
  readonly reachedBefore: boolean;
}

const RETRIED_STATUSES = new Set([408, 409, 425, 429]);

const SPENT_QUOTA = new Set([
  "insufficient_quota",
  "billing_hard_limit_reached",
  "billing_not_active",
]);

export function judge(result: RecordedExchange, asked: Asked): Verdict {
  if (!result.ok) return judgeFailure(result.failure, asked);
  const { read, reply } = result;
  if (read.kind === "completion") return { kind: "answered", completion: read.completion };
  if (read.kind === "broken") return { kind: "retry", reason: read.reason };
  return judgeError(read, reply, asked);
}

function judgeError({ status, error }: ErrorReply, reply: Reply, asked: Asked): Verdict {
  if (SPENT_QUOTA.has(error.code) || SPENT_QUOTA.has(error.type) || status === 402) {
    return stop(
      `The quota of this key is spent${quoted(error)}: check the plan and billing of the account or use another key, then go on with --resume.`,
    );
  }
  if (status >= 500 || RETRIED_STATUSES.has(status)) {
    const what = status === 429 ? "the server limits requests" : "the server replied with an error";
    return { kind: "retry", reason: `${what} (${status}${words(error)})` };
  }
  return stop(describeRefusal(status, error, reply, asked));
}

function judgeFailure(failure: Failure, asked: Asked): Verdict {
  const { baseUrl } = asked.access;
  if (failure.kind === "timeout") {
    const seconds = asked.requestTimeoutMs / 1000;
    return { kind: "retry", reason: `no whole reply within ${seconds} s` };
  }
  const code = failure.code ?? oneLine(failure.message, 100);
  if (failure.proxy !== undefined) return judgeProxyFailure(failure.proxy, code, asked);
  if (isCertificateProblem(code)) {
    return stop(
      `The certificate of ${baseUrl} is not trusted (${code}): check OPENAI_BASE_URL, or name the authority's certificate in NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return stop(
      `The server at ${baseUrl} does not speak https (${code}): check OPENAI_BASE_URL, which for a local server usually starts with http://.`,
    );
  }
  if (code === BLOCKED_PORT) {
    return stop(
      `The port of ${baseUrl} is one that the web leaves to other services, and no request is sent there (${code}): let the server listen on another.`,
    );
  }
  // An address that never replied is most likely wrong; one that did will most likely be back.
  if (UNREACHABLE.has(code) && !asked.reachedBefore) {
    return stop(
      `Cannot connect to ${baseUrl} (${code}): check that the server runs, that the network works and that OPENAI_BASE_URL is right.`,
    );
  }
  const what = NO_CONNECTION.has(code) ? "cannot connect" : "connection cut";
  return { kind: "retry", reason: `${what} (${code})` };
}

function judgeProxyFailure(proxy: string, code: string, asked: Asked): Verdict {
  if (code === "407") {
    return stop(
      `The proxy ${proxy} asks for a user and a password (407): write them into HTTPS_PROXY and HTTP_PROXY, before an @ in front of the host name.`,
    );
  }
  const what = `cannot connect to ${asked.access.baseUrl} through the proxy ${proxy} (${code})`;
  if (asked.reachedBefore) return { kind: "retry", reason: what };
  return stop(
    `${capitalized(what)}: check HTTPS_PROXY and HTTP_PROXY, or name the server's host in NO_PROXY.`,
  );
}

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]);

const NO_CONNECTION = new Set([...UNREACHABLE, "EAI_AGAIN", "ETIMEDOUT"]);

/** fetch refuses some ports (https://fetch.spec.whatwg.org/#port-blocking) with these words. */
const BLOCKED_PORT = "bad port";

function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/.test(code);
}

function describeRefusal(status: number, error: ServerError, reply: Reply, asked: Asked): string {
  const { access, model, temperature } = asked;
  const { baseUrl } = access;
  if (status === 401 && !access.authorized) {
    return `The server at ${baseUrl} asks for a key: set OPENAI_API_KEY.`;
  }
  if (status === 401) {
    return `The server at ${baseUrl} does not accept the key: check OPENAI_API_KEY.`;
  }
  if (isUnknownModel(status, error)) {
    return `The server at ${baseUrl} has no model ${model} for this key${quoted(error)}: choose another with --model or OPENAI_MODEL.`;
  }
  if (status === 403) {
    return `The server at ${baseUrl} does not let this key use ${model} (403)${quoted(error)}: check the key's permissions, or choose another with --model.`;
  }
  if (status === 404 || status === 405) {
    return `Nothing at ${baseUrl}/chat/completions answers chat requests (${status}): check OPENAI_BASE_URL, which usually ends in /v1.`;
  }
  if (status >= 300 && status < 400) {
    const target = reply.location === undefined ? "" : ` to ${oneLine(reply.location, 200)}`;
    return `The server at ${baseUrl} sends requests on${target} (${status}): set OPENAI_BASE_URL to the address where it really is.`;
  }
  if (temperature !== undefined && concerns(error, "temperature")) {
    return `The model ${model} does not accept a temperature of ${temperature}${quoted(error)}: leave out --temperature.`;
  }
  if (error.code === "context_length_exceeded") {
    return `The request is too long for the model ${model}${quoted(error)}: choose one with a longer context with --model.`;
  }
  return `The server at ${baseUrl} refuses the request (${status})${quoted(error)}: check --model and OPENAI_BASE_URL.`;
}

/** Ollama, vLLM and others send no code and only say it in words. */
function isUnknownModel(status: number, error: ServerError): boolean {
  return error.code === "model_not_found" || (status === 404 && /\bmodel\b/i.test(error.message));
}

function concerns(error: ServerError, parameter: string): boolean {
  return error.param === parameter || error.message.toLowerCase().includes(parameter);
}

function stop(message: string): Verdict {
  return { kind: "stop", message };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function quoted({ message }: ServerError): string {
  const said = short(message);
  return said === "" ? "" : ` (it says: ${said})`;
}

function words({ message }: ServerError): string {
  const said = short(message);
  return said === "" ? "" : `: ${said}`;
}

function short(message: string): string {
  return oneLine(message, 200).replace(/[.:]$/, "");
}
