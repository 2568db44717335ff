import type { RequestInit } from "undici";
import { Interrupted } from "../errors.ts";
import { BodyTooLong, describeNetworkError, readBody, request } from "../http.ts";
import { withoutCredentials } from "./addresses.ts";
import { isWebPage } from "./checks.ts";
import { MAX_BYTES } from "./humaneval.ts";

/** The whole body, or in a few words why there is none. */
export type Download =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly problem: string };

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for the next byte, in milliseconds. */
  readonly stallMs: number;
  /** How long the whole may take, in milliseconds. */
  readonly totalMs: number;
}

/** Fetches a small file. Throws only `Interrupted`; all that a network can do wrong is a `problem`. */
export async function download(address: string, options: DownloadOptions): Promise<Download> {
  const { signal, stallMs, totalMs } = options;
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const late = AbortSignal.timeout(totalMs);
  const signals = [stalled.signal, late, ...(signal ? [signal] : [])];
  let received = 0;
  try {
    return await fetchBody(address, AbortSignal.any(signals), (count) => {
      received += count;
      timer.refresh();
    });
  } catch (error) {
    if (signal?.aborted) throw new Interrupted();
    const after = received > 0 ? ` after ${received} bytes` : "";
    if (stalled.signal.aborted) return failure(`no byte came for ${stallMs / 1000} s${after}`);
    if (late.aborted) return failure(`not complete within ${totalMs / 1000} s${after}`);
    if (error instanceof BodyTooLong) return failure(`${error.message}: not the archive`);
    return failure(received > 0 ? `cut off${after}` : networkProblem(error, new URL(address)));
  } finally {
    clearTimeout(timer);
  }
}

async function fetchBody(
  address: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Download> {
  const response = await request(...requestFor(address, signal));
  onBytes(0);
  if (!response.ok) {
    await response.body?.cancel();
    return failure(`HTTP ${response.status} ${response.statusText}`.trimEnd());
  }
  const bytes = await readBody(response, MAX_BYTES, onBytes);
  if (isWebPage(bytes)) {
    const from = withoutCredentials(response.url || address);
    return failure(`got a web page instead of the archive, from ${from}; a proxy or a login page?`);
  }
  return { ok: true, bytes };
}

function requestFor(address: string, signal: AbortSignal): [URL, RequestInit] {
  const url = new URL(address);
  // Unpacked on the way, the bytes would no longer be those of the archive.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  // fetch refuses an address with credentials in it; as a header they also stay off other hosts.
  if (url.username || url.password) {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers["authorization"] = `Basic ${Buffer.from(credentials).toString("base64")}`;
    url.username = "";
    url.password = "";
  }
  return [url, { headers, signal }];
}

function failure(problem: string): Download {
  return { ok: false, problem };
}

const KNOWN_CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was cut",
  ENETUNREACH: "the network is unreachable",
  EHOSTUNREACH: "the host is unreachable",
  ETIMEDOUT: "no answer",
  407: "it asks for a user and a password",
};

function networkProblem(error: unknown, address: URL): string {
  const { code = "", message, proxy } = describeNetworkError(error, address);
  const problem = KNOWN_CODES[code] ?? (message || code || "the request failed");
  return proxy === undefined ? problem : `the proxy ${proxy} could not be used: ${problem}`;
}
