import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import type { Task } from "../../core/records.ts";
import { trustedEnvironment } from "../environment.ts";

/** Waits until metai wants no more of it, or is gone. */
const BYSTANDER = "import shutil, sys; sys.stdin.read(); shutil.rmtree(sys.argv[1], True)";

/**
 * Lays out what a spy would look for: the tasks with their tests in a file of the temporary folder that
 * everyone may read, and in the command line and the environment of a process of this user. Returns what
 * removes it all.
 */
export async function plantTasks(
  tasks: readonly Task[],
  python: string,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "metai-cheats-"));
  const text = JSON.stringify(tasks);
  await chmod(folder, 0o755);
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data", "tasks.json"), text);
  const bystander = execa(python, ["-I", "-S", "-c", BYSTANDER, folder, text], {
    env: { ...trustedEnvironment(), METAI_CHEATS_TASKS: text },
    extendEnv: false,
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    detached: process.platform !== "win32", // Ctrl-C at the terminal is metai's to handle
    reject: false,
  });
  bystander.stdin.on("error", () => {}); // it has ended already
  return async () => {
    bystander.stdin.end();
    await bystander;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
