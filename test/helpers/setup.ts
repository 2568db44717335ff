import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = join(root, "dist", "bin.cjs");

/** Runs once before all tests. */
export default async function setUp(): Promise<void> {
  refuseStaleBuild();
  await provideHumanEval();
}

/** Where dist/ is not what src/ says, tests of the command would test an old one. */
function refuseStaleBuild(): void {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const command = changed(COMMAND);
  for (const source of sources.filter((name) => name.endsWith(".ts"))) {
    const built = changed(join(root, "dist", source.replace(/\.ts$/, ".js")));
    if (Math.min(built, command) < changed(join(root, "src", source))) {
      throw new Error(`dist/ is older than ${join("src", source)}: run "npm run build" first.`);
    }
  }
}

/** In milliseconds; 0 where there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** A fresh clone has no HumanEval: metai gets it as for a run, into a folder that git does not see. */
async function provideHumanEval(): Promise<void> {
  const given = process.env["METAI_HUMANEVAL"];
  const beside = join(root, "..", "shared", "data", "HumanEval.jsonl.gz");
  if (given || existsSync(beside)) return;
  const folder = join(root, "node_modules", ".cache", "metai");
  const pull = [COMMAND, "data", "pull", "--data", folder];
  await execa(process.execPath, pull, { stdout: "ignore", stderr: "inherit" });
  process.env["METAI_HUMANEVAL"] = join(folder, "HumanEval.jsonl.gz");
}
