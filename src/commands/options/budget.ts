import { Option } from "@commander-js/extra-typings";

import { decimal, wholeNumber } from "./types.ts";

/** What tokens cost, and how much a command may take. */
export const budget = {
  priceInput: new Option(
    "--price-input <usd>",
    "dollars a million tokens of prompt (default: the list price)",
  ).argParser(decimal(0, 1_000_000)),
  priceOutput: new Option(
    "--price-output <usd>",
    "dollars a million tokens of answer (default: the list price)",
  ).argParser(decimal(0, 1_000_000)),
  maxTokensTotal: new Option("--max-tokens-total <n>", "tokens for all requests").argParser(
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
  ),
  maxCost: new Option("--max-cost <usd>", "dollars for all requests").argParser(
    decimal(0.0001, 1_000_000),
  ),
  maxMinutes: new Option("--max-minutes <n>", "minutes of wall clock for the run").argParser(
    decimal(0.01, 1_000_000),
  ),
};
