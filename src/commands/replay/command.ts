import { type Command, Option } from "@commander-js/extra-typings";

import { benchmark } from "../options/benchmark.ts";
import { evaluator } from "../options/evaluator.ts";
import { examples } from "../options/examples.ts";
import { RESULTS } from "../options/run-folder.ts";
import { nonEmpty } from "../options/types.ts";
import type { ReplayOptions } from "../replay.ts";

export interface ReplayHandlers {
  replay(run: string, options: ReplayOptions): Promise<void>;
}

export function addReplay(program: Command, handlers: ReplayHandlers): void {
  program
    .command("replay")
    .description(
      "Run a whole run again from its recorded answers; exit 1 if it comes out otherwise.",
    )
    .argument("[run]", "the run's folder", nonEmpty, RESULTS)
    .addOption(
      new Option("--results <dir>", "folder for the new run")
        .argParser(nonEmpty)
        .makeOptionMandatory(),
    )
    .option("--reset-results", "replace the run that the folder for the new run holds")
    .addOption(evaluator.python)
    .addOption(evaluator.sandbox)
    .addOption(evaluator.workers)
    .addOption(benchmark.data)
    .addOption(benchmark.humaneval)
    .addOption(
      new Option(
        "--benchmark <name>",
        "humaneval, fresh, practice, or a file: what the run was made on (default: by its name)",
      ).argParser(nonEmpty),
    )
    .option("--quiet", "no progress on standard error")
    .option("--json", "print the comparison as JSON")
    .addHelpText(
      "after",
      "\nNo key and no network are needed: the answers come from the run's journal. Every" +
        "\nagent is judged afresh." +
        "\n" +
        examples(
          ["metai replay results --results again", "the same agents, decisions and scores"],
          [
            "metai replay theirs --results mine --benchmark tasks.jsonl",
            "a run on tasks of a file",
          ],
        ),
    )
    .action((run, options) => handlers.replay(run, options));
}
