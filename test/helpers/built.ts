import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Refuses to start where dist/ is not what src/ says: tests of the command would test an old one. */
export default function refuseStaleBuild(): void {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  for (const source of sources.filter((name) => name.endsWith(".ts"))) {
    const built = join(root, "dist", source.replace(/\.ts$/, ".js"));
    if (changed(built) < changed(join(root, "src", source))) {
      throw new Error(`dist/ is older than ${join("src", source)}: run "npm run build" first.`);
    }
  }
}

/** In milliseconds; 0 where there is no such file. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
