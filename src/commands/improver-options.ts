import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";

import { decimal, nonEmpty, wholeNumber } from "./option-types.ts";

/** What rewrites the agent, and how the one that stands is chosen. */
export function addImproverOptions<A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
) {
  return addOpenaiOptions(addProposerOptions(command))
    .option(
      "--candidates <k>",
      "children in each generation, the best of which counts (default: 1; search: 8)",
      wholeNumber(1, 64),
    )
    .addOption(
      new Option("--ties <who>", "which of two with equally many passes stands")
        .choices(["parent", "smaller"] as const)
        .default("parent" as const),
    )
    .addOption(
      new Option("--control <kind>", "a run that shows what the procedure makes of nothing").choices(
        ["no-selection", "same", "random-edit"] as const,
      ),
    );
}

function addProposerOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return command
    .addOption(
      new Option("--proposer <name>", "what rewrites the agent (default: openai)").choices([
        "openai",
        "mock",
        "search",
      ] as const),
    )
    .addOption(
      new Option("--mock", "scripted answers: no key, no network, no self-improvement").conflicts([
        "model",
        "baseUrl",
        "temperature",
        "maxRetries",
        "requestTimeout",
      ]),
    )
    .option(
      "--seed <n>",
      "search, random-edit: of every draw (default: 1)",
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .addOption(
      new Option(
        "--policy <kind>",
        "search: whether edits change how edits are made (default: adaptive)",
      ).choices(["adaptive", "fixed"] as const),
    );
}

function addOpenaiOptions<A extends unknown[], O extends OptionValues>(command: Command<A, O>) {
  return command
    .option("--model <name>", "model to ask (OPENAI_MODEL; default: gpt-4.1-mini)", nonEmpty)
    .option(
      "--base-url <url>",
      "server that speaks the OpenAI protocol (OPENAI_BASE_URL)",
      nonEmpty,
    )
    .option("--temperature <t>", "sent only when given: some models refuse it", decimal(0, 2))
    .option(
      "--max-retries <n>",
      "tries again after a failed request (default: 5)",
      wholeNumber(0, 100),
    )
    .option(
      "--request-timeout <s>",
      "seconds for one request (default: 300)",
      decimal(0.1, 86_400),
    );
}
