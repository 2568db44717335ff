import { join } from "node:path";

import { UserError } from "../errors.ts";
import { readPlainFile } from "../store/evidence.ts";
import { REPLICATES } from "../store/layout.ts";
import { holdsRun, replicatesIn } from "../store/run-folders.ts";
import { differenceBetween } from "../verify/files.ts";
import { checked, type CheckResult } from "../verify/findings.ts";
import { readReplicates } from "./replicates-folder.ts";
import { replicatesSummary, summaryFile } from "./replicates-summary.ts";
import { checkCurve } from "./verify-curve.ts";
import type { RunVerification } from "./verify-run.ts";

/** What is drawn from several runs as one, where a folder holds them and none of its own; else null. */
export async function verifyReplicates(folder: string): Promise<RunVerification | null> {
  if ((await holdsRun(folder)) || (await replicatesIn(folder)).length === 0) return null;
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
    const [here, told] = [found.bytes.toString("utf8"), await summaryOf(folder)];
    return checked(
      "files",
      about,
      here === told ? [] : [differenceBetween(REPLICATES, here, told)],
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return wrong(error.message);
  }
}

/** The content of `replicates.json`. Throws a UserError where a journal is damaged. */
export async function summaryOf(folder: string): Promise<string> {
  return summaryFile(replicatesSummary(await readReplicates(folder)));
}
