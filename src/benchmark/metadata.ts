import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import { HUMANEVAL } from "./humaneval.ts";
import { SHIPPED } from "./shipped.ts";

/** When and whence the files in a data folder came. */
export const Retrieval = z.strictObject({
  /** UTC. */
  at: z.iso.datetime(),
  from: z.string().min(1),
  /** Null where the source was an unpacked copy, which leaves no archive in the folder. */
  archive_bytes: z.int().positive().nullable(),
  content_bytes: z.int().positive(),
  tasks_json_bytes: z.int().positive(),
  tasks_json_sha256: z.string(),
});
export type Retrieval = z.infer<typeof Retrieval>;

/** The file tells of all benchmarks: HumanEval at its top, and those that ship with metai below. */
const TRUTH = { ...HUMANEVAL, ...SHIPPED };

const SourceMetadata = z.looseObject({ retrieved: Retrieval.nullable() });

/** The text of `source_metadata.json`; with null, as it is committed. */
export function renderMetadata(retrieved: Retrieval | null): string {
  return `${JSON.stringify({ ...TRUTH, retrieved }, null, 2)}\n`;
}

/** What a `source_metadata.json` says, held against the truth. */
export type MetadataReading =
  | { readonly ok: true; readonly retrieved: Retrieval | null }
  | { readonly ok: false; readonly problem: string };

/** Reads a `source_metadata.json`. A person may have edited it, or an older metai written it. */
export function readMetadata(text: string): MetadataReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: "it is not valid JSON" };
  }
  const parsed = SourceMetadata.safeParse(json);
  if (!parsed.success)
    return { ok: false, problem: "its field retrieved is missing or not well formed" };
  const { retrieved, ...truth } = parsed.data;
  const difference = firstDifference(TRUTH, truth, "");
  if (difference !== null) return { ok: false, problem: difference };
  const tasks = HUMANEVAL.checksums.tasks_json.sha256;
  if (retrieved && retrieved.tasks_json_sha256 !== tasks) {
    return {
      ok: false,
      problem: `retrieved.tasks_json_sha256 expected ${tasks}, found ${retrieved.tasks_json_sha256}`,
    };
  }
  return { ok: true, retrieved };
}

function firstDifference(expected: unknown, found: unknown, path: string): string | null {
  if (isDeepStrictEqual(expected, found)) return null;
  if (isObject(expected) && isObject(found)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    for (const key of keys) {
      const difference = firstDifference(
        Reflect.get(expected, key),
        Reflect.get(found, key),
        path === "" ? key : `${path}.${key}`,
      );
      if (difference !== null) return difference;
    }
  }
  return `${path} expected ${inWords(expected)}, found ${inWords(found)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function inWords(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
