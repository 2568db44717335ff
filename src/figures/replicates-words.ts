import { oneLine } from "../core/one-line.ts";
import type { ScoreRow } from "../core/records.ts";
import { type Estimate, RESAMPLES } from "../core/replicates.ts";
import {
  CONTROL_IN_WORDS,
  dateRange,
  distinct,
  RUN_TYPE_IN_WORDS,
  SANDBOX_IN_WORDS,
} from "./curve-words.ts";
import type { ReplicateRun } from "./replicates-facts.ts";
import { endInWords } from "./run-end.ts";

/** The title of runs of which one has this row. */
export function titleOfRuns(
  { run_type, control, benchmark }: ScoreRow,
  { runs, lastGeneration }: { readonly runs: number; readonly lastGeneration: number },
): string {
  const name = oneLine(benchmark, 24);
  const plural = runs === 1 ? "run" : "runs";
  if (run_type === "mock") return `${runs} MOCK ${plural}: scripted answers`;
  if (control !== null) return `${runs} CONTROL ${plural} on ${name}: ${control}`;
  if (lastGeneration === 0) return `Seed agent on ${name}, ${runs} ${plural}: nothing was offered`;
  return run_type === "search"
    ? `${runs} search ${plural} on ${name}: keyless, no model`
    : `${runs} self-improvement ${plural} on ${name}`;
}

interface About {
  readonly rows: readonly ScoreRow[];
  readonly first: ScoreRow;
  readonly mean: readonly Estimate[];
  readonly heldOut: { readonly total: number; readonly mean: readonly Estimate[] } | null;
  readonly seed: number;
}

/** What a reader must know of the runs, each a label and a value. */
export function provenanceOfRuns(
  runs: readonly ReplicateRun[],
  { rows, first, mean, heldOut, seed }: About,
): [string, string][] {
  const models = distinct(rows, ({ model }) => model);
  const answering = distinct(rows, (row) => row.response_model);
  const servers = distinct(rows, (row) => row.base_url?.replace(/\/+$/, "") ?? null);
  const facts: [string, string][] = [
    ["tasks", `first ${first.total} ${first.benchmark} tasks`],
    [first.run_type === "mock" ? "script" : "model", modelsInWords(models, runs)],
  ];
  if (answering.some((name) => !models.includes(name))) {
    facts.push(["answered by", answering.join(", ")]);
  }
  if (servers.length > 0) facts.push(["server", servers.join(", ")]);
  if (first.control !== null) facts.push(["control", CONTROL_IN_WORDS[first.control]]);
  facts.push(["final", meanInWords(mean, first.total)]);
  if (heldOut !== null) {
    facts.push(["held out", `${meanInWords(heldOut.mean, heldOut.total)}; scored after the runs`]);
  }
  if (runs.length > 1) {
    facts.push([
      "intervals",
      `95 %, percentile bootstrap over ${runs.length} whole runs, ` +
        `${RESAMPLES.toLocaleString("en-US")} resamples, seed ${seed}`,
    ]);
  }
  facts.push(
    ["run type", RUN_TYPE_IN_WORDS[first.run_type]],
    ["sandbox", distinct(rows, (row) => SANDBOX_IN_WORDS[row.sandbox]).join(", ")],
    ["ended", endsInWords(runs)],
    ["date", dateRange(rows)],
  );
  return facts;
}

/** Proposers that draw are called by their seed. */
function modelsInWords(models: readonly string[], runs: readonly ReplicateRun[]): string {
  if (models.length === 1) return models.join();
  const names = [...new Set(models.map((model) => model.replace(/ seed \d+/, "")))];
  return `${names.join(", ")}, ${seedsInWords(runs.flatMap(({ seed }) => seed ?? []))}`;
}

function seedsInWords(seeds: readonly number[]): string {
  const sorted = seeds.toSorted((a, b) => a - b);
  const [low = 0] = sorted;
  const isRow = sorted.length > 2 && sorted.every((seed, index) => seed === low + index);
  return `seeds ${isRow ? `${low} to ${sorted.at(-1)}` : sorted.join(", ")}`;
}

function meanInWords(mean: readonly Estimate[], total: number): string {
  const [first, last] = [mean[0], mean.at(-1)];
  if (first === undefined || last === undefined) return "not known";
  const { interval } = last;
  const between = interval ? ` (${shown(interval.low)} to ${shown(interval.high)})` : "";
  return `mean ${shown(last.mean)} of ${total}${between}; seed ${shown(first.mean)}`;
}

/** To a tenth of a task. */
function shown(tasks: number): string {
  return tasks.toFixed(1).replace(/\.0$/, "");
}

/** Equal ends once, with how many there are where they differ. */
function endsInWords(runs: readonly ReplicateRun[]): string {
  const counts = new Map<string, number>();
  for (const { rows, end } of runs) {
    const words = endInWords(end, rows.length - 1);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  if (counts.size === 1) return [...counts.keys()].join();
  return [...counts].map(([words, count]) => `${count} ${words}`).join("; ");
}
