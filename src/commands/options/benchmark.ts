import { Option } from "@commander-js/extra-typings";

import type { BenchmarkChoice } from "../../benchmark/choice.ts";
import { quoted } from "./run-folder.ts";
import { nonEmpty } from "./types.ts";

const DATA = "data";

/** Which tasks, and where they are. */
export const benchmark = {
  benchmark: new Option(
    "--benchmark <name>",
    "humaneval, fresh, practice, or a file in HumanEval's format (default: humaneval)",
  ).argParser(nonEmpty),
  data: new Option("--data <dir>", "folder for the benchmark").argParser(nonEmpty).default(DATA),
  humaneval: new Option(
    "--humaneval <path>",
    "HumanEval.jsonl.gz to use (METAI_HUMANEVAL)",
  ).argParser(nonEmpty),
};

/**
 * What follows a command so that it finds the benchmark of a run that was made from this choice: nothing where it
 * does so anyway. HumanEval was left in the data folder.
 */
export function whereToFind(choice: BenchmarkChoice): string {
  if (choice.kind === "file") return ` --benchmark ${quoted(choice.path)}`;
  if (choice.kind === "shipped" || choice.dataDir === DATA) return "";
  return ` --data ${quoted(choice.dataDir)}`;
}
