import type { Command } from "@commander-js/extra-typings";

import type { CardOptions } from "../card.ts";
import { examples } from "../options/examples.ts";
import { RESULTS } from "../options/run-folder.ts";
import { nonEmpty } from "../options/types.ts";

export interface CardHandlers {
  card(run: string, options: CardOptions): Promise<void>;
}

export function addCard(program: Command, handlers: CardHandlers): void {
  program
    .command("card")
    .description("Write one page of Markdown on a run, or on several, for the appendix of a paper.")
    .argument("[run]", "the run's folder", nonEmpty, RESULTS)
    .option("--output <path>", "file for the page (default: standard output)", nonEmpty)
    .addHelpText(
      "after",
      examples(
        ["metai card", "the page on standard output"],
        ["metai card results --output card.md", "into a file"],
      ),
    )
    .action((run, options) => handlers.card(run, options));
}
