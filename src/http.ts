import type { Dispatcher, RequestInit, Response } from "undici";
import { UserError, messageOf } from "./errors.ts";

/**
 * Sends a request, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name for the address;
 * one of this machine's own is never asked through a proxy. Only the start of a connection has a time
 * limit, of 10 s. Node's own `fetch` gives up after five minutes without headers, and a local model can
 * well take longer.
 *
 * @throws UserError as `checkProxies`. `describeNetworkError` describes all else.
 */
export async function request(address: URL, init: RequestInit): Promise<Response> {
  // Loading it takes longer than many a command that needs no network.
  const undici = await import("undici");
  return undici.fetch(address, { ...init, dispatcher: createDispatcher(address, undici) });
}

/** @throws BodyTooLong as soon as there are more bytes than the limit. */
export async function readBody(
  response: Response,
  limit: number,
  onBytes: (count: number) => void = () => {},
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("expected bytes");
    onBytes(chunk.length);
    size += chunk.length;
    if (size > limit) throw new BodyTooLong(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export class BodyTooLong extends Error {
  override readonly name = "BodyTooLong";

  constructor(limit: number) {
    super(`more than ${limit} bytes`);
  }
}

/** What kept `request` or `readBody` from a whole reply. */
export interface NetworkError {
  /** The system's, such as ECONNREFUSED; or the status, such as 407, with which a proxy refused. */
  readonly code: string | undefined;
  readonly message: string;
  /** The proxy's address without credentials, where it was the proxy that failed or refused. */
  readonly proxy: string | undefined;
}

export function describeNetworkError(error: unknown, address: URL): NetworkError {
  // fetch says only "fetch failed" or "terminated"; the reason is in its cause, or in that one's.
  let reason = error;
  let atProxy = false;
  while (reason instanceof Error && reason.cause instanceof Error) {
    reason = reason.cause;
    atProxy ||= reason instanceof ProxyError;
  }
  const message = messageOf(reason);
  const refusal = PROXY_REFUSALS.exec(message)?.slice(1).find(Boolean);
  const proxy = atProxy || refusal !== undefined ? proxyFor(address) : undefined;
  return { code: refusal ?? codeOf(reason), message, proxy };
}

/** How undici reports a proxy's refusal of a tunnel, and of an http request for want of a password. */
const PROXY_REFUSALS = /^Proxy response \((\d+)\)|^Proxy Authentication Required \((407)\)/;

/** undici has names of its own for two conditions of the system. */
const SYSTEM_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_CONNECT_TIMEOUT: "ETIMEDOUT",
};

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) {
    return undefined;
  }
  return SYSTEM_CODES[error.code] ?? error.code;
}

/** @throws UserError if a variable names a proxy that cannot be used for this address. */
export function checkProxies(address: URL): void {
  if (!isLoopback(address)) readProxies();
}

interface Proxies {
  /** Addresses as undici takes them, "" for none. */
  readonly httpProxy: string;
  readonly httpsProxy: string;
}

function readProxies(): Proxies {
  const httpProxy = readProxy("http_proxy", "HTTP_PROXY");
  return { httpProxy, httpsProxy: readProxy("https_proxy", "HTTPS_PROXY") || httpProxy };
}

function readProxy(...names: readonly string[]): string {
  const name = names.find((name) => process.env[name]?.trim());
  if (name === undefined) return "";
  const text = process.env[name]?.trim() ?? "";
  try {
    const url = new URL(text.includes("://") ? text : `http://${text}`);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(url.protocol);
    // undici decodes both, and would fail on a bare % with words that help nobody.
    decodeURIComponent(url.username + url.password);
    url.pathname = url.search = url.hash = "";
    return url.href;
  } catch {
    // Not quoted: it may hold a password.
    throw new UserError(
      `${name} is not the address of an http or https proxy: write it like http://proxy.example.org:3128, with special characters of a password in their % form.`,
    );
  }
}

function proxyFor({ protocol }: URL): string | undefined {
  const { httpProxy, httpsProxy } = readProxies();
  const proxy = protocol === "https:" ? httpsProxy : httpProxy;
  return proxy === "" ? undefined : new URL(proxy).origin;
}

function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}

/** Marks what went wrong between this machine and the proxy. */
class ProxyError extends Error {
  override readonly name = "ProxyError";
}

const POOL = {
  headersTimeout: 0,
  bodyTimeout: 0,
  // Each connection ends with its reply, so that none outlives the command, and none is used again
  // just as the server closes it.
  pipelining: 0,
};

function createDispatcher(address: URL, undici: typeof import("undici")): Dispatcher {
  const { Agent, EnvHttpProxyAgent, Pool, buildConnector } = undici;
  if (isLoopback(address)) return new Agent(POOL);

  const proxies = readProxies();
  const connect = buildConnector({});
  const poolToProxy = (proxy: string | URL) =>
    new Pool(proxy, {
      ...POOL,
      connect: (options, callback) =>
        connect(options, (...[cause, socket]) => {
          if (cause === null) callback(null, socket);
          else callback(new ProxyError("the proxy cannot be reached", { cause }), null);
        }),
    });
  return new EnvHttpProxyAgent({
    ...POOL,
    ...proxies,
    // As everyone does: a tunnel for https only. Many proxies refuse one to any port but 443.
    proxyTunnel: false,
    clientFactory: poolToProxy,
    factory: (origin, options) =>
      Object.values(proxies).includes(String(origin))
        ? poolToProxy(origin)
        : new Pool(origin, options),
  });
}
