import { describe, expect, test } from "vitest";
import { apiError, completion, type ScriptedReply } from "../helpers/api-server.ts";
import { ANSWER, failureOf, served } from "./openai-rig.ts";

describe("a broken exchange is tried again", () => {
  test.each<[string, ScriptedReply, RegExp]>([
    ["429", apiError(429, { message: "Slow down" }), /limits requests \(429: Slow down\)/],
    ["500", apiError(500, { message: "" }), /error \(500\)/],
    [
      "503 while a model loads",
      { status: 503, body: { error: { message: "Loading model" } } },
      /Loading model/,
    ],
    ["408", apiError(408, { message: "" }), /408/],
    ["an HTML page with 200", { body: "<html><body>Sign in</body></html>" }, /HTML/],
    ["an HTML page with 502", { status: 502, body: "<html>Bad gateway</html>" }, /\(502\)/],
    ["JSON that ends too early", { body: '{"choices": [{"mess' }, /cut off or is not JSON/],
    ["an empty body", { body: "" }, /empty/],
    ["other JSON", { body: { hello: "world" } }, /no chat completion/],
    ["no choices", completion("", { choices: [] }), /no chat completion/],
    [
      "an error with 200",
      { body: { error: { code: 429, message: "Upstream is busy" } } },
      /429: Upstream is busy/,
    ],
    ["a cut body", { ...completion(ANSWER), fault: "cut" }, /connection cut/],
    ["no reply", { fault: "destroy" }, /connection cut/],
  ])("%s", async (_name, reply, reason) => {
    const { propose, reasons, events, entries } = await served([reply, completion(ANSWER)]);
    expect((await propose()).answer).toBe(ANSWER);
    expect(reasons()).toEqual([expect.stringMatching(reason)]);
    expect(events[1]).toMatchObject({ generation: 2, attempt: 1, maxAttempts: 4 });
    const types = entries.map(({ type, attempt }) => `${type} ${String(attempt)}`);
    expect(types).toEqual([
      "request 1",
      expect.stringMatching(/^(response|error) 1$/),
      "request 2",
      "response 2",
    ]);
  });

  test.each<[string, ScriptedReply]>([
    ["headers that come too late", { ...completion(ANSWER), delayMs: 5000 }],
    ["a body that stops coming", { ...completion(ANSWER), fault: "stall" }],
  ])("%s", async (_name, reply) => {
    const options = { requestTimeoutMs: 1000 };
    const { propose, reasons } = await served([reply, completion(ANSWER)], options);
    expect((await propose()).answer).toBe(ANSWER);
    expect(reasons()).toEqual(["no whole reply within 1 s"]);
  });

  test("until the attempts are spent", async () => {
    const { server, propose, reasons } = await served([apiError(500, { message: "Oops" })]);
    const message = await failureOf(propose());
    expect(message).toMatch(/4 attempts.*500: Oops.*intact/);
    expect(server.requests).toHaveLength(4);
    expect(reasons()).toHaveLength(3);
  });

  test("not at all with no retries", async () => {
    const { server, propose } = await served([{ body: "<p>" }], { maxRetries: 0 });
    expect(await failureOf(propose())).toMatch(/one attempt.*HTML/);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ["retry-after-ms", { "retry-after-ms": "40", "retry-after": "9" }, 40],
    ["retry-after in seconds", { "retry-after": "0.05" }, 50],
    ["no longer than the longest wait", { "retry-after": "86400" }, 60],
  ])("after the time the server asks for: %s", async (_name, headers, delayMs) => {
    const replies = [apiError(429, { message: "" }, headers), completion(ANSWER)];
    const { propose, events } = await served(replies, { backoff: { firstMs: 1, longestMs: 60 } });
    const start = performance.now();
    await propose();
    expect(performance.now() - start).toBeGreaterThan(delayMs - 5);
    expect(events[1]).toMatchObject({ type: "request-retried", delayMs });
  });

  test("after times that grow", async () => {
    const backoff = { firstMs: 16, longestMs: 1000 };
    const { propose, events } = await served([{ status: 500 }], { backoff });
    await failureOf(propose());
    const delays = events.flatMap((event) =>
      event.type === "request-retried" ? [event.delayMs] : [],
    );
    for (const [index, delay] of delays.entries()) {
      expect(delay).toBeLessThanOrEqual(16 * 2 ** index);
      expect(delay).toBeGreaterThanOrEqual(12 * 2 ** index);
    }
  });
});

test("a server that goes away after it has answered is tried again", async () => {
  const { server, propose, reasons } = await served([completion(ANSWER)], { maxRetries: 1 });
  await propose();
  await server.close();
  expect(await failureOf(propose())).toMatch(/2 attempts.*cannot connect \(ECONNREFUSED\)/);
  expect(reasons()).toEqual(["cannot connect (ECONNREFUSED)"]);
});
