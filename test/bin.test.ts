import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import { beforeEach, expect, test } from "vitest";

import { temporaryFolder } from "./helpers/temporary.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));

let root: string;
let compiled: string;

beforeEach(async () => {
  root = await temporaryFolder();
  compiled = join(root, "dist", "bundle", "compiled");
  for (const name of ["package.json", "dist/bin.cjs", "dist/bundle"]) {
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  }
  await rm(compiled, { recursive: true, force: true });
});

/** Runs the copied command, and expects it to say nothing but its answer. */
async function answer(...args: string[]): Promise<string> {
  const { stdout, stderr } = await execa(process.execPath, [
    join(root, "dist", "bin.cjs"),
    ...args,
  ]);
  expect(stderr).toBe("");
  return stdout;
}

test("what was compiled is kept for the next start, once for each command", async () => {
  await answer("--version");
  await answer("plan", "--help");
  const names = await readdir(compiled);
  expect(names.toSorted()).toEqual([
    expect.stringMatching(/^metai-v/),
    expect.stringMatching(/^plan-v/),
  ]);
  const kept = await Promise.all(names.map(modulesIn));
  expect(await answer("--version")).toBe(version);
  expect(await answer("plan", "--help")).toContain("metai plan");
  expect(await Promise.all(names.map(modulesIn))).toEqual(kept);
});

/** What was kept of each module of a command, by its name. */
async function modulesIn(command: string): Promise<Record<string, Buffer>> {
  const names = await readdir(join(compiled, command));
  const all = names.map(async (name) => [name, await readFile(join(compiled, command, name))]);
  return Object.fromEntries(await Promise.all(all));
}

test("a command that there is not leaves nothing behind", async () => {
  const { exitCode } = await execa(process.execPath, [join(root, "dist", "bin.cjs"), "plam"], {
    reject: false,
  });
  expect(exitCode).toBe(2);
  await expect(readdir(compiled)).rejects.toThrow(/ENOENT/);
});

test.for([
  ["cut short", (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ["no such thing at all", () => Buffer.from("metai")],
  ["of another V8", (whole: Buffer) => Buffer.alloc(whole.length, 7)],
] as const)("what was kept is made anew where it is %s", async ([, spoil]) => {
  await answer("--version");
  const [command = ""] = await readdir(compiled);
  const file = join(compiled, command, "cli.cjs");
  const kept = await readFile(file);
  await writeFile(file, spoil(kept));
  expect(await answer("--version")).toBe(version);
  const { length } = await readFile(file);
  expect(Math.abs(length - kept.length)).toBeLessThan(kept.length / 2);
  expect((await readdir(join(compiled, command))).filter((name) => !name.endsWith(".cjs"))).toEqual(
    [],
  );
});

test("where nothing can be kept it does without", async () => {
  await writeFile(compiled, "in the way");
  expect(await answer("--version")).toBe(version);
  expect(await readFile(compiled, "utf8")).toBe("in the way");
});
