import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** The official HumanEval archive that the tests read. It is never committed to the project. */
export const humanEvalArchive = findArchive();

function findArchive(): string {
  const fromEnvironment = process.env["METAI_HUMANEVAL"];
  const path = fromEnvironment
    ? resolve(projectRoot, fromEnvironment)
    : resolve(projectRoot, "../shared/data/HumanEval.jsonl.gz");
  if (!existsSync(path)) {
    throw new Error(
      `The tests need HumanEval.jsonl.gz and it is not at ${path}: set METAI_HUMANEVAL to its path.`,
    );
  }
  return path;
}
