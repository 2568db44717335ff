import type { Command } from "@commander-js/extra-typings";

import type { BenchmarkOptions, DataOptions } from "../../config.ts";
import { benchmark } from "../options/benchmark.ts";
import { examples } from "../options/examples.ts";

export interface DataHandlers {
  dataPull(options: DataOptions & { force?: true | undefined }): Promise<void>;
  dataVerify(options: DataOptions): Promise<void>;
  dataShow(
    task: string | undefined,
    options: BenchmarkOptions & { test?: true | undefined },
  ): Promise<void>;
}

export function addData(program: Command, handlers: DataHandlers): void {
  const data = program
    .command("data")
    .description("Get, check and read the benchmark: the official HumanEval file.")
    .addHelpText(
      "after",
      examples(
        ["metai data pull", "fetch it, check it, write data/tasks.json"],
        ["metai data show HumanEval/3", "read a task"],
      ),
    );
  const verb = (name: string, description: string) =>
    data
      .command(name)
      .description(description)
      .addOption(benchmark.data)
      .addOption(benchmark.humaneval)
      .option("--json", "print JSON");
  verb("pull", "Find or download HumanEval, check it, and write the data folder.")
    .option("--force", "replace a damaged file in the data folder")
    .addHelpText(
      "after",
      examples(
        ["metai data pull", "from the cache or the official address"],
        ["metai data pull --humaneval ~/HumanEval.jsonl.gz", "from a file, without network"],
      ),
    )
    .action((options) => handlers.dataPull(options));
  verb("verify", "Hold the data folder against the checksums; exit 1 if anything differs.")
    .addHelpText("after", examples(["metai data verify", "check data/"]))
    .action((options) => handlers.dataVerify(options));
  verb("show", "List the ten tasks that a run is judged on, or print any task.")
    .addOption(benchmark.benchmark)
    .argument("[task]", "a task, such as HumanEval/3 or 3")
    .option("--test", "print its test too")
    .addHelpText(
      "after",
      examples(
        ["metai data show", "the ten tasks"],
        ["metai data show 3 --test", "one, with its test"],
        ["metai data show Fresh/20", "one of metai's own"],
      ),
    )
    .action((task, options) => handlers.dataShow(task, options));
}
