import { readFileSync } from "node:fs";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

import { onTestFinished, vi } from "vitest";

export interface ForwardProxy {
  /** To be given as HTTP_PROXY or HTTPS_PROXY. */
  readonly address: string;
  /** The request lines it got, such as "CONNECT api.example.test:443". */
  readonly requests: readonly string[];
  /** The Proxy-Authorization of each. */
  readonly credentials: readonly (string | undefined)[];
  readonly close: () => Promise<void>;
}

/**
 * A real forward proxy on the loopback address, for requests and for tunnels. Whatever host it is asked
 * for, it connects to this port of the loopback address; or it refuses with a status.
 */
export async function startProxy(to: { port: number } | { refuse: number }): Promise<ForwardProxy> {
  const requests: string[] = [];
  const credentials: (string | undefined)[] = [];
  const note = ({ method, url, headers }: IncomingMessage) => {
    requests.push(`${method} ${url}`);
    credentials.push(headers["proxy-authorization"]);
  };
  const server = createServer((incoming, response) => {
    note(incoming);
    if ("refuse" in to) response.writeHead(to.refuse).end();
    else forward(incoming, response, to.port);
  });
  server.on("connect", (incoming: IncomingMessage, client: Socket) => {
    note(incoming);
    if ("refuse" in to) client.end(`HTTP/1.1 ${to.refuse} Refused\r\n\r\n`);
    else tunnel(client, to.port);
  });
  const port = await listen(server);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { address: `http://127.0.0.1:${port}`, requests, credentials, close };
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, headers } = incoming;
  const { pathname } = new URL(incoming.url ?? "");
  const outgoing = request(
    { host: "127.0.0.1", port, path: pathname, method, headers },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  outgoing.on("error", () => response.destroy());
  incoming.pipe(outgoing);
}

function tunnel(client: Socket, port: number): void {
  const server = connect(port, "127.0.0.1", () => client.write("HTTP/1.1 200 OK\r\n\r\n"));
  join(client, server);
}

/** Puts TLS, as api.example.test, before a port of the loopback address; answers with its port. */
export async function startTls(port: number): Promise<number> {
  // Signed by itself, for a name that no one can have, and good for nothing else.
  const pem = readFileSync(new URL("../fixtures/tls/api.example.test.pem", import.meta.url));
  const server = createTlsServer({ key: pem, cert: pem }, (client) => {
    join(client, connect(port, "127.0.0.1"));
  });
  onTestFinished(() => void server.close());
  return listen(server);
}

function join(one: Socket, other: Socket): void {
  one.on("error", () => other.destroy()).on("close", () => other.destroy());
  other.on("error", () => one.destroy()).on("close", () => one.destroy());
  one.pipe(other).pipe(one);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new TypeError("expected a port");
  return address.port;
}

/** Sets the proxies of the environment for one test, whatever they were. */
export function useProxies(
  proxies: Partial<Record<"HTTP_PROXY" | "HTTPS_PROXY" | "NO_PROXY", string>>,
): void {
  onTestFinished(() => void vi.unstubAllEnvs());
  // On Windows both spellings are one variable, so the wanted values come last.
  for (const name of ["http_proxy", "https_proxy", "no_proxy"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toUpperCase(), undefined);
  }
  for (const [name, address] of Object.entries(proxies)) vi.stubEnv(name, address);
}
