import { join } from "node:path";
import { inflateSync } from "node:zlib";

import { UserError } from "../../errors.ts";
import { readPlainFile } from "../../store/plain-file.ts";
import { CURVE } from "../../store/layout.ts";
import type { CheckResult } from "../../verify/findings.ts";
import { checked, notDone } from "../../verify/findings.ts";
import { drawCurve } from "../run/curve.ts";

/** Whether the curve beside a run is the one that is drawn of it now. Its tables have to be verified before. */
export async function checkCurve(folder: string): Promise<CheckResult> {
  const found = await readPlainFile(join(folder, CURVE));
  if (found === null) return notDone("curve", "none was drawn");
  if ("problem" in found) return wrong(found.problem);
  try {
    const { bytes } = await drawCurve(folder, true);
    return samePage(found.bytes, Buffer.from(bytes))
      ? checked("curve", "the same as drawn again now", [])
      : wrong(
          "it does not show what is here now, controls included: draw it again with metai analyze",
        );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return wrong(`it cannot be drawn of this run: ${error.message}`);
  }
}

function wrong(words: string): CheckResult {
  return checked("curve", "drawn again", [{ where: CURVE, words }]);
}

/** Machines compress differently, so what is compared is what was compressed. */
function samePage(found: Buffer, drawn: Buffer): boolean {
  if (found.equals(drawn)) return true;
  // One from elsewhere must not be large, or a bomb once it is unpacked.
  if (found.length > 2 * drawn.length) return false;
  const [one, other] = [partsOf(found), partsOf(drawn)];
  return one.length === other.length && one.every((part, at) => samePart(part, other[at] ?? ""));
}

const STREAM = "\nstream\n";
const END = "\nendstream";

/** What stands between streams and, at the odd places, the streams; what hangs on their lengths is left out. */
function partsOf(pdf: Buffer): string[] {
  const [body = ""] = pdf.toString("latin1").split("\nxref\n");
  return body.split(STREAM).flatMap((part, index) => {
    const end = index === 0 ? -1 : part.indexOf(END);
    const rest = part.slice(end + 1).replaceAll(/\/Length \d+/g, "/Length");
    return index === 0 ? [rest] : [part.slice(0, Math.max(end, 0)), rest];
  });
}

function samePart(found: string, drawn: string): boolean {
  if (found === drawn) return true;
  const wanted = inflated(drawn, undefined);
  return wanted !== null && inflated(found, wanted.length)?.equals(wanted) === true;
}

/** Null for what was not compressed, or comes to more than `most` bytes. */
function inflated(stream: string, most: number | undefined): Buffer | null {
  try {
    return inflateSync(Buffer.from(stream, "latin1"), { maxOutputLength: most });
  } catch {
    return null;
  }
}
