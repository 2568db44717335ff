import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const MINORS = [10, 11, 12, 13] as const;

/** Of the Pythons that metai is tested with, those that the machine has, from pyenv or the search path. */
export const pythons: readonly { version: string; command: string }[] = MINORS.flatMap((minor) => {
  const version = `3.${minor}`;
  const commands = [...ofPyenv(version), `python${version}`];
  const command = commands.find((one) => isVersion(one, version));
  return command === undefined ? [] : [{ version, command }];
});

/** Not by pyenv's shims: those start only the versions that it was told to. */
function ofPyenv(version: string): string[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  try {
    const names = readdirSync(versions).filter((name) => name.startsWith(`${version}.`));
    return names.map((name) => join(versions, name, "bin", "python"));
  } catch {
    return []; // no pyenv
  }
}

function isVersion(command: string, version: string): boolean {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return (stdout ?? "").startsWith(`Python ${version}.`);
}
