import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { lockFolder } from "../../src/store/lock.ts";
import { ownFiles } from "../../src/store/results-folder.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

test("a folder that a run writes into is refused to another, and free again afterwards", async () => {
  const folder = await temporaryFolder();
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    new RegExp(`Another run is writing into .* \\(process ${process.pid}\\)`),
  );
  expect(await ownFiles(folder), "a lock is no run").toEqual([]);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
  await (
    await lockFolder(folder)
  )();
});

test.each(["999999999\n", "", "no number"])(
  "a lock left by a kill (%j) is taken over",
  async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "run.lock"), text);
    const unlock = await lockFolder(folder);
    await unlock();
    expect(await readdir(folder)).toEqual([]);
  },
);
