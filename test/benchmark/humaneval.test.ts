import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { HUMANEVAL } from "../../src/benchmark/humaneval.ts";
import { readMetadata, renderMetadata } from "../../src/benchmark/metadata.ts";
import { ARCHIVE_SHA256, CONTENT_SHA256, archive, content, sha256Of } from "./copies.ts";

test("the checksums and sizes are those of the official file", () => {
  const { checksums } = HUMANEVAL;
  expect(checksums.archive).toEqual({ bytes: archive.length, sha256: sha256Of(archive) });
  expect(checksums.archive.sha256).toBe(ARCHIVE_SHA256);
  const lines = content.toString("utf8").split("\n");
  expect(lines.pop()).toBe("");
  expect(checksums.content).toEqual({
    bytes: content.length,
    records: lines.length,
    sha256: CONTENT_SHA256,
  });
  expect(sha256Of(content)).toBe(CONTENT_SHA256);
  const firstTen = lines.slice(0, 10).map((line) => ({
    ...JSON.parse(line),
    sha256: sha256Of(Buffer.from(line)),
  }));
  expect(firstTen).toMatchObject(checksums.first_ten_records);
});

test("every address is pinned to the commit on record", () => {
  for (const address of HUMANEVAL.addresses) expect(address).toContain(HUMANEVAL.commit);
});

test("the committed source_metadata.json says what the program verifies against", async () => {
  const file = new URL("../../data/source_metadata.json", import.meta.url);
  const text = await readFile(file, "utf8");
  const reading = readMetadata(text);
  if (!reading.ok) throw new Error(reading.problem);
  // A pull in the checkout completes the file; all else must be as committed.
  expect(text).toBe(renderMetadata(reading.retrieved));
});
