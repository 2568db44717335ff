import { join } from "node:path";

import { oneLine } from "../../core/one-line.ts";
import type { CandidateRow, ScoreRow } from "../../core/records.ts";
import { hasCode, UserError } from "../../errors.ts";
import { endInWords, type RunEnd } from "../../figures/run-end.ts";
import { CANDIDATES, MANIFEST, SCORES } from "../../store/layout.ts";
import { type Manifest, readManifest } from "../../store/manifest.ts";
import { holdsRun, suchAsBelow } from "../../store/run-folders.ts";
import { readCandidates, readScores } from "../../store/tables.ts";
import { ifThere, readControls } from "./control-scores.ts";
import { drawReplicates } from "../replicates/curve.ts";
import { readReplicates } from "../replicates/folder.ts";

/** The curve of a run, or of several, and what its reader should be told of how the run ended, if anything. */
export async function drawCurve(
  results: string,
  allowMock: boolean,
): Promise<{ bytes: Uint8Array; note: string | null }> {
  if (!(await holdsRun(results))) {
    const runs = await readReplicates(results);
    if (runs.length > 0) return drawReplicates(results, runs, allowMock);
  }
  const rows = await readRun(results);
  const path = join(results, MANIFEST);
  const manifest = await readManifest(path);
  if (manifest !== null) refuseRowsOfAnotherRun(results, rows, manifest);
  const end = manifest === null ? null : endOf(manifest);
  const { improvementCurve } = await import("../../figures/improvement-curve.ts");
  const children = await readChildren(results, rows);
  const controls = await readControls(results);
  const replayOf = manifest?.replay_of ?? null;
  const options = { allowMock, end, replayOf, children, controls };
  const bytes = await improvementCurve(rows, options);
  if (end === null) {
    return { bytes, note: `Note: there is no ${path}, so how the run ended is not known.` };
  }
  if (end.how === "completed" || end.how === "perfect") return { bytes, note: null };
  return { bytes, note: `Note: this is no whole run: ${endInWords(end, rows.length - 1)}.` };
}

function endOf({ status, ended, settings: { generations } }: Manifest): RunEnd {
  if (status === "running") return { how: "unfinished", generations };
  return { how: status === "done" ? (ended ?? "completed") : status, generations };
}

/** A changed or foreign table must not be drawn as the run that the manifest tells of. */
function refuseRowsOfAnotherRun(
  results: string,
  rows: readonly ScoreRow[],
  manifest: Manifest,
): void {
  const difference = firstDifference(rows, manifest);
  if (difference === null) return;
  const { field, inScores, inManifest } = difference;
  throw new UserError(
    `${join(results, SCORES)} says ${field} ${shown(inScores)} and ${MANIFEST} beside it ${shown(inManifest)}: ` +
      `these are not the files of one run; put back what the run wrote, or run again.`,
    { kind: "refused" },
  );
}

type Value = string | number | null;

function firstDifference(rows: readonly ScoreRow[], manifest: Manifest) {
  for (const row of rows) {
    const pairs: [field: string, inScores: Value, inManifest: Value][] = [
      ["run_type", row.run_type, manifest.run_type],
      ["control", row.control, manifest.control],
      ["benchmark", row.benchmark, manifest.benchmark.name],
      ["model", row.model, manifest.model],
      ["base_url", row.base_url, manifest.base_url],
      ["total", row.total, manifest.benchmark.tasks],
    ];
    for (const [field, inScores, inManifest] of pairs) {
      if (inScores !== inManifest) return { field, inScores, inManifest };
    }
  }
  return differenceAtEnd(rows, manifest);
}

/** A whole run has all its generations, or a perfect score in its last. */
function differenceAtEnd(rows: readonly ScoreRow[], { ended, settings }: Manifest) {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const { generation, passed, total } = last;
  const tooMany = generation > settings.generations;
  const tooFew = ended === "completed" && generation < settings.generations;
  if (tooMany || tooFew) {
    return { field: "generations", inScores: generation, inManifest: settings.generations };
  }
  if (ended !== "perfect" || passed === total) return null;
  return { field: "passed", inScores: passed, inManifest: total };
}

function shown(value: Value): string {
  return value === null || value === "" ? "(none)" : oneLine(String(value), 80);
}

/** The children of the run, if it is one that has the table. */
async function readChildren(results: string, rows: readonly ScoreRow[]): Promise<CandidateRow[]> {
  const path = join(results, CANDIDATES);
  const children = await ifThere(readCandidates(path), []);
  for (const { generation, candidates, candidate_passed: passed } of rows) {
    const own = children.filter((child) => child.generation === generation);
    const chosen = own.find((child) => child.chosen);
    if (own.length === 0 || (own.length === candidates && chosen?.passed === passed)) continue;
    throw new UserError(
      `${path} and ${SCORES} beside it differ in generation ${generation}: these are not the files of one run; put back what the run wrote, or run again.`,
      { kind: "refused" },
    );
  }
  return children;
}

async function readRun(results: string) {
  const path = join(results, SCORES);
  try {
    return await readScores(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      throw new UserError(
        `There is no ${path} to draw: run "metai self-improve" first, or name the run's folder${await suchAsBelow(results)}.`,
        { cause: error },
      );
    }
    throw error;
  }
}
