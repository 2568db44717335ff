import { UserError } from "../errors.ts";
import { checkProxies } from "../http.ts";

export const OFFICIAL_BASE_URL = "https://api.openai.com/v1";

/** How to reach a server. `baseUrl` is safe to record; the other fields never leave this folder. */
export interface Access {
  readonly baseUrl: string;
  /** The key, or a stand-in: many clients and servers expect one to be there. */
  readonly apiKey: string;
  /** Headers that come before those made of the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the user gave a key or credentials, or a stand-in is sent. */
  readonly authorized: boolean;
  readonly secrets: readonly string[];
}

export interface AccessOptions {
  readonly apiKey?: string | undefined;
  readonly baseUrl?: string | undefined;
}

/**
 * Checks what can be checked of a key, a base URL and the proxies of the environment without any network. To be called before a run
 * changes anything.
 *
 * @throws UserError that says what is missing or malformed; it never holds a key.
 */
export function checkOpenaiAccess(options: AccessOptions): void {
  resolveAccess(options);
}

/** A server's address without credentials, as records have it. @throws UserError where it is malformed. */
export function publicBaseUrl(baseUrl: string | undefined): string {
  return withoutCredentials(parseBaseUrl(baseUrl?.trim() || OFFICIAL_BASE_URL));
}

const STAND_IN = "no-key-needed";

/** @throws UserError as `checkOpenaiAccess`. */
export function resolveAccess(options: AccessOptions): Access {
  const url = parseBaseUrl(options.baseUrl?.trim() || OFFICIAL_BASE_URL);
  checkProxies(url);
  const key = parseKey(options.apiKey);
  const user = decode(url.username);
  const password = decode(url.password);
  const baseUrl = withoutCredentials(url);

  // Credentials in the address are meant for this very server, so they come before a general key.
  if (user !== "" || password !== "") {
    const basic = Buffer.from(`${user}:${password}`).toString("base64");
    const secrets = [key, user, password, url.username, url.password, basic];
    return {
      baseUrl,
      apiKey: STAND_IN,
      headers: { authorization: `Basic ${basic}` },
      authorized: true,
      secrets: secrets.filter((secret) => secret !== ""),
    };
  }
  if (key === "" && isOfficial(url)) {
    throw new UserError(
      "No OpenAI key is set: put OPENAI_API_KEY into the environment or a .env file, or point OPENAI_BASE_URL at a local server, or use --mock; the last two need no key, nor does metai demo, a run without any model.",
    );
  }
  return {
    baseUrl,
    apiKey: key || STAND_IN,
    headers: {},
    authorized: key !== "",
    secrets: key === "" ? [] : [key],
  };
}

function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new UserError(
      "The base URL (--base-url or OPENAI_BASE_URL) is no web address: write it like http://localhost:11434/v1.",
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new UserError(
      "The base URL (--base-url or OPENAI_BASE_URL) must end with its path: leave out what follows ? or #.",
    );
  }
  if (/\/chat\/completions\/?$/.test(url.pathname)) {
    throw new UserError(
      "The base URL (--base-url or OPENAI_BASE_URL) must not name the method: leave out /chat/completions.",
    );
  }
  return url;
}

function withoutCredentials(url: URL): string {
  return url.origin + url.pathname.replace(/\/$/, "");
}

function parseKey(text: string | undefined): string {
  const key = text?.trim() ?? "";
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new UserError(
      "The key in OPENAI_API_KEY holds a space, a line break or a character that no key has: copy it again.",
    );
  }
  return key;
}

/** OpenAI's own servers, those of its regions (eu.api.openai.com) included. */
function isOfficial(url: URL): boolean {
  return url.hostname === "api.openai.com" || url.hostname.endsWith(".api.openai.com");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
