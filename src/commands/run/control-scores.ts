import { join } from "node:path";

import type { ScoreRow } from "../../core/records.ts";
import { CONTROL_FOLDERS, CONTROLS, SCORES } from "../../store/layout.ts";
import { readScores } from "../../store/tables.ts";
import { readReplicates } from "../replicates/folder.ts";
import { hasCode } from "../../errors.ts";

/** The scores of each run of a control that stands beside a run, a single one or several. */
export async function readControls(results: string): Promise<(readonly ScoreRow[])[]> {
  const all = await Promise.all(
    CONTROL_FOLDERS.map(async (name) => {
      const folder = join(results, CONTROLS, name);
      const single = await ifThere(readScores(join(folder, SCORES)), null);
      return single === null ? (await readReplicates(folder)).map(({ rows }) => rows) : [single];
    }),
  );
  return all.flat();
}

/** `otherwise` where there is no such file. */
export async function ifThere<T, U>(reading: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await reading;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return otherwise;
    throw error;
  }
}
