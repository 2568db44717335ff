import { UserError } from "../../errors.ts";
import { readCatalogue } from "../../evaluator/cheats/catalogue.ts";
import { cheapCheats, type CheatEvaluator, runCheats } from "../../evaluator/cheats/run.ts";
import type { RunFacts } from "../../core/journal.ts";

/**
 * Tries the quick ones of the cheats that this evaluator's sandbox level should stop. Throws a UserError if
 * one earns a pass: then no score of it would mean anything.
 */
export async function refuseCheats(
  evaluator: CheatEvaluator,
  signal: AbortSignal,
): Promise<RunFacts["cheats"]> {
  const { cheats } = await readCatalogue();
  const cheap = cheapCheats(cheats, evaluator.sandbox);
  const results = await runCheats(cheap, { evaluator, signal });
  const earned = results.filter((result) => result.earned).map(({ cheat }) => cheat.name);
  if (earned.length === 0) return { run: results.length, earned: 0 };
  const others = earned.length > 1 ? ` and ${earned.length - 1} more` : "";
  throw new UserError(
    `The cheat ${earned[0]}${others} earned a pass, so no score could be trusted and no run was started: ` +
      `please report what "metai doctor --cheats" shows.`,
  );
}
