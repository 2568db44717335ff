import type { Command } from "@commander-js/extra-typings";

import type { AnalyzeOptions } from "../analyze.ts";
import { examples } from "../options/examples.ts";
import { oneFolder, results } from "../options/run-folder.ts";
import { nonEmpty } from "../options/types.ts";

export interface AnalyzeHandlers {
  analyze(run: string, options: AnalyzeOptions): Promise<void>;
}

export function addAnalyze(program: Command, handlers: AnalyzeHandlers): void {
  program
    .command("analyze")
    .description("Draw the improvement curve of a run, or the figures for a paper.")
    .argument("[run]", 'the run\'s folder (default: "results")', nonEmpty)
    .addOption(results)
    .option("--figures <dir>", "folder for the paper figures", nonEmpty, "figures")
    .option("--allow-mock", "draw a mock run, with MOCK across the page")
    .option("--paper-figures", "draw the published DGM results and the protocol")
    .option("--skip-curve", "leave the improvement curve out (with --paper-figures)")
    .addHelpText(
      "after",
      examples(
        ["metai analyze", "results/improvement_curve.pdf"],
        ["metai analyze results/demo", "the curve of the demo's run"],
        ["metai analyze --paper-figures --skip-curve", "the two figures in figures/"],
        ["metai analyze --allow-mock", "the curve of a mock run, marked as such"],
      ),
    )
    .action((run, { results: named, ...options }) =>
      handlers.analyze(oneFolder(run, named), options),
    );
}
