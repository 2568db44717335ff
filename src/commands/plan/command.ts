import type { Command } from "@commander-js/extra-typings";

import type { PlanOptions } from "../../config/plan.ts";
import { benchmark } from "../options/benchmark.ts";
import { budget } from "../options/budget.ts";
import { examples } from "../options/examples.ts";
import { improver } from "../options/improver.ts";
import { wholeNumber } from "../options/types.ts";

export interface PlanHandlers {
  plan(options: PlanOptions): Promise<void>;
}

export function addPlan(program: Command, handlers: PlanHandlers): void {
  program
    .command("plan")
    .description("Say what runs would cost and what they could tell. Nothing is asked or written.")
    .option("--runs <k>", "runs of the same kind", wholeNumber(1, 1000), 1)
    .option("--generations <n>", "generations after the seed", wholeNumber(1, 1000), 5)
    .addOption(improver.candidates)
    .addOption(improver.proposer)
    .addOption(improver.mock)
    .addOption(improver.model)
    .addOption(improver.baseUrl)
    .addOption(budget.priceInput)
    .addOption(budget.priceOutput)
    .addOption(budget.maxTokensTotal)
    .addOption(budget.maxCost)
    .addOption(improver.heldOut)
    .addOption(benchmark.benchmark)
    .addOption(benchmark.data)
    .addOption(benchmark.humaneval)
    .option("--json", "print the plan as JSON")
    .addHelpText(
      "after",
      examples(
        ["metai plan --runs 5", "five runs of the seed protocol"],
        ["metai plan --runs 5 --max-cost 1", "and whether a dollar is enough"],
        ["metai plan --price-input 0.5 --price-output 2", "a model of unknown price"],
      ),
    )
    .action((options) => handlers.plan(options));
}
