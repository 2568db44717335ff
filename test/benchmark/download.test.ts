import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, test } from "vitest";

import { type FindOptions, findBenchmark } from "../../src/benchmark/find.ts";
import { Interrupted, UserError } from "../../src/errors.ts";
import { startProxy, useProxies } from "../helpers/proxy.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { ARCHIVE_SHA256, archive, content, repacked, sha256Of, webPage } from "./copies.ts";
import { type Handler, serve } from "./server.ts";

const STALL_MS = 500;

const well: Handler = (_, response) => {
  response.writeHead(200, { "content-length": archive.length }).end(archive);
};

async function setUp(urls: string[], more: Partial<FindOptions> = {}) {
  const root = await temporaryFolder();
  const lines: string[] = [];
  const options: FindOptions = {
    dataDir: join(root, "data"),
    cacheDir: join(root, "cache"),
    urls,
    env: {},
    stallMs: STALL_MS,
    onEvent: (event) => lines.push(JSON.stringify(event)),
    ...more,
  };
  return { root, options, lines };
}

/** Each is what a bad server does, and what the user is told. */
const misdeeds: [string, Handler, string | RegExp][] = [
  ["never answers", () => {}, "no byte came for 0.5 s"],
  [
    "stalls in the middle",
    (_, response) => {
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 9000));
    },
    "no byte came for 0.5 s after 9000 bytes",
  ],
  [
    "cuts the connection before the promised length",
    (_, response) => {
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 9000), () => setTimeout(() => response.destroy(), 50));
    },
    /cut off after 9000 bytes/,
  ],
  [
    "cuts a chunked body",
    (_, response) => {
      response.write(archive.subarray(0, 9000), () => setTimeout(() => response.destroy(), 50));
    },
    /cut off after 9000 bytes/,
  ],
  [
    "ends early without ever having promised a length",
    (request) => {
      const socket = request.socket;
      socket.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
      socket.end(archive.subarray(0, 9000));
    },
    /it is cut off after 9000 bytes; .*expected b796/,
  ],
  [
    "sends a web page",
    (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(webPage);
    },
    /got a web page instead of the archive, from http:.*; a proxy or a login page\?/,
  ],
  [
    "sends without end",
    (_, response) => {
      const block = Buffer.alloc(1024 * 1024);
      const send = (): void => {
        if (!response.destroyed) response.write(block, () => setImmediate(send));
      };
      send();
    },
    /more than 4194304 bytes/,
  ],
  [
    "sends another archive",
    (_, response) => {
      response.end(repacked);
    },
    new RegExp(`expected ${ARCHIVE_SHA256}, found ${sha256Of(repacked)}`),
  ],
  [
    "fails",
    (_, response) => {
      response.writeHead(500).end();
    },
    "HTTP 500",
  ],
  [
    "redirects for ever",
    (_, response) => {
      response.writeHead(302, { location: "/again" }).end();
    },
    /redirect/,
  ],
];

test.each(misdeeds)(
  "a server that %s: said, and nothing is left behind",
  async (_, misdeed, said) => {
    const url = await serve(misdeed);
    const { root, options } = await setUp([url]);
    const promise = findBenchmark(options);
    await expect(promise).rejects.toThrow(UserError);
    await expect(promise).rejects.toThrow(said);
    await expect(promise).rejects.toThrow(url);
    expect(await readdir(root)).toEqual([]);
  },
);

test.each(misdeeds)("a server that %s: the mirror is asked next", async (_, misdeed) => {
  const mirror = await serve(well);
  const { root, options } = await setUp([await serve(misdeed), mirror]);
  const { source } = await findBenchmark(options);
  expect(source).toEqual({ kind: "download", address: mirror });
  expect(await readdir(join(root, "cache"))).toEqual(["HumanEval.jsonl.gz"]);
});

test("a slow server is waited for as long as bytes keep coming", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-length": archive.length });
    const part = Math.ceil(archive.length / 6);
    const send = (start: number): void => {
      if (start >= archive.length) response.end();
      else response.write(archive.subarray(start, start + part));
      if (start < archive.length) setTimeout(() => send(start + part), 250);
    };
    send(0);
  });
  const { options } = await setUp([url], { stallMs: 1200 });
  expect((await findBenchmark(options)).archiveSha256).toBe(ARCHIVE_SHA256);
});

test("a server that brings a byte now and then is not waited for for ever", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-length": archive.length });
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  });
  const { root, options } = await setUp([url], { totalMs: 400 });
  await expect(findBenchmark(options)).rejects.toThrow(/not complete within 0.4 s after \d+ bytes/);
  expect(await readdir(root)).toEqual([]);
});

test("a proxy of the environment is used, and named without its password where it fails", async () => {
  const { port } = new URL(await serve(well));
  const proxy = await startProxy({ port: Number(port) });
  const urls = ["http://data.example.test/HumanEval.jsonl.gz"];
  useProxies({ HTTP_PROXY: proxy.address.replace("//", "//pupil:hunter2@") });
  const { options } = await setUp(urls);
  expect((await findBenchmark(options)).archiveSha256).toBe(ARCHIVE_SHA256);
  expect(proxy.requests).toEqual([`GET ${urls[0]}`]);

  await proxy.close();
  const failing = findBenchmark((await setUp(urls)).options);
  await expect(failing).rejects.toThrow(
    `the proxy ${proxy.address} could not be used: connection refused`,
  );
});

test("redirects are followed, and a web page at their end is named by its own address", async () => {
  const good = await serve(well);
  const page = await serve((_, response) => {
    response.end(webPage);
  });
  const toGood = await serve((_, response) => {
    response.writeHead(302, { location: good }).end();
  });
  const toPage = await serve((_, response) => {
    response.writeHead(302, { location: `${page}?session=secret` }).end();
  });
  const { options, lines } = await setUp([toPage, toGood]);
  expect((await findBenchmark(options)).source).toMatchObject({ address: toGood });
  expect(lines.join("\n")).toContain(`from ${page};`);
  expect(lines.join("\n")).not.toContain("secret");
});

test("a server that unpacks the archive on the way is accepted for its content", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(content));
  });
  const { root, options } = await setUp([url]);
  const benchmark = await findBenchmark(options);
  expect(benchmark.tasks).toHaveLength(10);
  expect(benchmark.archiveSha256).toBeNull();
  expect(await readdir(root)).toEqual([]);
});

test("credentials in an address reach its server only and are never shown", async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(404).end();
  });
  const own = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: other }).end();
  });
  const { options, lines } = await setUp([
    `${own.replace("//", "//pupil:hunter%202@")}?token=hunter3`,
  ]);
  const error: unknown = await findBenchmark(options).catch((thrown: unknown) => thrown);
  expect(seen).toEqual([`Basic ${Buffer.from("pupil:hunter 2").toString("base64")}`, undefined]);
  expect(String(error)).toContain(own);
  expect(`${String(error)}${lines.join("")}`).not.toMatch(/hunter|pupil|token/);
});

test("an abort ends a download at once and leaves nothing behind", async () => {
  const controller = new AbortController();
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-length": archive.length });
    response.write(archive.subarray(0, 9000));
    setTimeout(() => controller.abort(), 50);
  });
  const { root, options } = await setUp([url, url], {
    stallMs: 60_000,
    signal: controller.signal,
  });
  const start = performance.now();
  await expect(findBenchmark(options)).rejects.toBeInstanceOf(Interrupted);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(await readdir(root)).toEqual([]);
});
