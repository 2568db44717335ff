import { join } from "node:path";
import { inflateSync } from "node:zlib";

import { UserError } from "../../errors.ts";
import { readPlainFile } from "../../store/evidence.ts";
import { CURVE } from "../../store/layout.ts";
import type { CheckResult } from "../../verify/findings.ts";
import { checked, notDone } from "../../verify/findings.ts";
import { drawCurve } from "../run/curve.ts";

/** Whether the curve beside a run is the one that is drawn of it now. Its tables have to be verified before. */
export async function checkCurve(folder: string): Promise<CheckResult> {
  const found = await readPlainFile(join(folder, CURVE));
  if (found === null) return notDone("curve", "none was drawn");
  if ("problem" in found) return wrong(found.problem);
  if (found.bytes.length > LARGEST_CURVE) return wrong("it is larger than any curve of metai's");
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
function samePage(one: Buffer, other: Buffer): boolean {
  return one.equals(other) || unpacked(one) === unpacked(other);
}

/** Far more than a curve has, in bytes: what is larger is none, and is not unpacked. */
const LARGEST_CURVE = 2 * 1024 * 1024;

/** A PDF without the lengths and places that hang on how well its streams were compressed; in linear time. */
function unpacked(pdf: Buffer): string {
  const [body = ""] = pdf.toString("latin1").split("\nxref\n");
  const parts: string[] = [];
  let left = 8 * LARGEST_CURVE; // of what streams from elsewhere may unpack to, together
  for (const [index, part] of body.split(/\r?\nendstream/).entries()) {
    const start = /(?<![a-z])stream\r?\n/.exec(part);
    if (start === null) {
      parts.push(part);
      continue;
    }
    const packed = part.slice(start.index + start[0].length);
    const stream = inflated(Buffer.from(packed, "latin1"), left);
    left -= stream.length;
    parts.push(String(index), part.slice(0, start.index), stream);
  }
  return parts.join("\n").replaceAll(/\/Length \d+/g, "/Length");
}

function inflated(stream: Buffer, most: number): string {
  if (most <= 0) return "";
  try {
    return inflateSync(stream, { maxOutputLength: most }).toString("latin1");
  } catch {
    return stream.toString("latin1"); // it was not compressed, or would be too large
  }
}
