import { readFileSync } from "node:fs";

/** The package's root, from src/commands/ and from dist/commands/ alike. */
const ROOT = new URL("../../", import.meta.url);

export function packageVersion(): string {
  const text = readFileSync(new URL("package.json", ROOT), "utf8");
  const [, version = "unknown"] = /"version": "([^"]+)"/.exec(text) ?? [];
  return version;
}

/** The seed agent's source, a template file of the package. */
export function readSeedAgent(): string {
  return readFileSync(new URL("src/agents/seed_agent.py", ROOT), "utf8");
}
