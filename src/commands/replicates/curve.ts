import type { Replicate } from "../../core/replicates.ts";
import { endInWords, type RunEnd } from "../../figures/run-end.ts";
import { readControls } from "../run/control-scores.ts";
import { bootstrapSeed } from "./summary.ts";

/** One curve of several runs, and what its reader should be told of how they ended, if anything. */
export async function drawReplicates(
  results: string,
  runs: readonly Replicate[],
  allowMock: boolean,
): Promise<{ bytes: Uint8Array; note: string | null }> {
  const { replicatesCurve } = await import("../../figures/replicates-curve.ts");
  const drawn = runs.map((run) => ({
    rows: run.rows,
    seed: run.facts.settings.seed,
    end: endOf(run),
  }));
  const controls = await readControls(results);
  const bytes = await replicatesCurve(drawn, { allowMock, seed: bootstrapSeed(runs), controls });
  const unfinished = runs.filter(({ ended }) => ended !== "completed" && ended !== "perfect");
  if (unfinished.length === 0) return { bytes, note: null };
  const ends = unfinished.map(
    (run) => `${run.name} ${endInWords(endOf(run), run.rows.length - 1)}`,
  );
  return { bytes, note: `Note: these are no whole runs: ${ends.join("; ")}.` };
}

function endOf({ ended, facts }: Replicate): RunEnd {
  return { how: ended ?? "unfinished", generations: facts.settings.generations };
}
