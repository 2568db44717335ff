import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import type { TranscriptEntry } from "../../src/core/ports.ts";
import { apiError, completion, startApiServer, type ScriptedReply } from "../helpers/api-server.ts";
import { ANSWER, KEY, REQUEST, rig, served } from "./openai-rig.ts";

function choice(finish_reason: string, message: object): { choices: object[] } {
  return { choices: [{ index: 0, finish_reason, message: { role: "assistant", ...message } }] };
}

describe("a request", () => {
  test("asks for the model and nothing optional, and hands the answer on unchanged", async () => {
    const { server, propose, proposer } = await served([completion(ANSWER)]);
    expect(await propose()).toEqual({
      answer: ANSWER,
      responseModel: "gpt-4.1-mini-2025-04-14",
      finishReason: "stop",
      usage: { promptTokens: 120, completionTokens: 30 },
    });
    const [request] = server.requests;
    expect(request?.url).toBe("/v1/chat/completions");
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toEqual({ model: "gpt-4.1-mini", messages: expect.any(Array) });
    expect(JSON.stringify(request?.body)).toContain("return prompt");
    expect(proposer).toMatchObject({ runType: "api", baseUrl: server.baseUrl });
  });

  test("carries a temperature only when one is set, 0 too", async () => {
    const { server, propose } = await served([completion(ANSWER)], { temperature: 0 });
    await propose();
    expect(server.requests[0]?.body).toHaveProperty("temperature", 0);
  });

  test("takes nothing from the environment", async () => {
    const printed = ["debug", "info", "warn", "error", "log"] as const;
    const spies = printed.map((name) => vi.spyOn(console, name));
    vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1");
    vi.stubEnv("OPENAI_API_KEY", "sk-from-the-environment");
    vi.stubEnv("OPENAI_ADMIN_KEY", "sk-admin");
    vi.stubEnv("OPENAI_ORG_ID", "org-ambient");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-ambient");
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "x-ambient: yes\nauthorization: Bearer ambient");
    vi.stubEnv("OPENAI_LOG", "debug");
    try {
      const { server, propose } = await served([completion(ANSWER)]);
      await propose();
      const headers = server.requests[0]?.headers;
      expect(headers?.authorization).toBe(`Bearer ${KEY}`);
      expect(JSON.stringify(headers)).not.toMatch(/ambient|environment|admin/);
      for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    } finally {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    }
  });

  test.each(["no colon", "not a name: x", ": nothing", "x-odd: \u2026", "x-a: 1\n\u0001: 2"])(
    "is not disturbed by OPENAI_CUSTOM_HEADERS that hold %j",
    async (headers) => {
      vi.stubEnv("OPENAI_CUSTOM_HEADERS", headers);
      onTestFinished(() => void vi.unstubAllEnvs());
      const { server, propose } = await served([completion(ANSWER)]);
      expect((await propose()).answer).toBe(ANSWER);
      expect(server.requests[0]?.headers).not.toHaveProperty("x-a");
      expect(process.env["OPENAI_CUSTOM_HEADERS"]).toBe(headers);
    },
  );

  test("needs no key for a local server", async () => {
    const { server, propose } = await served([completion("no-key-needed")], { apiKey: "" });
    expect((await propose()).answer).toBe("no-key-needed");
    expect(server.requests[0]?.headers.authorization).toMatch(/^Bearer ./);
  });
});

describe("a proper answer, whatever it holds", () => {
  test.each([
    ["a refusal", completion(null, { message: { refusal: "I will not." } }), "I will not."],
    ["null content", completion(null), ""],
    [
      "content cut at the length limit",
      completion("", choice("length", { content: "```py" })),
      "```py",
    ],
    ["content filtered", completion("", choice("content_filter", { content: null })), ""],
    ["no content at all", completion("", choice("stop", {})), ""],
    [
      "content in parts",
      completion(
        "",
        choice("stop", {
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        }),
      ),
      "ab",
    ],
  ])("%s", async (_name, reply, answer) => {
    const { server, propose } = await served([reply]);
    expect((await propose()).answer).toBe(answer);
    expect(server.requests).toHaveLength(1);
  });

  test.each(["stop", "length", "content_filter"])(
    "the server's reason for the end, %s, is handed on",
    async (reason) => {
      const { propose } = await served([completion("", choice(reason, { content: "x" }))]);
      expect((await propose()).finishReason).toBe(reason);
    },
  );

  test.each([
    ["no usage", { usage: undefined }],
    ["null usage", { usage: null }],
    ["half of the usage", { usage: { prompt_tokens: 3 } }],
  ])("%s is no token count", async (_name, fields) => {
    const { propose } = await served([completion("x", { model: undefined, ...fields })]);
    expect(await propose()).toEqual({
      answer: "x",
      responseModel: null,
      finishReason: "stop",
      usage: null,
    });
  });
});

describe("an abort ends at once, with the signal's reason", () => {
  test.each<[string, ScriptedReply]>([
    ["before the reply", { ...completion(ANSWER), delayMs: 5000 }],
    ["within the body", { ...completion(ANSWER), fault: "stall" }],
    [
      "during the wait before the next attempt",
      apiError(429, { message: "" }, { "retry-after": "60" }),
    ],
  ])("%s", async (_name, reply) => {
    const controller = new AbortController();
    const reason = new Error("stopped by the user");
    const { propose } = await served(
      [reply],
      { backoff: { firstMs: 60_000, longestMs: 60_000 } },
      controller.signal,
    );
    const start = performance.now();
    setTimeout(() => controller.abort(reason), 100);
    await expect(propose()).rejects.toBe(reason);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("before anything is sent", async () => {
    const { server, propose } = await served([completion(ANSWER)], {}, AbortSignal.abort());
    await expect(propose()).rejects.toThrow(/abort/);
    expect(server.requests).toHaveLength(0);
  });
});

describe("the transcript", () => {
  const Entry = z.looseObject({ time: z.iso.datetime(), generation: z.literal(2) });

  test("holds each request before it is sent and each reply before it is used", async () => {
    const order: string[] = [];
    const server = await startApiServer((_request, index) => {
      order.push("sent");
      return index === 0 ? { status: 500, body: "<p>no</p>" } : completion(ANSWER);
    });
    const { proposer } = rig({ baseUrl: server.baseUrl });
    const entries: TranscriptEntry[] = [];
    await proposer.propose(REQUEST, {
      signal: new AbortController().signal,
      onEvent: ({ type }) => order.push(type),
      record: async (entry) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(entry.type);
        entries.push(entry);
      },
    });
    expect(order.join(" ")).toBe(
      "request-started request sent response request-retried request-started request sent response",
    );
    for (const entry of entries) Entry.parse(entry);
    expect(entries[0]).toMatchObject({
      url: `${server.baseUrl}/chat/completions`,
      attempt: 1,
      body: server.requests[0]?.body,
    });
    expect(entries[1]).toMatchObject({ status: 500, body: "<p>no</p>", model: null, usage: null });
    expect(entries[3]).toMatchObject({
      status: 200,
      attempt: 2,
      model: "gpt-4.1-mini-2025-04-14",
      usage: { prompt_tokens: 120, completion_tokens: 30 },
      body: completion(ANSWER).body,
      duration_ms: expect.any(Number),
    });
  });

  test("that cannot be written stops the request", async () => {
    const server = await startApiServer([completion(ANSWER)]);
    const { proposer } = rig({ baseUrl: server.baseUrl });
    const full = new Error("disk full");
    const proposal = proposer.propose(REQUEST, {
      signal: new AbortController().signal,
      onEvent: () => {},
      record: () => Promise.reject(full),
    });
    await expect(proposal).rejects.toBe(full);
    expect(server.requests).toHaveLength(0);
  });
});
