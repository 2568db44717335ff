import { join } from "node:path";

import { UserError } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { CURVE, SCORES } from "../store/layout.ts";
import { readScores } from "../store/tables.ts";
import type { AnalyzeOptions } from "./program.ts";

/** `metai analyze`: draws, then writes. A figure that is refused leaves nothing behind. */
export async function runAnalyze(options: AnalyzeOptions): Promise<void> {
  const { results, figures, allowMock = false, paperFigures, skipCurve } = options;
  if (skipCurve && !paperFigures) {
    throw new UserError("--skip-curve leaves nothing to draw: add --paper-figures.");
  }
  const drawn: [path: string, bytes: Uint8Array][] = [];
  if (!skipCurve) drawn.push([join(results, CURVE), await drawCurve(results, allowMock)]);
  if (paperFigures) {
    const { dgmPublishedResults } = await import("../figures/dgm-published-results.ts");
    const { metaiMiniProtocol } = await import("../figures/metai-mini-protocol.ts");
    drawn.push([join(figures, "dgm_published_results.pdf"), await dgmPublishedResults()]);
    drawn.push([join(figures, "metai_mini_protocol.pdf"), await metaiMiniProtocol()]);
  }
  for (const [path, bytes] of drawn) {
    await writeFileWhole(path, bytes);
    console.log(path);
  }
}

async function drawCurve(results: string, allowMock: boolean): Promise<Uint8Array> {
  const rows = await readRun(results);
  const { improvementCurve } = await import("../figures/improvement-curve.ts");
  return improvementCurve(rows, { allowMock });
}

async function readRun(results: string) {
  const path = join(results, SCORES);
  try {
    return await readScores(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new UserError(
        `There is no ${path} to draw: run "metai self-improve" first, or name the run's folder with --results DIR.`,
        { cause: error },
      );
    }
    throw error;
  }
}
