import { cp, readdir, stat, utimes } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { findPython } from "../../src/evaluator/interpreter.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const { executable } = await findPython();
const PYTHON = fileURLToPath(new URL("../../src/evaluator/python", import.meta.url));

function isNoByteCode(path: string): boolean {
  return !path.endsWith("__pycache__");
}

test("the judge keeps the byte code of what suspects load, and makes it anew where that has changed", async () => {
  const folder = await temporaryFolder();
  await cp(PYTHON, folder, { recursive: true, filter: isNoByteCode });
  const suspect = join(folder, "suspect");
  const keep = (...flags: string[]) => {
    const code = `import sys; sys.path.insert(0, sys.argv[1]); import byte_code; byte_code.keep(sys.argv[2])`;
    const run = spawnSync(
      executable,
      ["-I", ...flags, "-c", code, join(folder, "judge"), suspect],
      { encoding: "utf8" },
    );
    expect(run).toMatchObject({ status: 0, stderr: "" });
  };

  keep("-B");
  expect(await readdir(suspect)).not.toContain("__pycache__");

  keep();
  const kept = join(suspect, "__pycache__");
  const modules = (await readdir(suspect)).filter((name) => name.endsWith(".py"));
  const names = (await readdir(kept)).map((name) => name.split(".")[0] + ".py");
  expect(names.toSorted()).toEqual(modules.filter((name) => name !== "start.py").toSorted());

  const [child = ""] = (await readdir(kept)).filter((name) => name.startsWith("child."));
  const before = await stat(join(kept, child));
  keep();
  expect((await stat(join(kept, child))).ino).toBe(before.ino);
  const later = new Date(before.mtimeMs + 5000);
  await utimes(join(suspect, "child.py"), later, later);
  keep();
  expect((await stat(join(kept, child))).ino).not.toBe(before.ino);
});
