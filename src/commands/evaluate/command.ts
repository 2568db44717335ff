import { type Command, Option } from "@commander-js/extra-typings";

import type { EvaluateOptions } from "../../config.ts";
import { benchmark } from "../options/benchmark.ts";
import { evaluator } from "../options/evaluator.ts";
import { examples } from "../options/examples.ts";
import { nonEmpty, wholeNumber, wholeNumbers } from "../options/types.ts";

export interface EvaluateHandlers {
  evaluate(samples: string, options: EvaluateOptions): Promise<void>;
}

/** As evaluate_functional_correctness of openai/human-eval spells them. */
const official = {
  problemFile: new Option("--problem_file <path>", "the same as --problem-file <path>")
    .argParser(nonEmpty)
    .conflicts(["humaneval", "data", "benchmark", "problemFile"])
    .hideHelp(),
  workers: new Option("--n_workers <n>", "the same as --workers <n>")
    .argParser(wholeNumber(1, 256))
    .conflicts("workers")
    .hideHelp(),
};

export function addEvaluate(program: Command, handlers: EvaluateHandlers): void {
  program
    .command("evaluate")
    .description(
      "Judge a model's samples as HumanEval's evaluate_functional_correctness does, and print pass@k.",
    )
    .argument("<samples>", "a .jsonl or .jsonl.gz file: task_id, and completion or solution")
    .option("--k <list>", "the k of pass@k", wholeNumbers(1, 1_000_000), [1, 10, 100])
    .addOption(
      new Option("--problem-file <path>", "the same as --benchmark <path>")
        .argParser(nonEmpty)
        .conflicts(["humaneval", "data", "benchmark"]),
    )
    .addOption(official.problemFile)
    .addOption(official.workers)
    .option("--output <path>", "file for the results (default: <samples>_results.jsonl)", nonEmpty)
    .option("--restart", "drop what an unfinished evaluation has left")
    .addOption(new Option("--table", "print a table of the tasks, too").conflicts("json"))
    .addOption(evaluator.python)
    .addOption(evaluator.sandbox)
    .addOption(evaluator.timeout)
    .addOption(evaluator.workers)
    .addOption(benchmark.data)
    .addOption(benchmark.humaneval)
    .addOption(benchmark.benchmark)
    .option("--quiet", "no progress on standard error")
    .option("--json", "print all there is to say as JSON")
    .addHelpText(
      "after",
      "\nA completion is appended to its task's prompt; a solution is a whole program." +
        "\nThe official spellings --n_workers and --problem_file are understood, too." +
        "\nA stopped evaluation goes on where it was when the same command is given again." +
        "\n" +
        examples(
          ["metai evaluate samples.jsonl", 'prints {"pass@1": ...}'],
          ["metai evaluate samples.jsonl.gz --k 1,5 --table", "with a line for each task"],
          ["metai evaluate samples.jsonl --benchmark fresh", "samples of metai's own tasks"],
          ["metai evaluate samples.jsonl --benchmark mine.jsonl", "problems of your own"],
        ),
    )
    .action((samples, { n_workers, problem_file, ...options }) =>
      handlers.evaluate(samples, {
        ...options,
        workers: options.workers ?? n_workers,
        problemFile: options.problemFile ?? problem_file,
      }),
    );
}
