import type { TokenUsage } from "./ports.ts";

/** What a model's tokens cost. */
export interface Price {
  /** US dollars a million tokens of the prompt. */
  readonly inputPerMillion: number;
  /** US dollars a million tokens of the answer, those that a model thinks with among them. */
  readonly outputPerMillion: number;
  /** Where the price was taken from, in words. */
  readonly source: string;
}

/** US dollars for the tokens of a request, at the list price: what a server takes off for cached prompts is not. */
export function costOf({ promptTokens, completionTokens }: TokenUsage, price: Price): number {
  const millionths =
    promptTokens * price.inputPerMillion + completionTokens * price.outputPerMillion;
  return millionths / 1_000_000;
}
