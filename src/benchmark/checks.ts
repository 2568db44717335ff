import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

import { HUMANEVAL, MAX_BYTES } from "./humaneval.ts";
import { hasCode } from "../errors.ts";

/** One comparison of bytes with the truth. */
export interface Check {
  /** `archive`, `content`, or a task id. */
  readonly name: string;
  readonly expected: string;
  /** The SHA-256 of what is there; null where there is nothing to take it of. */
  readonly found: string | null;
  readonly ok: boolean;
}

export interface Checks {
  /** Null for an unpacked copy, which has no archive to check. */
  readonly archive: Check | null;
  readonly content: Check;
  /** One for each of the first ten records, in order. */
  readonly records: readonly Check[];
  /** The decompressed bytes; null where the archive does not unpack. */
  readonly contentBytes: Buffer | null;
  /** What is wrong, in a few words with both hashes; null when this is the official HumanEval. */
  readonly problem: string | null;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What a copy must be: the archive, or the archive or its unpacked content. */
export type CopyForm = "archive" | "archive or content";

/** Compares a copy of HumanEval with every checksum that applies to it. */
export function checkCopy(bytes: Buffer, form: CopyForm): Checks {
  const { archive, content, first_ten_records } = HUMANEVAL.checksums;
  const packed = form === "archive" || isGzip(bytes);
  const contentBytes = packed ? unpack(bytes) : bytes;
  const lines = contentBytes === null ? [] : splitLines(contentBytes, first_ten_records.length);
  const checks = {
    archive: packed ? check("archive", archive.sha256, bytes) : null,
    content: check("content", content.sha256, contentBytes),
    records: first_ten_records.map((record, index) =>
      check(record.task_id, record.sha256, lines[index] ?? null),
    ),
  };
  const failed = [checks.archive, checks.content, ...checks.records].find(
    (one) => one?.ok === false,
  );
  return { ...checks, contentBytes, problem: failed ? problemOf(failed, bytes) : null };
}

/** Whether the bytes are HTML: what a proxy or a login page sends in place of a file. */
export function isWebPage(bytes: Buffer): boolean {
  return /^[\s\uFEFF]*<(!doctype|html|head|!--|\?xml)/i.test(bytes.toString("utf8", 0, 512));
}

function problemOf(failed: Check, bytes: Buffer): string {
  const damage = damageOf(bytes);
  const hashes = `SHA-256 of the ${failed.name} expected ${failed.expected}, found ${failed.found ?? "nothing"}`;
  return damage === null ? hashes : `it is ${damage}; ${hashes}`;
}

function damageOf(bytes: Buffer): string | null {
  if (bytes.length === 0) return "empty";
  if (isWebPage(bytes)) return "a web page, not the archive";
  if (isGzip(bytes) && isCutOff(bytes)) return `cut off after ${bytes.length} bytes`;
  return null;
}

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isCutOff(bytes: Buffer): boolean {
  try {
    gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
    return false;
  } catch (error) {
    // zlib's code for an input that ends too early.
    return hasCode(error, "Z_BUF_ERROR");
  }
}

function unpack(archive: Buffer): Buffer | null {
  try {
    return gunzipSync(archive, { maxOutputLength: MAX_BYTES });
  } catch {
    return null;
  }
}

function check(name: string, expected: string, bytes: Buffer | null): Check {
  const found = bytes === null ? null : sha256(bytes);
  return { name, expected, found, ok: found === expected };
}

function splitLines(bytes: Buffer, count: number): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  while (lines.length < count && start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
