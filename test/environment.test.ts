import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, expect, test, vi } from "vitest";

import { readEnvironment } from "../src/config.ts";
import { temporaryFolder } from "./helpers/temporary.ts";

const home = process.cwd();
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What a run in a folder with this `.env` finds. */
async function environmentWith(content: string | Uint8Array | null) {
  const folder = await temporaryFolder();
  const path = join(folder, ".env");
  if (content === null) await mkdir(path);
  else await writeFile(path, content);
  vi.stubEnv("OPENAI_API_KEY", undefined);
  process.chdir(folder);
  try {
    return await readEnvironment();
  } finally {
    process.chdir(home);
  }
}

const line = "OPENAI_API_KEY=sk-from-the-file\r\n";

test.each([
  ["UTF-8", Buffer.from(line)],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFF" + line)],
  ["UTF-16 as PowerShell writes it", Buffer.from("\uFEFF" + line, "utf16le")],
])("a .env file in %s is read", async (_, content) => {
  expect((await environmentWith(content)).OPENAI_API_KEY).toBe("sk-from-the-file");
});

test("a folder called .env, a virtual environment, is no such file", async () => {
  expect((await environmentWith(null)).OPENAI_API_KEY).toBeUndefined();
});

test("what the environment says comes first, unless it is empty", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, ".env"), line + "OPENAI_MODEL=from-the-file\n");
  vi.stubEnv("OPENAI_API_KEY", "");
  vi.stubEnv("OPENAI_MODEL", "from-the-environment");
  process.chdir(folder);
  try {
    expect(await readEnvironment()).toMatchObject({
      OPENAI_API_KEY: "sk-from-the-file",
      OPENAI_MODEL: "from-the-environment",
    });
  } finally {
    process.chdir(home);
  }
});
