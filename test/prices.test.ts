import { expect, test, vi } from "vitest";
import { costOf, dollars } from "../src/core/price.ts";
import { priceOf } from "../src/prices.ts";

test("OpenAI's models have their list price, dated snapshots too, with the source beside it", async () => {
  const price = await priceOf("gpt-4.1-mini", null);
  expect(price).toMatchObject({ inputPerMillion: 0.4, outputPerMillion: 1.6 });
  expect(price?.source).toMatch(/^genai-prices \d+\.\d+\.\d+, OpenAI, gpt-4\.1-mini$/);
  expect(await priceOf("gpt-4.1-mini-2025-04-14", "https://api.openai.com/v1")).toEqual(price);
});

test("a price that rises with the length of the prompt is that of a short one", async () => {
  const google = "https://generativelanguage.googleapis.com/v1beta/openai";
  const price = await priceOf("gemini-2.5-pro", google);
  expect(price).toMatchObject({ inputPerMillion: 1.25, outputPerMillion: 10 });
});

test.for([
  ["qwen2.5-coder", "http://localhost:11434/v1"],
  ["gpt-4.1-mini", "http://localhost:11434/v1"],
  ["gpt-4.1-mini", "https://gateway.example/v1"],
  ["no-such-model", null],
] as const)("%s at %s has no known price", async ([model, baseUrl]) => {
  expect(await priceOf(model, baseUrl)).toBeNull();
});

test("a request costs its tokens at their prices", () => {
  const price = { inputPerMillion: 2, outputPerMillion: 8, source: "a table" };
  expect(costOf({ promptTokens: 10_000, completionTokens: 2_500 }, price)).toBeCloseTo(0.04, 12);
});

test("nothing is asked of the network", async () => {
  const fetched = vi.fn<typeof fetch>();
  vi.stubGlobal("fetch", fetched);
  expect(await priceOf("gpt-4.1-mini", null)).not.toBeNull();
  expect(await priceOf("gpt-4.1-mini", "https://gateway.example/v1")).toBeNull();
  vi.unstubAllGlobals();
  expect(fetched).not.toHaveBeenCalled();
});

test.each([
  [0, "$0.00"],
  [0.00000123, "$0.0000012"],
  [0.0434796, "$0.043"],
  [0.1, "$0.10"],
  [1234.5, "$1,234.50"],
])("%f dollars are written %s", (amount, text) => {
  expect(dollars(amount)).toBe(text);
});
