import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

/** A new empty folder, removed when the test that asked for it ends. Call it inside a test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** The same for a hook, which has to remove it itself. */
export async function createFolder(): Promise<string> {
  return mkdtemp(join(await realpath(tmpdir()), "metai-test-"));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
