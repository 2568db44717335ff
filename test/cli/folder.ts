import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

import { z } from "zod";

/** Every file below a folder, by its path with forward slashes. */
export function contentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return Object.fromEntries(
    files
      .map((path) => [nameIn(folder, path), readFileSync(path, "latin1")] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

/** The parts of a manifest that tests look at. */
export function readManifest(results: string) {
  const shape = z.looseObject({
    status: z.string(),
    ended: z.string().nullable(),
    problem: z.string().nullable(),
    run_type: z.string(),
    model: z.string(),
  });
  return shape.parse(JSON.parse(readFileSync(join(results, "manifest.json"), "utf8")));
}

/** The entries of the transcript of a generation, or of one of its several children. */
export function readTranscript(results: string, generation: number, child?: number) {
  const whose = child === undefined ? "" : `_child${child}`;
  const path = join(results, "transcripts", `gen${generation}${whose}.jsonl`);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => z.looseObject({ type: z.string() }).parse(JSON.parse(line)));
}
