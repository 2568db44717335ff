import { Option } from "@commander-js/extra-typings";

import { decimal, nonEmpty, wholeNumber } from "./types.ts";

/** What judges agents. Options and no function that adds them, as in improver-options.ts. */
export const evaluator = {
  python: new Option("--python <path>", "Python interpreter (default: the first found)").argParser(
    nonEmpty,
  ),
  sandbox: new Option("--sandbox <level>", "how agents are walled in")
    .choices(["auto", "bubblewrap", "process"] as const)
    .default("auto" as const),
  timeout: new Option("--timeout <s>", "seconds of wall clock for a task")
    .argParser(decimal(0.1, 3600))
    .default(3),
  workers: new Option("--workers <n>", "tasks at once (default: one a processor)").argParser(
    wholeNumber(1, 256),
  ),
};
