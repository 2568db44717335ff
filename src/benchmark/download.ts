import { Interrupted, messageOf } from "../errors.ts";
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
}

/** Fetches a small file. Throws only `Interrupted`; all that a network can do wrong is a `problem`. */
export async function download(address: string, options: DownloadOptions): Promise<Download> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), options.stallMs);
  const signals = [stalled.signal, ...(options.signal ? [options.signal] : [])];
  const progress = { received: 0 };
  try {
    return await fetchBody(address, AbortSignal.any(signals), (count) => {
      progress.received += count;
      timer.refresh();
    });
  } catch (error) {
    if (options.signal?.aborted) throw new Interrupted();
    if (stalled.signal.aborted) {
      const where = progress.received > 0 ? ` after ${progress.received} bytes` : "";
      return failure(`no byte came for ${options.stallMs / 1000} s${where}`);
    }
    if (progress.received > 0) return failure(`cut off after ${progress.received} bytes`);
    return failure(networkProblem(error));
  } finally {
    clearTimeout(timer);
  }
}

async function fetchBody(
  address: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Download> {
  const response = await fetch(...requestFor(address, signal));
  onBytes(0);
  if (!response.ok) {
    await response.body?.cancel();
    return failure(`HTTP ${response.status} ${response.statusText}`.trimEnd());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    onBytes(chunk.length);
    size += chunk.length;
    if (size > MAX_BYTES) return failure(`more than ${MAX_BYTES} bytes: not the archive`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
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
  UND_ERR_SOCKET: "the connection was cut",
  ENETUNREACH: "the network is unreachable",
  EHOSTUNREACH: "the host is unreachable",
  ETIMEDOUT: "no answer",
  UND_ERR_CONNECT_TIMEOUT: "no answer",
};

function networkProblem(error: unknown): string {
  // fetch says only "fetch failed"; the reason is in its cause.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return KNOWN_CODES[code] ?? (messageOf(cause) || code || "the request failed");
}
