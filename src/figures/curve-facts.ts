import { oneLine } from "../core/one-line.ts";
import type { ScoreRow } from "../core/records.ts";
import { type Interval, wilsonInterval } from "../core/statistics.ts";
import { UserError } from "../errors.ts";
import { endInWords, type RunEnd } from "./run-end.ts";

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
}

/** Everything an improvement curve shows. */
export interface CurveFacts {
  readonly mock: boolean;
  readonly title: string;
  readonly total: number;
  /** In the order of their generations, at least one. */
  readonly points: readonly GenerationPoint[];
  /** What a reader must know of the run, each a label and a value. */
  readonly provenance: readonly (readonly [label: string, value: string])[];
  readonly lastTimestamp: Date;
}

/** What a caller decides and knows beside the rows. */
export interface CurveOptions {
  readonly allowMock: boolean;
  /** Left out or null where no record tells; the face says so. */
  readonly end?: RunEnd | null;
}

/** Throws a UserError where the rows allow no honest curve. */
export function curveFacts(
  rows: readonly ScoreRow[],
  { allowMock, end = null }: CurveOptions,
): CurveFacts {
  const sorted = rows.toSorted((a, b) => a.generation - b.generation);
  const last = sorted.at(-1);
  if (last === undefined) {
    throw refusal("There are no scores to draw; run `metai self-improve` first.");
  }
  const runTypes = distinct(sorted, (row) => row.run_type);
  if (runTypes.length > 1) {
    throw refusal(
      `The scores mix run types (${runTypes.join(", ")}), and no figure mixes them; draw each run from a results folder of its own.`,
    );
  }
  const benchmarks = distinct(sorted, (row) => row.benchmark);
  if (benchmarks.length > 1) {
    throw refusal(
      `The scores mix benchmarks (${benchmarks.join(", ")}), and no figure mixes them; draw each run from a results folder of its own.`,
    );
  }
  const totals = distinct(sorted, (row) => String(row.total));
  if (totals.length > 1) {
    throw refusal(
      `The scores count different numbers of tasks (${totals.join(", ")}), which no one curve can show; draw each run from a results folder of its own.`,
    );
  }
  const mock = last.run_type === "mock";
  if (mock && !allowMock) {
    throw refusal(
      "These scores come from a mock run, whose answers are scripted: there is no self-improvement to draw; add --allow-mock to draw them marked MOCK.",
    );
  }
  return {
    mock,
    title: TITLES[last.run_type][last.generation > 0 ? "answered" : "unanswered"](
      oneLine(last.benchmark, 24),
    ),
    total: last.total,
    points: sorted.map(pointOf),
    provenance: provenanceOf(sorted, last, end),
    lastTimestamp: new Date(last.timestamp),
  };
}

/** A row beyond generation 0 is there only if an answer was received. */
const TITLES = {
  search: {
    answered: (benchmark: string) => `Search run on ${benchmark}: keyless, no model`,
    unanswered: (benchmark: string) => `Seed agent on ${benchmark}: nothing offered yet`,
  },
  api: {
    answered: (benchmark: string) => `Self-improvement run on ${benchmark}`,
    unanswered: (benchmark: string) => `Seed agent on ${benchmark}: no answer received`,
  },
  mock: {
    answered: () => "MOCK run: scripted answers",
    unanswered: () => "MOCK run: no answer received",
  },
};

function refusal(message: string): UserError {
  return new UserError(message, { kind: "refused" });
}

function pointOf(row: ScoreRow): GenerationPoint {
  return {
    generation: row.generation,
    passed: row.passed,
    interval: wilsonInterval(row.passed, row.total),
    candidate: candidateOf(row),
  };
}

function candidateOf(row: ScoreRow): CandidateMark | null {
  if (row.accepted === null) return null;
  if (row.candidate_passed === null) return { fate: "invalid" };
  return { fate: row.accepted ? "accepted" : "rejected", passed: row.candidate_passed };
}

function provenanceOf(
  rows: readonly ScoreRow[],
  last: ScoreRow,
  end: RunEnd | null,
): [string, string][] {
  const models = distinct(rows, (row) => row.model);
  const answering = distinct(rows, (row) => row.response_model);
  const servers = distinct(rows, (row) => row.base_url?.replace(/\/+$/, "") ?? null);
  const facts: [string, string][] = [
    ["tasks", `first ${last.total} ${last.benchmark} tasks`],
    [last.run_type === "mock" ? "script" : "model", models.join(", ")],
  ];
  if (answering.some((name) => !models.includes(name))) {
    facts.push(["answered by", answering.join(", ")]);
  }
  if (last.generation === 0) facts.push(["answers", "none was received"]);
  if (servers.length > 0) facts.push(["server", servers.join(", ")]);
  facts.push(
    ["run type", RUN_TYPE_IN_WORDS[last.run_type]],
    ["sandbox", distinct(rows, (row) => SANDBOX_IN_WORDS[row.sandbox]).join(", ")],
    ["ended", end === null ? "not recorded" : endInWords(end, last.generation)],
    ["date", dateRange(rows)],
  );
  return facts;
}

const RUN_TYPE_IN_WORDS = {
  api: "api: over the OpenAI protocol",
  mock: "mock: plumbing, not self-improvement",
  search: "search: keyless, no model",
};

const SANDBOX_IN_WORDS = {
  bubblewrap: "bubblewrap",
  process: "process (no security boundary)",
};

/** The UTC days of the first and the last row. */
function dateRange(rows: readonly ScoreRow[]): string {
  const days = distinct(rows, (row) =>
    new Date(row.timestamp).toISOString().slice(0, 10),
  ).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
}

/** The different values of a field in the order in which they first appear, without nulls. */
function distinct(
  rows: readonly ScoreRow[],
  field: (row: ScoreRow) => string | null,
): readonly string[] {
  return [...new Set(rows.map(field).filter((value) => value !== null))];
}
