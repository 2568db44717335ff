import { Command, Option, type OptionValues } from "@commander-js/extra-typings";

import type { DemoOptions } from "../config/demo.ts";
import type { DoctorOptions, SelfImproveOptions } from "../config.ts";
import { benchmark } from "./options/benchmark.ts";
import { budget } from "./options/budget.ts";
import { addAnalyze, type AnalyzeHandlers } from "./analyze/command.ts";
import { addCard, type CardHandlers } from "./card/command.ts";
import { addData, type DataHandlers } from "./data/command.ts";
import { addEvaluate, type EvaluateHandlers } from "./evaluate/command.ts";
import { evaluator } from "./options/evaluator.ts";
import { examples } from "./options/examples.ts";
import { improver } from "./options/improver.ts";
import { addRebuild, addVerify, type VerifyHandlers } from "./verify/command.ts";
import { RESULTS } from "./options/run-folder.ts";
import { nonEmpty, wholeNumber } from "./options/types.ts";
import { addPlan, type PlanHandlers } from "./plan/command.ts";
import { addReplay, type ReplayHandlers } from "./replay/command.ts";

/** What each verb does, so that this file loads nothing but commander and `--help` is instant. */
export interface Handlers
  extends
    AnalyzeHandlers,
    CardHandlers,
    DataHandlers,
    EvaluateHandlers,
    PlanHandlers,
    ReplayHandlers,
    VerifyHandlers {
  selfImprove(options: SelfImproveOptions): Promise<void>;
  demo(options: DemoOptions): Promise<void>;
  doctor(options: DoctorOptions): Promise<void>;
}

/** The commander tree: every command and option of metai. */
export function createProgram(version: string, handlers: Handlers) {
  const program = new Command("metai")
    .description(
      "Recursive self-design, inspectable on a laptop: a small Python coding agent is rewritten by " +
        "a model, generation after generation, and judged on the first ten HumanEval tasks.",
    )
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) =>
        write(`${text.trim().replaceAll(/\s*\n\s*/g, " ")} (add --help for all options)\n`),
    })
    .addHelpText(
      "after",
      examples(
        ["metai demo", "a run in a minute: no key, no model"],
        ["metai self-improve --generations 5", "a real run (needs OPENAI_API_KEY)"],
        ["metai analyze", "draw the run's improvement curve"],
        ["metai verify results", "check a run, and judge its agents again"],
        ["metai evaluate samples.jsonl", "pass@k of a model's HumanEval samples"],
        ["metai doctor", "see what is there and what is missing"],
      ),
    );
  addSelfImprove(program, handlers);
  addPlan(program, handlers);
  addEvaluate(program, handlers);
  addDemo(program, handlers);
  addAnalyze(program, handlers);
  addVerify(program, handlers);
  addRebuild(program, handlers);
  addCard(program, handlers);
  addReplay(program, handlers);
  addData(program, handlers);
  addDoctor(program, handlers);
  return program;
}

function addSelfImprove(program: Command, handlers: Handlers): void {
  const command = program
    .command("self-improve")
    .description("Run the experiment: evaluate the seed agent, then let a model rewrite it.")
    .option("--generations <n>", "generations after the seed", wholeNumber(1, 1000), 5)
    .option("--no-early-stop", "go on after a perfect score")
    .addOption(improver.proposer)
    .addOption(improver.mock)
    .addOption(improver.model)
    .addOption(improver.baseUrl)
    .addOption(improver.temperature)
    .addOption(improver.maxRetries)
    .addOption(improver.requestTimeout)
    .addOption(improver.seed)
    .addOption(improver.runs)
    .addOption(improver.policy)
    .addOption(improver.candidates)
    .addOption(improver.ties)
    .addOption(improver.control)
    .option("--results <dir>", "folder for the run", nonEmpty, RESULTS)
    .option("--reset-results", "replace the run that the results folder holds")
    .addOption(improver.resume)
    .addOption(improver.preregister)
    .addOption(budget.maxTokensTotal)
    .addOption(budget.maxCost)
    .addOption(budget.maxMinutes)
    .addOption(budget.priceInput)
    .addOption(budget.priceOutput)
    .addOption(improver.heldOut);
  addBenchmarkOptions(addEvaluatorOptions(command))
    .option("--quiet", "no progress on standard error")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nProgress shows a mark a task: . passed, F failed, T timeout, C crashed, L limit," +
        "\nI invalid." +
        "\nThe key is read from OPENAI_API_KEY or a .env file; a local server needs none." +
        "\n" +
        examples(
          ["metai self-improve --generations 5 --reset-results", "a fresh run, replacing the last"],
          ["metai self-improve --generations 5 --resume", "go on with one that was stopped"],
          [
            "metai self-improve --base-url http://localhost:11434/v1 --model qwen2.5-coder",
            "Ollama",
          ],
          ["metai self-improve --proposer search --seed 1", "no key, no model"],
          ["metai self-improve --runs 5", "five runs, their mean and its interval"],
          ["metai self-improve --control same --results results/controls/same", "beside results"],
          ["metai self-improve --mock --results /tmp/mock", "try the plumbing"],
        ),
    )
    .action((options) => handlers.selfImprove(options));
}

function addDemo(program: Command, handlers: Handlers): void {
  const command = program
    .command("demo")
    .description("See a program improve itself in a minute: no key, no model.")
    .addOption(
      new Option("--seed <n>", "of every draw; the same seed gives the same bytes")
        .argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER))
        .default(1),
    )
    .addOption(improver.heldOut)
    .option(
      "--results <dir>",
      "folder for the run (default: results/demo, replaced each time)",
      nonEmpty,
    )
    .option("--reset-results", "replace the run that the folder given with --results holds");
  addBenchmarkOptions(addEvaluatorOptions(command))
    .option("--quiet", "no progress on standard error")
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      "\nFive generations of eight children, the curve, and two controls: edits by chance" +
        "\nwithout selection, and the agent with every part at once. Where HumanEval cannot" +
        "\nbe had, the tasks of Fresh serve, which are too hard for it; on those of" +
        "\nPractice it improves without a network, too.\n" +
        examples(
          ["metai demo", "the run that the README shows"],
          ["metai demo --seed 2 --results results/two", "another, kept beside it"],
          ["metai demo --benchmark practice", "without HumanEval"],
        ),
    )
    .action((options) => handlers.demo(options));
}

function addDoctor(program: Command, handlers: Handlers): void {
  const command = program
    .command("doctor")
    .description("Show what is there and what is missing; exit 2 if no run can start.")
    .option("--model <name>", "model to ask (OPENAI_MODEL)", nonEmpty)
    .option(
      "--base-url <url>",
      "server that speaks the OpenAI protocol (OPENAI_BASE_URL)",
      nonEmpty,
    )
    .option("--results <dir>", "folder for the run", nonEmpty, RESULTS)
    .option(
      "--cheats",
      "run the catalogue of attacks on the evaluator; exit 1 if one earns a pass",
    );
  addDataOptions(addPythonOptions(command))
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        ["metai doctor", "one table"],
        ["metai doctor --sandbox bubblewrap", "does the sandbox work here, and why not"],
        ["metai doctor --cheats", "can a score be trusted here"],
      ),
    )
    .action((options) => handlers.doctor(options));
}

function addPythonOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return command.addOption(evaluator.python).addOption(evaluator.sandbox);
}

function addEvaluatorOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return addPythonOptions(command).addOption(evaluator.timeout).addOption(evaluator.workers);
}

function addBenchmarkOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return addDataOptions(command).addOption(benchmark.benchmark);
}

function addDataOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return command.addOption(benchmark.data).addOption(benchmark.humaneval);
}
