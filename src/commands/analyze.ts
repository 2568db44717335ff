import { join } from "node:path";

import { UserError } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { CURVE } from "../store/layout.ts";
import { drawCurve } from "./run/curve.ts";

/** `metai analyze`, as commander parses it. */
export interface AnalyzeOptions {
  figures: string;
  allowMock?: true | undefined;
  paperFigures?: true | undefined;
  skipCurve?: true | undefined;
}

/** `metai analyze RUN`: draws, then writes. A figure that is refused leaves nothing behind. */
export async function runAnalyze(results: string, options: AnalyzeOptions): Promise<void> {
  const { figures, allowMock = false, paperFigures, skipCurve } = options;
  if (skipCurve && !paperFigures) {
    throw new UserError("--skip-curve leaves nothing to draw: add --paper-figures.");
  }
  const drawn: [path: string, bytes: Uint8Array][] = [];
  const notes: string[] = [];
  if (!skipCurve) {
    const { bytes, note } = await drawCurve(results, allowMock);
    drawn.push([join(results, CURVE), bytes]);
    if (note !== null) notes.push(note);
  }
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
  for (const note of notes) console.error(note);
}
