import { readFileSync } from "node:fs";

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
