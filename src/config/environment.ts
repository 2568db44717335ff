import { readFile, stat } from "node:fs/promises";
import { parseEnv } from "node:util";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The process's environment, over what a `.env` file in the current folder says. An empty variable counts
 * as none.
 */
export async function readEnvironment(): Promise<Environment> {
  const set = Object.entries(process.env).filter(([, value]) => value !== "");
  return { ...(await readDotEnv(".env")), ...Object.fromEntries(set) };
}

async function readDotEnv(path: string): Promise<Environment> {
  if (!(await isFile(path))) return {}; // a virtual environment of Python may have that name
  return parseEnv(decodeText(await readFile(path)));
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Text as editors and shells on Windows write it too: UTF-8 or UTF-16, with a byte order mark. */
function decodeText(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
