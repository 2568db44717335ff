import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";

import { examples } from "../options/examples.ts";
import { oneFolder, RESULTS, results } from "../options/run-folder.ts";
import { decimal, nonEmpty, wholeNumber } from "../options/types.ts";
import type { RebuildOptions } from "../rebuild.ts";
import type { VerifyOptions } from "../verify.ts";

export interface VerifyHandlers {
  verify(run: string, options: VerifyOptions): Promise<void>;
  rebuild(run: string, options: RebuildOptions): Promise<void>;
}

export function addVerify(program: Command, handlers: VerifyHandlers): void {
  program
    .command("verify")
    .description(
      "Check a run: its journal, its files, its decisions, and every agent judged again.",
    )
    .argument("[run]", "the run's folder", nonEmpty, RESULTS)
    .option("--head <hash>", "the published SHA-256 of the journal's last line", hash)
    .option("--data <dir>", "folder for the benchmark", nonEmpty, "data")
    .option("--humaneval <path>", "HumanEval.jsonl.gz to use (METAI_HUMANEVAL)", nonEmpty)
    .option(
      "--benchmark <name>",
      "humaneval, fresh, practice or a file (default: the run's own)",
      nonEmpty,
    )
    .option("--python <path>", "Python interpreter (default: the first found)", nonEmpty)
    .addOption(
      new Option("--sandbox <level>", "how agents are walled in")
        .choices(["auto", "bubblewrap", "process"] as const)
        .default("auto" as const),
    )
    .option("--timeout <s>", "seconds for a task (default: the run's own)", decimal(0.1, 3600))
    .option("--workers <n>", "tasks at once (default: one a processor)", wholeNumber(1, 256))
    .option("--quiet", "no progress on standard error")
    .option("--json", "print all there is to say as JSON")
    .addHelpText(
      "after",
      "\nExit code 0 if everything holds, 1 if anything does not. Runs below it, such as" +
        "\ncontrols, are checked too. Without --head a run that was made up as a whole," +
        "\njournal and all, may hold in itself.\n" +
        examples(
          ["metai verify", "the run in results/"],
          ["metai verify results --head 3f5a...", "held to a hash that was published"],
          ["metai verify results --benchmark mine.jsonl", "one on problems of your own"],
        ),
    )
    .action((run, options) => handlers.verify(run, options));
}

export function addRebuild(program: Command, handlers: VerifyHandlers): void {
  program
    .command("rebuild")
    .description(
      "Make a run's tables, manifest, agents, transcripts and curve again from its journal.",
    )
    .argument("[run]", 'the run\'s folder (default: "results")', nonEmpty)
    .addOption(results)
    .option("--allow-mock", "draw a mock run too, with MOCK across the page")
    .addHelpText("after", examples(["metai rebuild", "what differs in results/ is put right"]))
    .action((run, { results: named, ...options }) =>
      handlers.rebuild(oneFolder(run, named), options),
    );
}

function hash(text: string): string {
  const lower = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(lower)) return lower;
  throw new InvalidArgumentError("It takes a SHA-256: 64 hexadecimal digits.");
}
