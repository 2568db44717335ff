import { describe, expect, test, vi } from "vitest";

import { UserError } from "../../src/errors.ts";
import { checkOpenaiAccess } from "../../src/proposer/access.ts";
import { completion, startApiServer, unusedPort } from "../helpers/api-server.ts";
import { startProxy, startTls, useProxies } from "../helpers/proxy.ts";
import { ANSWER, KEY, failureOf, rig } from "./openai-rig.ts";

const HTTP = "http://api.example.test:8000/v1";
const HTTPS = "https://api.example.test/v1";

async function api() {
  const server = await startApiServer([completion(ANSWER)]);
  return { server, port: Number(new URL(server.baseUrl).port) };
}

function withCredentials(address: string): string {
  return address.replace("//", "//pupil:p%40ss-w0rd@");
}

describe("a proxy of the environment", () => {
  test("forwards requests to an http server", async () => {
    const { server, port } = await api();
    const proxy = await startProxy({ port });
    useProxies({ HTTP_PROXY: withCredentials(proxy.address) });
    const { propose, seen } = rig({ baseUrl: HTTP });
    expect((await propose()).answer).toBe(ANSWER);
    expect(proxy.requests).toEqual([`POST ${HTTP}/chat/completions`]);
    expect(proxy.credentials).toEqual([`Basic ${btoa("pupil:p@ss-w0rd")}`]);
    expect(server.requests[0]?.headers.host).toBe("api.example.test:8000");
    expect(seen()).not.toMatch(/pupil|ss-w0rd/);
  });

  test("is tunnelled through to an https server, and never sees the key", async () => {
    const { server, port } = await api();
    const proxy = await startProxy({ port: await startTls(port) });
    useProxies({ HTTPS_PROXY: withCredentials(proxy.address) });
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { propose } = rig({ baseUrl: HTTPS });
    expect((await propose()).answer).toBe(ANSWER);
    expect(proxy.requests).toEqual(["CONNECT api.example.test:443"]);
    expect(proxy.credentials).toEqual([`Basic ${btoa("pupil:p@ss-w0rd")}`]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    vi.restoreAllMocks();
  });

  test("that opens the tunnel to read along is not trusted", async () => {
    const { server, port } = await api();
    const proxy = await startProxy({ port: await startTls(port) });
    useProxies({ HTTPS_PROXY: proxy.address });
    const message = await failureOf(rig({ baseUrl: HTTPS }).propose());
    expect(message).toMatch(/certificate of https:\/\/api\.example\.test.*NODE_EXTRA_CA_CERTS/);
    expect(server.requests).toEqual([]);
  });

  test("may be written without http://", async () => {
    const { port } = await api();
    const proxy = await startProxy({ port });
    useProxies({ HTTP_PROXY: proxy.address.replace("http://", "") });
    expect((await rig({ baseUrl: HTTP }).propose()).answer).toBe(ANSWER);
  });

  test.each(["127.0.0.1", "localhost", "0.0.0.0"])(
    "is not asked for this machine by its name %s",
    async (host) => {
      const { server, port } = await api();
      const proxy = await startProxy({ refuse: 500 });
      useProxies({ HTTP_PROXY: proxy.address, HTTPS_PROXY: proxy.address });
      const { propose } = rig({ baseUrl: `http://${host}:${port}/v1` });
      expect((await propose()).answer).toBe(ANSWER);
      expect(proxy.requests).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  // Neither is answered, the first for want of a server, the second because no host can have it.
  test.each(["[::1]", "255.255.255.255"])(
    "is not asked for %s, which it must not serve",
    async (host) => {
      const proxy = await startProxy({ refuse: 500 });
      useProxies({ HTTP_PROXY: proxy.address, NO_PROXY: "255.255.255.255" });
      const baseUrl = `http://${host}:${await unusedPort()}/v1`;
      const message = await failureOf(rig({ baseUrl, maxRetries: 0 }).propose());
      expect(message).toContain(baseUrl);
      expect(message).not.toContain("proxy");
      expect(proxy.requests).toEqual([]);
    },
  );
});

describe("a proxy that is the culprit is named, without its credentials", () => {
  test.each([HTTP, HTTPS])("%s, and nothing listens there", async (baseUrl) => {
    const proxy = `http://127.0.0.1:${await unusedPort()}`;
    useProxies({ HTTP_PROXY: withCredentials(proxy) });
    const { propose, reasons, seen } = rig({ baseUrl });
    const message = await failureOf(propose());
    expect(message).toContain(`to ${baseUrl} through the proxy ${proxy} (ECONNREFUSED)`);
    expect(message).toMatch(/HTTPS_PROXY.*NO_PROXY/);
    expect(reasons()).toEqual([]);
    expect(message + seen()).not.toMatch(/pupil|ss-w0rd/);
  });

  test.each([HTTP, HTTPS])("%s, and it asks for a password", async (baseUrl) => {
    const proxy = await startProxy({ refuse: 407 });
    useProxies({ HTTP_PROXY: proxy.address });
    const message = await failureOf(rig({ baseUrl }).propose());
    expect(message).toMatch(/^The proxy http:\S+ asks for a user and a password \(407\)/);
    expect(proxy.requests).toHaveLength(1);
  });

  test("it refuses the tunnel", async () => {
    const proxy = await startProxy({ refuse: 403 });
    useProxies({ HTTPS_PROXY: proxy.address });
    const message = await failureOf(rig({ baseUrl: HTTPS }).propose());
    expect(message).toContain(`through the proxy ${proxy.address} (403)`);
  });

  test("it goes away after it has worked: tried again", async () => {
    const { port } = await api();
    const proxy = await startProxy({ port });
    useProxies({ HTTP_PROXY: proxy.address });
    const { propose, reasons } = rig({ baseUrl: HTTP, maxRetries: 1 });
    await propose();
    await proxy.close();
    expect(await failureOf(propose())).toMatch(/2 attempts.*through the proxy/);
    expect(reasons()).toHaveLength(1);
  });
});

describe("a proxy that cannot be used", () => {
  test.each(["socks5://pupil:hunter2@127.0.0.1:1080", "http://pupil:100%hunter2@proxy", "http://"])(
    "%s is refused before a run, in words that show no password",
    (HTTPS_PROXY) => {
      useProxies({ HTTPS_PROXY });
      const access = { apiKey: KEY };
      expect(() => checkOpenaiAccess(access)).toThrow(UserError);
      expect(() => checkOpenaiAccess(access)).toThrow(/^HTTPS_PROXY is not the address/);
      expect(() => checkOpenaiAccess(access)).not.toThrow(/hunter2/);
    },
  );

  test("is no hindrance to a server on this machine", async () => {
    const { server } = await api();
    useProxies({ HTTP_PROXY: "socks5h://127.0.0.1:1080" });
    expect((await rig({ baseUrl: server.baseUrl }).propose()).answer).toBe(ANSWER);
  });
});
