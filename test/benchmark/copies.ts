import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

import { humanEvalArchive } from "../helpers/humaneval.ts";

/** The official archive, byte for byte. */
export const archive = readFileSync(humanEvalArchive);

/** Its decompressed content. */
export const content = gunzipSync(archive);

/** The right content, compressed once more: no longer the official archive. */
export const repacked = gzipSync(content, { level: 1 });

export const webPage = Buffer.from("<!DOCTYPE html>\n<html><body>Please log in</body></html>\n");

/** From the README of the reference data, so that a slip in the source cannot hide here. */
export const ARCHIVE_SHA256 = "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef";
export const CONTENT_SHA256 = "1d49078ba3e2b196b9344535bef34a43021f038fad9561d6ee7c53450609a6a2";

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The content with one word of HumanEval/3 changed. */
export function contentWithChangedRecord(): Buffer {
  const lines = content.toString("utf8").split("\n");
  lines[3] = (lines[3] ?? "").replace("bank account", "bank acount");
  return Buffer.from(lines.join("\n"));
}
