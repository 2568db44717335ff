import { join } from "node:path";

import { UserError } from "../../errors.ts";
import { readPlainFile } from "../../store/plain-file.ts";
import { REPLICATES } from "../../store/layout.ts";
import { differenceBetween } from "../../verify/files.ts";
import { checked, type CheckResult } from "../../verify/findings.ts";
import { readReplicates } from "../replicates/folder.ts";
import { replicatesSummary, summaryFile } from "../replicates/summary.ts";
import { checkCurve } from "./curve.ts";
import type { RunVerification } from "./run.ts";

/** What is drawn from the several runs of a folder as one. */
export async function verifyReplicates(folder: string): Promise<RunVerification> {
  const checks = [await checkSummary(folder), await checkCurve(folder)];
  return { folder, head: null, run_type: null, ended: null, checks, criteria: [] };
}

async function checkSummary(folder: string): Promise<CheckResult> {
  const about = `${REPLICATES}, computed again from the journals of the runs`;
  const wrong = (words: string) => checked("files", about, [{ where: REPLICATES, words }]);
  const found = await readPlainFile(join(folder, REPLICATES));
  if (found === null) return wrong("it is missing: metai rebuild makes it");
  if ("problem" in found) return wrong(found.problem);
  try {
    const summary = replicatesSummary(await readReplicates(folder));
    const [here, told] = [found.bytes.toString("utf8"), summaryFile(summary)];
    if (here === told) return checked("files", about, []);
    return checked("files", about, [differenceBetween(REPLICATES, here, told)]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return wrong(error.message);
  }
}
