import type { CandidateRow, ScoreRow } from "../core/records.ts";
import type { Interval } from "../core/statistics/interval.ts";
import { wilsonInterval } from "../core/statistics/wilson.ts";
import { type ControlLine, controlLines } from "./control-facts.ts";
import { provenanceOf, titleOf } from "./curve-words.ts";
import { refusal, refuseMixtures, refuseMock } from "./refusals.ts";
import type { RunEnd } from "./run-end.ts";

/** What was offered in one generation; an invalid candidate has no score. */
export type CandidateMark =
  | { readonly fate: "accepted" | "rejected"; readonly passed: number }
  | { readonly fate: "invalid" };

export interface GenerationPoint {
  readonly generation: number;
  /** Tasks that the standing agent passes. */
  readonly passed: number;
  /** Of the pass rate, as a proportion. */
  readonly interval: Interval;
  /** Null in generation 0, where nothing is offered. */
  readonly candidate: CandidateMark | null;
  /** Of the standing agent, as a proportion; null where none was scored. */
  readonly heldOut: number | null;
}

/** A child that was offered beside the candidate and has a score. */
export interface ChildMark {
  readonly generation: number;
  readonly passed: number;
  /** Its place among the generation's children, from 0 to below 1. */
  readonly place: number;
}

/** Everything an improvement curve shows. */
export interface CurveFacts {
  readonly mock: boolean;
  readonly title: string;
  readonly total: number;
  /** In the order of their generations, at least one. */
  readonly points: readonly GenerationPoint[];
  readonly children: readonly ChildMark[];
  readonly controls: readonly ControlLine[];
  /** Held-out tasks that were scored; null where none were. */
  readonly heldOutTotal: number | null;
  /** What a reader must know of the run, each a label and a value. */
  readonly provenance: readonly (readonly [label: string, value: string])[];
  readonly lastTimestamp: Date;
}

/** What a caller decides and knows beside the rows. */
export interface CurveOptions {
  readonly allowMock: boolean;
  /** Left out or null where no record tells; the face says so. */
  readonly end?: RunEnd | null;
  /** SHA-256 of the head of the journal whose answers were replayed; left out or null where a run asked for its own. */
  readonly replayOf?: string | null;
  /** Every child of the run, where generations have several. */
  readonly children?: readonly CandidateRow[];
  /** The scores of each control run that was made beside the run; of several of one control the mean is drawn. */
  readonly controls?: readonly (readonly ScoreRow[])[];
}

/** Throws a UserError where the rows allow no honest curve. */
export function curveFacts(
  rows: readonly ScoreRow[],
  { allowMock, end = null, replayOf = null, children = [], controls = [] }: CurveOptions,
): CurveFacts {
  const sorted = rows.toSorted((a, b) => a.generation - b.generation);
  const last = sorted.at(-1);
  if (last === undefined) {
    throw refusal("There are no scores to draw; run `metai self-improve` first.");
  }
  refuseMixtures(sorted);
  refuseMock(last, allowMock);
  return {
    mock: last.run_type === "mock",
    title: titleOf(last),
    total: last.total,
    points: sorted.map(pointOf),
    children: childMarks(children, last.generation),
    controls: controlLines(controls, sorted[0] ?? last),
    heldOutTotal: last.held_out_total,
    provenance: provenanceOf(sorted, last, { end, replayOf }),
    lastTimestamp: new Date(last.timestamp),
  };
}

/** Those beside the candidates, in the generations that have scores. */
function childMarks(children: readonly CandidateRow[], lastGeneration: number): ChildMark[] {
  return children.flatMap(({ generation, child, passed, chosen }) => {
    if (passed === null || chosen || generation > lastGeneration) return [];
    const siblings = children.filter((one) => one.generation === generation).length;
    return [{ generation, passed, place: (child - 0.5) / siblings }];
  });
}

function pointOf(row: ScoreRow): GenerationPoint {
  return {
    generation: row.generation,
    passed: row.passed,
    interval: wilsonInterval(row.passed, row.total),
    candidate: candidateOf(row),
    heldOut:
      row.held_out_passed === null || row.held_out_total === null
        ? null
        : row.held_out_passed / row.held_out_total,
  };
}

function candidateOf(row: ScoreRow): CandidateMark | null {
  if (row.accepted === null) return null;
  if (row.candidate_passed === null) return { fate: "invalid" };
  return { fate: row.accepted ? "accepted" : "rejected", passed: row.candidate_passed };
}
