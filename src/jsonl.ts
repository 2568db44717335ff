import { isUtf8 } from "node:buffer";
import { open, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

import { messageOf, UserError } from "./errors.ts";

/** A line of a text file that says something. */
export interface Line {
  /** From 1; blank lines count. */
  readonly number: number;
  readonly text: string;
  /** The offset in the unpacked content just after the line and its end, in bytes. */
  readonly end: number;
  /** Whether a line feed ends it: the last line of a file that was cut off has none. */
  readonly ended: boolean;
}

export interface ReadOptions {
  /** The longest line, in bytes. */
  readonly maxBytes: number;
  /** Is given the file's own bytes, packed or not, as they are read. */
  readonly onBytes?: ((bytes: Buffer) => void) | undefined;
}

/** A line that is not as it must be. */
export class BadLine extends UserError {
  constructor(path: string, line: number, problem: string) {
    super(`${path}, line ${line}: ${problem}.`);
  }
}

/** Bytes read, and unpacked, at a time. */
const CHUNK = 256 * 1024;
const LINE_FEED = 0x0a;
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * The lines of a UTF-8 text file, packed with gzip or not, in constant memory. Blank lines are passed over.
 * Throws a UserError that names the line where the file is no such text.
 */
export async function* readLines(path: string, options: ReadOptions): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let pending = 0;
  let number = 1;
  let end = 0;
  try {
    for await (const chunk of await openContent(path, options.onBytes)) {
      for (let start = 0; start < chunk.length;) {
        const feed = chunk.indexOf(LINE_FEED, start);
        const part = chunk.subarray(start, feed === -1 ? chunk.length : feed);
        pending += part.length;
        if (pending > options.maxBytes) {
          const limit = `${options.maxBytes / 1024 / 1024} MB`;
          throw new BadLine(path, number, `it is longer than ${limit}`);
        }
        if (part.length > 0) parts.push(part);
        if (feed === -1) break;
        end += pending + 1;
        const text = decode(path, number, parts);
        if (text !== null) yield { number, text, end, ended: true };
        parts = [];
        pending = 0;
        number++;
        start = feed + 1;
      }
    }
  } catch (error) {
    throw packingProblem(path, number, error) ?? error;
  }
  const text = decode(path, number, parts);
  if (text !== null) yield { number, text, end: end + pending, ended: false };
}

/** The value of a line of JSON, or why there is none. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** Numbers that Python writes and reads though JSON has no such; strings are matched to be passed over. */
const PYTHON_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs;

/** Parses JSON as Python's `json` does: NaN and Infinity, of which Node knows nothing, read as null. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const plain = text.replaceAll(PYTHON_NUMBERS, (found) =>
      found.startsWith('"') ? found : "null",
    );
    if (plain === text) return { ok: false, problem: `it is no JSON (${jsonProblem(error)})` };
    return parseJson(plain);
  }
}

/** Node's words without the piece of the text that it quotes. */
function jsonProblem(error: unknown): string {
  return messageOf(error).replace(/, "?[^]*is not valid JSON$/, "");
}

/** Null for a blank line. */
function decode(path: string, number: number, parts: readonly Buffer[]): string | null {
  const [first] = parts;
  if (first === undefined) return null;
  const bytes = parts.length === 1 ? first : Buffer.concat(parts);
  if (number === 1) refuseMark(path, bytes);
  if (!isUtf8(bytes)) throw new BadLine(path, number, "it is no valid UTF-8");
  const text = bytes.toString("utf8");
  return text.trim() === "" ? null : text;
}

function refuseMark(path: string, bytes: Buffer): void {
  const mark = bytes.toString("hex", 0, 3);
  if (mark === "efbbbf") {
    throw new BadLine(path, 1, "a byte order mark stands before it: save the file without one");
  }
  if (/^(?:fffe|feff)/.test(mark)) {
    throw new BadLine(path, 1, "it is UTF-16: save the file as UTF-8");
  }
}

async function openContent(
  path: string,
  onBytes: ReadOptions["onBytes"],
): Promise<AsyncIterable<Buffer>> {
  const file = await open(path);
  try {
    if (!(await file.stat()).isFile()) {
      throw new UserError(`${path} is no regular file: it is read twice, so save it to one first.`);
    }
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const packed = bytesRead === 2 && buffer.equals(GZIP);
    if (!packed && bytesRead > 0 && path.endsWith(".gz")) {
      throw new UserError(`${path} is no gzip file, though its name says so.`);
    }
    const bytes = bytesOf(file, onBytes);
    if (!packed) return bytes;
    return pipeline(bytes, createGunzip({ chunkSize: CHUNK }), () => {}); // its reader sees the error
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function* bytesOf(
  file: FileHandle,
  onBytes: ReadOptions["onBytes"],
): AsyncGenerator<Buffer, void> {
  try {
    for (let position = 0; ;) {
      const buffer = Buffer.allocUnsafe(CHUNK); // a new one: lines that are waited for lie in the last
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      const bytes = buffer.subarray(0, bytesRead);
      onBytes?.(bytes);
      yield bytes;
    }
  } finally {
    await file.close();
  }
}

function packingProblem(path: string, line: number, error: unknown): UserError | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return null;
  if (!error.code.startsWith("Z_")) return null;
  const problem = error.code === "Z_BUF_ERROR" ? "ends too early" : `is damaged (${error.message})`;
  return new BadLine(path, line, `the gzip data ${problem}`);
}
