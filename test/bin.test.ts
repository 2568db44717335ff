import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";

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
  const kept = await Promise.all(names.map((name) => readFile(join(compiled, name))));
  expect(await answer("--version")).toBe(version);
  expect(await answer("plan", "--help")).toContain("metai plan");
  expect(await Promise.all(names.map((name) => readFile(join(compiled, name))))).toEqual(kept);
});

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
  ["of another V8", () => serialize({ "cli.cjs": Buffer.alloc(1000, 7) })],
] as const)("what was kept is made anew where it is %s", async ([, spoil]) => {
  await answer("--version");
  const [name = ""] = await readdir(compiled);
  const kept = await readFile(join(compiled, name));
  await writeFile(join(compiled, name), spoil(kept));
  expect(await answer("--version")).toBe(version);
  expect((await readFile(join(compiled, name))).length).toBeGreaterThan(kept.length / 2);
});

test("where nothing can be kept it does without", async () => {
  await writeFile(compiled, "in the way");
  expect(await answer("--version")).toBe(version);
  expect(await readFile(compiled, "utf8")).toBe("in the way");
});
