import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { z } from "zod";

import type { Price } from "./core/price.ts";

const OFFICIAL = "https://api.openai.com/v1";
const PACKAGE = "@pydantic/genai-prices";

/** A price a million tokens. Some models cost more for long prompts; metai's are far shorter. */
const PerMillion = z.union([
  z.number(),
  z.object({ base: z.number() }).transform(({ base }) => base),
]);
const ModelPrice = z.object({ input_mtok: PerMillion, output_mtok: PerMillion });

/**
 * The list price of a model at a server (`baseUrl`, null for OpenAI's own), from the data that genai-prices
 * brings along; nothing is asked of the network. Null where none is known: a local server, a gateway, or a
 * model that is newer than the data.
 */
export async function priceOf(model: string, baseUrl: string | null): Promise<Price | null> {
  const { calcPrice } = await import("@pydantic/genai-prices");
  const tokens = { input_tokens: 1, output_tokens: 1 };
  const found = calcPrice(tokens, model, { providerApiUrl: baseUrl ?? OFFICIAL });
  const price = ModelPrice.safeParse(found?.model_price);
  if (found === null || !price.success) return null;
  return {
    inputPerMillion: price.data.input_mtok,
    outputPerMillion: price.data.output_mtok,
    source: `genai-prices ${await versionOfData()}, ${found.provider.name}, ${found.model.id}`,
  };
}

/** Prices change: a record says by which version of the data they were. */
async function versionOfData(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const text = await readFile(join(dirname(entry), "..", "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
