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

/** US dollars as a person writes them: with cents, or with two digits where it is less than ten cents. */
export function dollars(amount: number): string {
  const isLittle = amount > 0 && amount < 0.1;
  const format = isLittle
    ? { maximumSignificantDigits: 2 }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${amount.toLocaleString("en-US", format)}`;
}
