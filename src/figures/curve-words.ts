import { oneLine } from "../core/one-line.ts";
import type { ScoreRow } from "../core/records.ts";
import { wilsonInterval } from "../core/statistics/wilson.ts";
import { endInWords, type RunEnd } from "./run-end.ts";

/** A row beyond generation 0 is there only if an answer was received. */
const TITLES = {
  search: {
    answered: (benchmark: string) => `Search run on ${benchmark}: keyless, no model`,
    unanswered: (benchmark: string) => `Seed agent on ${benchmark}: nothing was offered`,
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

/** The title of a run whose last row this is. */
export function titleOf({ run_type, control, benchmark, generation }: ScoreRow): string {
  const name = oneLine(benchmark, 24);
  if (control !== null && run_type !== "mock") return `CONTROL run on ${name}: ${control}`;
  return TITLES[run_type][generation > 0 ? "answered" : "unanswered"](name);
}

export const CONTROL_IN_WORDS = {
  "no-selection": "no-selection: each first child stood, whatever it passed",
  same: "same: the parent was offered unchanged",
  "random-edit": "random-edit: the edits meant nothing",
  "every-part": "every-part: the seed with every part of the box at once",
};

function heldOutInWords(first: ScoreRow | undefined, last: ScoreRow): string | null {
  const { held_out_passed: passed, held_out_total: total } = last;
  if (passed === null || total === null) return null;
  const { low, high } = wilsonInterval(passed, total);
  const [from, to] = [low, high].map((bound) => Math.round(bound * 100));
  const seed = first?.held_out_passed ?? null;
  const before = seed === null ? "" : `; seed ${seed}`;
  return `${passed} of ${total} passed (${from} to ${to} %)${before}; scored after the run`;
}

/** What a reader must know of the run, each a label and a value. */
export function provenanceOf(
  rows: readonly ScoreRow[],
  last: ScoreRow,
  { end, replayOf }: { readonly end: RunEnd | null; readonly replayOf: string | null },
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
  else if (replayOf !== null) {
    facts.push(["answers", `replayed from the run of journal head ${replayOf.slice(0, 16)}`]);
  }
  if (servers.length > 0) facts.push(["server", servers.join(", ")]);
  if (last.control !== null) facts.push(["control", CONTROL_IN_WORDS[last.control]]);
  const heldOut = heldOutInWords(rows[0], last);
  if (heldOut !== null) facts.push(["held out", heldOut]);
  facts.push(
    ["run type", RUN_TYPE_IN_WORDS[last.run_type]],
    ["sandbox", distinct(rows, (row) => SANDBOX_IN_WORDS[row.sandbox]).join(", ")],
    ["ended", end === null ? "not recorded" : endInWords(end, last.generation)],
    ["date", dateRange(rows)],
  );
  return facts;
}

export const RUN_TYPE_IN_WORDS = {
  api: "api: over the OpenAI protocol",
  mock: "mock: plumbing, not self-improvement",
  search: "search: keyless, no model",
};

export const SANDBOX_IN_WORDS = {
  bubblewrap: "bubblewrap",
  process: "process (no security boundary)",
};

/** The UTC days of the first and the last row. */
export function dateRange(rows: readonly ScoreRow[]): string {
  const days = distinct(rows, (row) =>
    new Date(row.timestamp).toISOString().slice(0, 10),
  ).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
}

/** The different values of a field in the order in which they first appear, without nulls. */
export function distinct(
  rows: readonly ScoreRow[],
  field: (row: ScoreRow) => string | null,
): readonly string[] {
  return [...new Set(rows.map(field).filter((value) => value !== null))];
}
