import { describe, expect, test } from "vitest";
import { apiError, completion, startApiServer, type ScriptedReply } from "../helpers/api-server.ts";
import { KEY, failureOf, rig, served } from "./openai-rig.ts";

describe("secrets", () => {
  const escaped = KEY.replaceAll("/", "\\/").replaceAll("+", "\\u002b");
  const forms = [KEY, escaped, escaped.replaceAll("\\", "\\\\"), encodeURIComponent(KEY)];

  test.each(forms)("a key that is echoed as %s is seen nowhere", async (form) => {
    const replies: ScriptedReply[] = [
      { status: 500, body: `{"error": {"message": "bad key ${form}", "type": "${form}"}}` },
      { status: 503, body: `<html>${form}</html>`, headers: { location: form } },
      {
        body: `{"choices": [{"message": {"content": "your key is ${form}!"}}], "model": "${form}"}`,
      },
      { status: 403, body: `{"error": {"message": "${form} may not"}}` },
    ];
    const { propose, seen } = await served(replies);
    const proposal = await propose();
    expect(proposal.answer).toBe("your key is [redacted]!");
    const message = await failureOf(propose());
    expect(message).toContain("[redacted] may not");
    for (const text of [seen(), message, JSON.stringify(proposal)]) {
      expect(text).not.toContain("QrStUvWxYz");
    }
  });

  test("a key that OpenAI shortens is not seen either", async () => {
    const reply = apiError(403, { message: "Key sk-proj-****WxYz may not" });
    const { propose, seen } = await served([reply]);
    expect(await failureOf(propose())).toContain("Key [redacted] may not");
    expect(seen()).not.toContain("WxYz");
  });

  test("credentials in the address are sent, and seen nowhere", async () => {
    const server = await startApiServer([
      apiError(500, { message: "who is ada:p%40ss-w0rd or p@ss-w0rd?" }),
    ]);
    const baseUrl = server.baseUrl.replace("//", "//ada:p%40ss-w0rd@");
    const { propose, proposer, seen } = rig({ baseUrl, apiKey: undefined, maxRetries: 1 });
    const message = await failureOf(propose());
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa("ada:p@ss-w0rd")}`);
    expect(proposer.baseUrl).toBe(server.baseUrl);
    for (const text of [seen(), message]) expect(text).not.toMatch(/ss-w0rd|ada:/);
  });

  test.each(["x", "ollama", "EMPTY"])(
    "a dummy key such as %s changes no answer",
    async (apiKey) => {
      const answer = `max(${apiKey}) + ${apiKey}`;
      const { propose } = await served([completion(answer)], { apiKey });
      expect((await propose()).answer).toBe(answer);
    },
  );

  test("a dummy key is still not shown in an error", async () => {
    const reply = apiError(403, { message: "key hunter may not hunt" });
    const { propose } = await served([reply], { apiKey: "hunter" });
    expect(await failureOf(propose())).toContain("key [redacted] may not hunt");
  });
});
