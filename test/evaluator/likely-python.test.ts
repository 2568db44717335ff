import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { beforeEach, expect, test, vi } from "vitest";

import { likelyPython } from "../../src/evaluator/likely-python.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

let home: string;
/** Where metai is started; pyenv's own folder is not above it. */
let work: string;
const inPyenv = (version: string) => join(home, "pyenv", "versions", version, "bin", "python3");

beforeEach(async () => {
  home = await temporaryFolder();
  work = join(home, "work", "project");
  await mkdir(work, { recursive: true });
  await program("pyenv/shims/python3", "#!/bin/sh\nexit 1\n");
  await program("usr/bin/python3", "\u007fELF");
  for (const version of ["3.10.13", "3.11.7", "my-env"]) {
    await program(`pyenv/versions/${version}/bin/python3`, "\u007fELF");
  }
  await program("pyenv/version", "3.10.13\n");
  vi.stubEnv("PATH", `${join(home, "pyenv", "shims")}:${join(home, "usr", "bin")}`);
  vi.stubEnv("PYENV_VERSION", undefined);
  return () => vi.unstubAllEnvs();
});

async function program(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
  await chmod(join(home, path), 0o755);
}

const windows = process.platform === "win32";

test.skipIf(windows)(
  "a program is taken as it is, and a script for what only a start can tell",
  async () => {
    expect(likelyPython("python4", work)).toBe(null);
    vi.stubEnv("PATH", join(home, "usr", "bin"));
    expect(likelyPython("python3", work)).toBe(join(home, "usr", "bin", "python3"));
    await program("usr/bin/python3", "#!/bin/sh\n");
    expect(likelyPython("python3", work)).toBe(null);
    expect(likelyPython(inPyenv("3.11.7"), work)).toBe(inPyenv("3.11.7"));
  },
);

test.skipIf(windows)("of pyenv's shim it is told what pyenv would start", async () => {
  expect(likelyPython("python3", work)).toBe(inPyenv("3.10.13"));
  await program("work/.python-version", "3.11.7\n");
  expect(likelyPython("python3", work)).toBe(inPyenv("3.11.7"));
  expect(likelyPython(join(home, "pyenv", "shims", "python3"), work)).toBe(inPyenv("3.11.7"));
  vi.stubEnv("PYENV_VERSION", "my-env");
  expect(likelyPython("python3", work)).toBe(inPyenv("my-env"));
});

test
  .skipIf(windows)
  .for(["3.11", "system", "3.11.7:3.10.13", "3.11.7\n3.10.13\n", "", "../../../usr"])(
  "pyenv itself is asked what %j means",
  async (version) => {
    await program("work/project/.python-version", version);
    expect(likelyPython("python3", work)).toBe(null);
  },
);

test.skipIf(windows)("another manager's shims are not guessed at", async () => {
  await program("asdf/shims/python3", "#!/bin/sh\n");
  await program("work/.python-version", "3.11.7");
  expect(likelyPython(join(home, "asdf", "shims", "python3"), work)).toBe(null);
});
