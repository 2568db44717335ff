import type { Price } from "../core/price.ts";
import { UserError } from "../errors.ts";

/** A price as commander parses it, in US dollars a million tokens. */
export interface PriceOptions {
  priceInput?: number | undefined;
  priceOutput?: number | undefined;
}

/** The price that was given, or null. Throws a UserError for one half of a price. */
export function resolvePrice({ priceInput, priceOutput }: PriceOptions): Price | null {
  if (priceInput === undefined && priceOutput === undefined) return null;
  if (priceInput === undefined || priceOutput === undefined) {
    const [given, missing] =
      priceInput === undefined
        ? ["--price-output", "--price-input"]
        : ["--price-input", "--price-output"];
    throw new UserError(`${given} needs ${missing} beside it: a price has both.`);
  }
  const source = "--price-input and --price-output";
  return { inputPerMillion: priceInput, outputPerMillion: priceOutput, source };
}
