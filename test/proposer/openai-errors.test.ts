import { describe, expect, test } from "vitest";
import {
  apiError,
  completion,
  startApiServer,
  unusedPort,
  type ScriptedReply,
} from "../helpers/api-server.ts";
import { ANSWER, KEY, failureOf, rig, served } from "./openai-rig.ts";

describe("what no retry can mend ends at once, with a sentence of its own", () => {
  test.each<[string, ScriptedReply, RegExp]>([
    [
      "a bad key",
      apiError(401, { message: `Incorrect API key provided: ${KEY}` }),
      /does not accept the key: check OPENAI_API_KEY/,
    ],
    [
      "a key without rights",
      apiError(403, { message: "Country not supported" }),
      /403.*Country not supported/,
    ],
    [
      "an unknown model",
      apiError(404, { message: "The model `m` does not exist", code: "model_not_found" }),
      /no model gpt-4.1-mini.*--model/,
    ],
    [
      "an unknown model at Ollama",
      { status: 404, body: { error: { message: 'model "m" not found, try pulling it first' } } },
      /no model gpt-4.1-mini.*try pulling it/,
    ],
    [
      "a wrong path",
      { status: 404, body: "404 page not found" },
      /Nothing at http.*\/v1\/chat\/completions.*OPENAI_BASE_URL/,
    ],
    [
      "a wrong path, in JSON",
      { status: 404, body: { detail: "Not Found" } },
      /Nothing at http.*OPENAI_BASE_URL/,
    ],
    [
      "a redirect",
      { status: 308, headers: { location: "https://elsewhere.test/v1" } },
      /elsewhere\.test.*OPENAI_BASE_URL/,
    ],
    [
      "a spent quota",
      apiError(429, {
        message: "You exceeded your current quota",
        code: "insufficient_quota",
        type: "insufficient_quota",
      }),
      /quota.*spent.*billing/,
    ],
    [
      "no balance",
      { status: 402, body: { error: { message: "Insufficient Balance" } } },
      /quota.*spent/,
    ],
    [
      "too long a prompt",
      apiError(400, { message: "", code: "context_length_exceeded" }),
      /too long.*--model/,
    ],
    [
      "anything else",
      { status: 422, body: { message: "line one\nline\u001B[2J two" } },
      /\(422\) \(it says: line one line \[2J two\)/,
    ],
  ])("%s", async (_name, reply, sentence) => {
    const { server, propose } = await served([reply]);
    expect(await failureOf(propose())).toMatch(sentence);
    expect(server.requests).toHaveLength(1);
  });

  test("a temperature that the model refuses", async () => {
    const refusal = apiError(400, {
      message: "Unsupported value: 'temperature' does not support 0.2 with this model.",
      code: "unsupported_value",
      param: "temperature",
    });
    const { propose } = await served([refusal], { temperature: 0.2 });
    expect(await failureOf(propose())).toMatch(/temperature of 0\.2.*leave out --temperature/);
  });

  test("a server that wants a key and got none", async () => {
    const { propose } = await served([apiError(401, { message: "" })], { apiKey: undefined });
    expect(await failureOf(propose())).toMatch(/asks for a key: set OPENAI_API_KEY/);
  });

  test("a server that is not there", async () => {
    const baseUrl = `http://127.0.0.1:${await unusedPort()}/v1`;
    const { propose, reasons } = rig({ baseUrl });
    const message = await failureOf(propose());
    expect(message).toContain(`Cannot connect to ${baseUrl} (ECONNREFUSED)`);
    expect(message).toContain("OPENAI_BASE_URL");
    expect(reasons()).toEqual([]);
  });

  test("a port to which fetch sends nothing", async () => {
    const { propose, reasons } = rig({ baseUrl: "http://127.0.0.1:6000/v1" });
    expect(await failureOf(propose())).toMatch(
      /port of http:\/\/127.0.0.1:6000.*listen on another/,
    );
    expect(reasons()).toEqual([]);
  });

  test("https to a server that speaks http", async () => {
    const server = await startApiServer([completion(ANSWER)]);
    const { propose } = rig({ baseUrl: server.baseUrl.replace("http:", "https:") });
    expect(await failureOf(propose())).toMatch(/does not speak https.*http:\/\//);
  });
});
