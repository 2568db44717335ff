import type { BenchmarkChoice } from "../../benchmark/choice.ts";
import { count } from "../../core/count.ts";
import { dollars } from "../../core/price.ts";
import { oneLine } from "../../core/one-line.ts";
import { asksNone } from "../../core/records.ts";
import type { Comparison } from "./comparison.ts";
import type { EstimateFields, Means, ReplicatesSummary } from "./summary.ts";
import { whereToFind } from "../options/benchmark.ts";
import { asArgument } from "../options/run-folder.ts";
import { CONTROLS_IN_WORDS } from "../run/summary.ts";
import { alignColumns, colorsFor, thousands } from "../terminal/style.ts";

/** What several runs say on standard output when they are over; with --json, literally this. */
export interface ReplicatesReport extends ReplicatesSummary {
  readonly results: string;
  readonly comparisons: readonly Comparison[];
}

/** `choice` is the benchmark as it was asked for. */
export function printReplicates(report: ReplicatesReport, choice: BenchmarkChoice): void {
  const color = colorsFor(process.stdout);
  const table = ([header = "", ...lines]: string[]) => [color.dim(header), ...lines, ""];
  const compared = comparisons(report);
  console.log(
    [
      "",
      headline(report),
      "",
      ...table(alignColumns(runTable(report))),
      ...means(report),
      "",
      ...(compared.length === 0 ? [] : table(compared)),
      ...notes(report),
      "",
      ...next(report, choice),
    ].join("\n"),
  );
}

function headline(summary: ReplicatesSummary): string {
  const { runs, run_type, control, models, base_url, sandbox, total, benchmark } = summary;
  const parts = [
    count(runs.length, "run"),
    `run_type ${run_type}`,
    ...(control === null ? [] : [`control ${control}`]),
    ...(models.length === 1
      ? [`model ${models[0]}${base_url === null ? "" : ` at ${base_url}`}`]
      : []),
    `sandbox ${sandbox}`,
    `first ${total} ${oneLine(benchmark, 60)} tasks`,
  ];
  return parts.join(", ");
}

function runTable({ runs, held_out_total: of }: ReplicatesSummary): string[][] {
  return [
    ["run", "seed", "selection", ...(of === null ? [] : ["held out"]), "ended"],
    ...runs.map(({ run, seed, passed, held_out_passed: heldOut, ended }) => [
      run,
      String(seed ?? ""),
      fromTo(passed),
      ...(of === null ? [] : [fromTo(heldOut)]),
      `${ended ?? "unfinished"} after generation ${passed.length - 1}`,
    ]),
  ];
}

function fromTo(scores: readonly (number | null)[]): string {
  return `${scores[0] ?? "–"} to ${scores.at(-1) ?? "–"}`;
}

function means({
  selection,
  held_out: heldOut,
  total,
  held_out_total: of,
  runs,
}: ReplicatesSummary) {
  if (selection === null) {
    const over = runs.filter(({ ended }) => ended === "completed" || ended === "perfect").length;
    return [
      `No mean: ${over} of ${count(runs.length, "run")} are over, and a mean over these would favour ` +
        "what ended early. The same command with --resume goes on.",
    ];
  }
  const row = (what: string, value: (means: Means) => string) => [
    what,
    value(selection),
    ...(heldOut === null ? [] : [value(heldOut)]),
  ];
  return alignColumns([
    ["", `the ${total} they are selected on`, ...(heldOut === null ? [] : [`${of} held out`])],
    row("seed", ({ seed }) => shown(seed)),
    row("mean final score", ({ final }) => inWords(final)),
    row("mean gain", ({ gain }) => inWords(gain)),
  ]);
}

function comparisons({ comparisons: found }: ReplicatesReport): string[] {
  if (found.length === 0) return [];
  const header = ["against", "on", "pairs", "mean difference", "higher/lower/equal", "sign test"];
  return alignColumns([
    header,
    ...found.map(({ control, on, pairs, difference, higher, lower, tied, p_value }) => [
      control,
      on === "selection" ? "selection" : "held out",
      String(pairs),
      inWords(difference),
      `${higher}/${lower}/${tied}`,
      `p = ${p_value.toPrecision(2)}`,
    ]),
  ]);
}

function notes(summary: ReplicatesReport): string[] {
  const { bootstrap, runs, selection, run_type, control } = summary;
  const { prompt_tokens, completion_tokens, cost_usd } = summary;
  const lines: string[] = [];
  if (selection?.final.interval) {
    lines.push(
      `95 % intervals: percentile bootstrap over whole runs, ${thousands(bootstrap.resamples)} resamples, seed ${bootstrap.seed}. ` +
        "Over few runs they are too narrow.",
    );
    if (summary.comparisons.length > 0) {
      lines.push(
        "Compared are final scores of runs of equal seeds; the sign test is exact, two-sided.",
      );
    }
  } else if (runs.length === 1) {
    lines.push("One run tells nothing of how runs differ: it has no interval.");
  }
  if (prompt_tokens !== null && completion_tokens !== null) {
    const cost = cost_usd === null ? "" : `; ${dollars(cost_usd)}`;
    lines.push(
      `Tokens: ${thousands(prompt_tokens)} in prompts, ${thousands(completion_tokens)} in answers${cost}.`,
    );
  }
  if (run_type === "mock") {
    lines.push("MOCK RUNS: the answers were scripted; they are no self-improvement.");
  }
  if (control !== null) lines.push(CONTROLS_IN_WORDS[control]);
  if (run_type === "search") {
    lines.push(
      asksNone(control)
        ? "No model took part."
        : "Keyless search: the agents' source was edited by a program; no model took part.",
    );
  }
  return lines;
}

function next({ results, run_type }: ReplicatesReport, choice: BenchmarkChoice): string[] {
  const allow = run_type === "mock" ? " --allow-mock" : "";
  const run = asArgument(results);
  return [
    `Everything is in ${results}, a folder a run. Draw them: npx metai analyze${run}${allow}`,
    `Check them: npx metai verify${run}${whereToFind(choice)}`,
  ];
}

function inWords({ mean, interval }: EstimateFields): string {
  if (interval === null) return shown(mean);
  return `${shown(mean)}, interval ${interval.map(shown).join(" to ")}`;
}

/** To a tenth of a task. */
function shown(tasks: number): string {
  return tasks.toFixed(1).replace(/\.0$/, "");
}
