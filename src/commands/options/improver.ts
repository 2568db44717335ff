import { Option } from "@commander-js/extra-typings";

import { countOrAll, decimal, nonEmpty, wholeNumber } from "./types.ts";

/**
 * What rewrites the agent, and how the one that stands is chosen. Options and no function that adds them:
 * the compiler cannot write down the type of such a function in reasonable time.
 */
export const improver = {
  proposer: new Option("--proposer <name>", "what rewrites the agent (default: openai)").choices([
    "openai",
    "mock",
    "search",
  ] as const),
  mock: new Option("--mock", "scripted answers: no key, no network, no self-improvement"),
  model: new Option(
    "--model <name>",
    "model to ask (OPENAI_MODEL; default: gpt-4.1-mini)",
  ).argParser(nonEmpty),
  baseUrl: new Option(
    "--base-url <url>",
    "server that speaks the OpenAI protocol (OPENAI_BASE_URL)",
  ).argParser(nonEmpty),
  temperature: new Option(
    "--temperature <t>",
    "sent only when given: some models refuse it",
  ).argParser(decimal(0, 2)),
  maxRetries: new Option(
    "--max-retries <n>",
    "tries again after a failed request (default: 5)",
  ).argParser(wholeNumber(0, 100)),
  requestTimeout: new Option(
    "--request-timeout <s>",
    "seconds for one request (default: 300)",
  ).argParser(decimal(0.1, 86_400)),
  seed: new Option(
    "--seed <n>",
    "search, random-edit: of every draw; --runs: of the first run (default: 1)",
  ).argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  runs: new Option(
    "--runs <k>",
    "so many runs side by side, into run-01, run-02, … of the results folder",
  ).argParser(wholeNumber(1, 99)),
  policy: new Option(
    "--policy <kind>",
    "search: whether edits change how edits are made (default: adaptive)",
  ).choices(["adaptive", "fixed"] as const),
  candidates: new Option(
    "--candidates <k>",
    "children in each generation, the best of which counts (default: 1; search: 8)",
  ).argParser(wholeNumber(1, 64)),
  ties: new Option("--ties <who>", "which of two with equally many passes stands")
    .choices(["parent", "smaller"] as const)
    .default("parent" as const),
  heldOut: new Option(
    "--held-out <n>",
    "tasks beyond the ten to score at the end: all, none or a number",
  )
    .argParser(countOrAll)
    .default("all" as const),
  resume: new Option("--resume", "go on with the run that the results folder holds").conflicts(
    "resetResults",
  ),
  preregister: new Option(
    "--preregister <file>",
    "register a configuration (JSON, any part of a manifest) before the run",
  ).argParser(nonEmpty),
  control: new Option(
    "--control <kind>",
    "a run that shows what the procedure makes of nothing",
  ).choices(["no-selection", "same", "random-edit"] as const),
};
