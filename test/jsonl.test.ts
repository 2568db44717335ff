import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { parseJson, readLines, type Line } from "../src/jsonl.ts";
import { collect } from "./helpers/collect.ts";
import { temporaryFolder } from "./helpers/temporary.ts";

const MB = 1024 * 1024;

async function linesOf(content: string | Buffer, name = "file.jsonl"): Promise<Line[]> {
  const path = join(await temporaryFolder(), name);
  writeFileSync(path, content);
  return collect(readLines(path, { maxBytes: MB }));
}

const refusal = (content: string | Buffer, name?: string) =>
  linesOf(content, name).then(
    () => "nothing was refused",
    (error: unknown) => String(error),
  );

/** Text that is longer than what is read at a time, with characters of two, three and four bytes. */
const LONG = "aé€😀".repeat(40_000);

describe("lines", () => {
  test("have their numbers and offsets, whatever ends them, and blank ones are passed over", async () => {
    expect(await linesOf("one\r\n\n \t\r\nfour\nfive")).toEqual([
      { number: 1, text: "one\r", end: 5, ended: true },
      { number: 4, text: "four\n".trimEnd(), end: 15, ended: true },
      { number: 5, text: "five", end: 19, ended: false },
    ]);
  });

  test.for([false, true])("longer than what is read at a time (packed: %s)", async (packed) => {
    const content = Buffer.from(`${LONG}\n${LONG}x\n\n${LONG}`);
    const lines = await linesOf(packed ? gzipSync(content) : content);
    expect(lines.map(({ text }) => text === LONG)).toEqual([true, false, true]);
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 4]);
    expect(lines.at(-1)?.end).toBe(content.length);
  });

  test("of a gzip file in several parts, as `cat a.gz b.gz` makes it", async () => {
    const content = Buffer.concat([gzipSync("a\nb"), gzipSync("c\nd\n")]);
    const lines = await linesOf(content, "file.jsonl.gz");
    expect(lines.map(({ text }) => text)).toEqual(["a", "bc", "d"]);
  });

  test("are given though the reader stops early", async () => {
    const path = join(await temporaryFolder(), "file.gz");
    writeFileSync(path, gzipSync("a\n".repeat(MB)));
    for await (const { text } of readLines(path, { maxBytes: MB })) {
      expect(text).toBe("a");
      break;
    }
  });

  test("exactly as long as may be, and none longer", async () => {
    expect(await linesOf(`${"a".repeat(MB)}\n`)).toHaveLength(1);
    expect(await refusal(`a\n${"a".repeat(MB + 1)}\nb`)).toMatch(
      /, line 2: it is longer than 1 MB/,
    );
    expect(await refusal("a".repeat(MB + 1))).toMatch(/, line 1: it is longer/);
  });

  test("are refused by their number where they are no text", async () => {
    expect(await refusal(Buffer.from([0x61, 0x0a, 0x0a, 0xc3, 0x28, 0x0a]))).toMatch(
      /line 3: it is no valid UTF-8/,
    );
    expect(await refusal("\uFEFFa\n")).toMatch(/line 1: a byte order mark/);
    expect(await refusal(Buffer.from("\uFEFFa\n", "utf16le"))).toMatch(/line 1: it is UTF-16/);
  });

  test("are refused by their number where the file is no whole gzip file", async () => {
    const packed = gzipSync(
      Buffer.from(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join("")),
    );
    expect(await refusal(packed.subarray(0, -20))).toMatch(
      /line \d{5}: the gzip data ends too early/,
    );
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 100_000, 100_050);
    expect(await refusal(damaged)).toMatch(/line \d+: the gzip data is damaged/);
    expect(await refusal("{}", "file.gz")).toMatch(/no gzip file, though its name says so/);
  });

  test("are not read from a folder", async () => {
    const folder = await temporaryFolder();
    await expect(collect(readLines(folder, { maxBytes: 1 }))).rejects.toThrow(/no regular file/);
  });
});

describe("JSON as Python writes it", () => {
  test("may hold NaN and Infinity, and only outside of strings", () => {
    const text = String.raw`{"a": NaN, "b": [-Infinity, Infinity], "NaN": "NaN \" Infinity", "c": "\\"}`;
    expect(parseJson(text)).toEqual({
      ok: true,
      value: { a: null, b: [null, null], NaN: 'NaN " Infinity', c: "\\" },
    });
  });

  test.for(["{", '{"a": NaN', "{'a': 1}", '{"a": "line\nfeed"}', "nan", '{"a": 1} {"b": 2}'])(
    "is refused: %s",
    (text) => {
      expect(parseJson(text)).toMatchObject({ ok: false });
    },
  );
});
