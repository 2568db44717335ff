import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { UserError, messageOf } from "../errors.ts";
import { sha256 } from "./checks.ts";
import { type HumanEvalRecord, parseRecords } from "./humaneval-records.ts";

const NAMES = ["fresh", "practice"] as const;
export type ShippedName = (typeof NAMES)[number];

const OURS = { license: "MIT", copyright: "the authors of metai", written: "2026-11-25" } as const;

/**
 * What is true of metai's own benchmarks. They are frozen: another byte is another benchmark, whose scores cannot
 * be set beside the old ones. `data/source_metadata.json` holds the same for readers.
 */
export const SHIPPED = {
  fresh: {
    dataset: "Fresh",
    file: "data/fresh.jsonl",
    ...OURS,
    records: 24,
    bytes: 44_422,
    sha256: "2d0d4ed66d0000596de7ace64f3b568119febbb1fe3cab75f21d64e1fce411d3",
  },
  practice: {
    dataset: "Practice",
    file: "data/practice.jsonl",
    ...OURS,
    records: 64,
    bytes: 39_828,
    sha256: "1c6d3d0dfc13cb8bd066144d0336565b50f995ffc990ef0549ecdb92caf374ea",
  },
} as const satisfies Record<ShippedName, object>;

/** The benchmark of that name, however written, or undefined. */
export function shippedName(name: string): ShippedName | undefined {
  return NAMES.find((one) => one === name.toLowerCase());
}

/** The records of one, in order. Throws a UserError if the file is not as it was frozen. */
export async function readShipped(
  name: ShippedName,
  file: URL | string = fileOf(name),
): Promise<HumanEvalRecord[]> {
  const { dataset, sha256: frozen } = SHIPPED[name];
  const bytes = await read(file);
  const found = sha256(bytes);
  if (found === frozen) return parseRecords(bytes);
  throw new UserError(
    `${pathOf(file)} is not the ${dataset} benchmark as it was frozen (SHA-256 expected ${frozen}, found ${found}): install metai again.`,
  );
}

/** They ship with the package, whose root is as far from dist/bundle/ as from src/benchmark/. */
function fileOf(name: ShippedName): URL {
  return new URL(`../../${SHIPPED[name].file}`, import.meta.url);
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
