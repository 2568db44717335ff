import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { UserError, messageOf } from "../errors.ts";
import { sha256 } from "./checks.ts";
import { type HumanEvalRecord, parseRecords } from "./humaneval-records.ts";

/**
 * What is true of Fresh, metai's own benchmark. It is frozen: another byte is another benchmark, whose scores cannot
 * be set beside the old ones. `data/source_metadata.json` holds the same for readers.
 */
export const FRESH = {
  dataset: "Fresh",
  file: "data/fresh.jsonl",
  license: "MIT",
  copyright: "the authors of metai",
  written: "2026-11-25",
  records: 24,
  bytes: 44_422,
  sha256: "2d0d4ed66d0000596de7ace64f3b568119febbb1fe3cab75f21d64e1fce411d3",
} as const;

/** It ships with the package, whose root is as far from dist/bundle/ as from src/benchmark/. */
const FILE = new URL("../../data/fresh.jsonl", import.meta.url);

/** The 24 records, in order. Throws a UserError if the file is not as it was frozen. */
export async function readFresh(file: URL | string = FILE): Promise<HumanEvalRecord[]> {
  const bytes = await read(file);
  const found = sha256(bytes);
  if (found === FRESH.sha256) return parseRecords(bytes);
  throw new UserError(
    `${pathOf(file)} is not the Fresh benchmark as it was frozen (SHA-256 expected ${FRESH.sha256}, found ${found}): install metai again.`,
  );
}

async function read(file: URL | string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UserError(
      `${pathOf(file)} cannot be read (${messageOf(error)}): install metai again.`,
      {
        cause: error,
      },
    );
  }
}

function pathOf(file: URL | string): string {
  return typeof file === "string" ? file : fileURLToPath(file);
}
