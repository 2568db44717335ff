import type { EventOf } from "../core/journal.ts";
import { checked, type CheckResult, notDone } from "./findings.ts";

/** Whether the run is over, and how it ended. */
export function checkEnd(ended: EventOf<"run-ended"> | null): CheckResult {
  if (ended === null) {
    const words = "the run is not over: go on with it (metai self-improve with --resume)";
    return checked("end", "how the run ended", [{ where: "journal.jsonl, its end", words }]);
  }
  const isWhole = ended.ended === "completed" || ended.ended === "perfect";
  const note = `this is no whole run, and only what it holds is verified: it ended as "${ended.ended}"`;
  return checked("end", `the run ended as "${ended.ended}"`, [], isWhole ? [] : [note]);
}

/** Whether the journal's last line is the one that was published. Both are SHA-256, `wanted` null where none was given. */
export function checkHead(wanted: string | null, head: string | null): CheckResult {
  if (wanted === null) {
    return notDone(
      "head",
      "no published hash was given (--head HASH), so a journal made up as a whole is not seen",
    );
  }
  const words = `its SHA-256 is ${head ?? "none"}, not ${wanted}`;
  const findings = head === wanted ? [] : [{ where: "journal.jsonl, its last line", words }];
  return checked("head", "the last line against the hash that was given", findings);
}
