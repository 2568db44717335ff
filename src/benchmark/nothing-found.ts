import { join } from "node:path";

import { UserError } from "../errors.ts";
import { ARCHIVE_NAME, HUMANEVAL } from "./humaneval.ts";

export interface FailedAddress {
  readonly address: string;
  readonly problem: string;
}

/** HumanEval is nowhere; the message lists every way to provide it. */
export class NothingFound extends UserError {}

/** The error for HumanEval being nowhere: every way to provide it, and what failed at each address. */
export function nothingFound(tried: {
  readonly dataDir: string;
  readonly cache: string;
  readonly failures: readonly FailedAddress[];
}): NothingFound {
  const downloaded = tried.failures.length > 0 ? "could not be downloaded" : "was not downloaded";
  const failures = tried.failures.map(({ address, problem }) => `  ${address}: ${problem}`);
  return new NothingFound(
    [
      `HumanEval is not on this machine and ${downloaded}. Provide ${ARCHIVE_NAME} in any of these ways:`,
      "  give its path: --humaneval PATH, or the variable METAI_HUMANEVAL",
      `  put it in the data folder: ${join(tried.dataDir, ARCHIVE_NAME)}`,
      `  put it in the cache: ${tried.cache}`,
      `  download it by hand: ${HUMANEVAL.addresses[0]}`,
      "  name another address to download it from: METAI_HUMANEVAL_URL",
      "Or take a benchmark that comes with metai: --benchmark fresh, or --benchmark practice",
      ...(failures.length > 0 ? ["What failed:", ...failures] : []),
    ].join("\n"),
  );
}
