import { Option } from "@commander-js/extra-typings";

import { nonEmpty } from "./types.ts";

/** Which tasks, and where they are. */
export const benchmark = {
  benchmark: new Option(
    "--benchmark <name>",
    "humaneval, fresh, practice, or a file in HumanEval's format (default: humaneval)",
  ).argParser(nonEmpty),
  data: new Option("--data <dir>", "folder for the benchmark").argParser(nonEmpty).default("data"),
  humaneval: new Option(
    "--humaneval <path>",
    "HumanEval.jsonl.gz to use (METAI_HUMANEVAL)",
  ).argParser(nonEmpty),
};
