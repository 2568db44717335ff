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

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;
/** Far more than any stream of a curve has, in bytes. */
const LARGEST_STREAM = 16 * 1024 * 1024;

/** A PDF without the lengths and places that hang on how well its streams were compressed. */
function unpacked(pdf: Buffer): string {
  const [body = ""] = pdf.toString("latin1").split("\nxref\n");
  return body
    .replaceAll(/\/Length \d+/g, "/Length")
    .replaceAll(STREAM, (_, stream: string) => inflated(Buffer.from(stream, "latin1")));
}

function inflated(stream: Buffer): string {
  try {
    return inflateSync(stream, { maxOutputLength: LARGEST_STREAM }).toString("latin1");
  } catch {
    return stream.toString("latin1"); // it was not compressed
  }
}
