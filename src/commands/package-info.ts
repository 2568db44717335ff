import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The package's root, from src/commands/ and from dist/commands/ alike. */
const ROOT = new URL("../../", import.meta.url);

export function packageVersion(): string {
  const text = readFileSync(new URL("package.json", ROOT), "utf8");
  const [, version = "unknown"] = /"version": "([^"]+)"/.exec(text) ?? [];
  return version;
}

const SEEDS = { seed: "seed_agent.py", synth: "synth/seed.py" } as const;

/** The source of a seed agent, a template file of the package. `synth` is the one that search can edit. */
export function readSeedAgent(which: keyof typeof SEEDS = "seed"): string {
  return readFileSync(new URL(`src/agents/${SEEDS[which]}`, ROOT), "utf8");
}

/** The commit that metai runs from, and whether its own files were changed; null where it is no checkout. */
export async function gitState(): Promise<{ commit: string; dirty: boolean } | null> {
  const root = fileURLToPath(ROOT);
  const git = async (...args: string[]) => (await run("git", ["-C", root, ...args])).stdout.trim();
  try {
    const [prefix, commit, changes] = await Promise.all([
      git("rev-parse", "--show-prefix"),
      git("rev-parse", "HEAD"),
      git("status", "--porcelain", "--untracked-files=no", "--", "src", "package.json"),
    ]);
    return prefix === "" ? { commit, dirty: changes !== "" } : null; // a folder below is another's checkout
  } catch {
    return null;
  }
}
