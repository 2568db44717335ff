import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(
  new URL("../../../shared/data/humaneval-model-samples.jsonl.gz", import.meta.url),
);

/** Completions that real models wrote, with the official harness's verdicts; null where they are not. */
export const modelSamples = existsSync(path) ? path : null;
