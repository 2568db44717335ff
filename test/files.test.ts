import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";

import { expect, test } from "vitest";

import { makeFolder, writeFileWhole } from "../src/files.ts";
import { temporaryFolder } from "./helpers/temporary.ts";

test("a file is written with the folders above it, and replaced", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "a", "b", "file.txt");
  await writeFileWhole(path, "old, and longer than the new");
  await writeFileWhole(path, "new");
  expect(await readFile(path, "utf8")).toBe("new");
  await writeFileWhole(path, Uint8Array.of(0, 255));
  expect([...(await readFile(path))]).toEqual([0, 255]);
  expect(await readdir(join(folder, "a", "b"))).toEqual(["file.txt"]);
});

test("a folder is made with those above it, and may be there already", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "a", "b", "c");
  await Promise.all([makeFolder(path), makeFolder(path)]);
  await makeFolder(path);
  for (let round = 0; round < 100; round++) {
    const deep = join(folder, String(round), "b", "c");
    await Promise.all([deep, deep, join(deep, "d"), dirname(deep)].map(makeFolder));
  }
  await makeFolder(parse(path).root);
  await writeFileWhole(join(path, "file.txt"), "there");
  await expect(makeFolder(join(path, "file.txt", "d"))).rejects.toThrow(/ENOTDIR|ENOENT|EEXIST/);
  await expect(makeFolder(join(path, "file.txt"))).rejects.toThrow(/EEXIST/);
});

test.skipIf(process.platform !== "linux")(
  "a folder that the system refuses is an error (needs /proc)",
  async () => {
    await expect(makeFolder("/proc/metai/results")).rejects.toThrow(/ENOENT/);
  },
);

test("where it cannot be written the old content stays", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "file.txt");
  await writeFile(path, "old");
  await mkdir(join(folder, "file.txt.tmp"));
  await expect(writeFileWhole(path, "new")).rejects.toThrow(/EISDIR|EPERM|EACCES/);
  expect(await readFile(path, "utf8")).toBe("old");
});

test("what stood in the way of a file leaves no part of the new one", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "taken", "inside"), { recursive: true });
  await expect(writeFileWhole(join(folder, "taken"), "new")).rejects.toThrow(/taken/);
  expect(await readdir(folder)).toEqual(["taken"]);
});

test.skipIf(process.platform !== "linux")(
  "a full disk leaves the old content (needs /dev/full)",
  async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "file.txt");
    await writeFile(path, "old");
    await symlink("/dev/full", join(folder, "file.txt.tmp"));
    await expect(writeFileWhole(path, "new")).rejects.toThrow(/ENOSPC/);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["file.txt"]);
  },
);
