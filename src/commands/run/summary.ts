import type { BenchmarkChoice } from "../../benchmark/choice.ts";
import { caveatOf } from "../../core/benchmarks.ts";
import { count } from "../../core/count.ts";
import { oneLine } from "../../core/one-line.ts";
import { asksNone, type ScoreRow } from "../../core/records.ts";
import { dollars } from "../../core/price.ts";
import { wilsonInterval } from "../../core/statistics/wilson.ts";
import type { RunResult } from "../../loop/parts.ts";
import type { ExperimentResult } from "./experiment.ts";
import { whereToFind } from "../options/benchmark.ts";
import { asArgument } from "../options/run-folder.ts";
import { alignColumns, colorsFor, thousands, WIDTH, wrap } from "../terminal/style.ts";

/** What a finished run says on standard output; with --json, literally this. */
export interface RunSummary {
  readonly run_type: ScoreRow["run_type"];
  /** Null for a run that is no control. */
  readonly control: ScoreRow["control"];
  /** HumanEval, Fresh, Practice, or the name of a file of tasks. */
  readonly benchmark: string;
  readonly model: string;
  readonly base_url: string | null;
  readonly sandbox: ScoreRow["sandbox"];
  readonly ended: RunResult["ended"];
  /** Why it may use no more, or null. */
  readonly problem: string | null;
  readonly total: number;
  readonly seed_passed: number;
  readonly final_passed: number;
  /** Wilson 95 % intervals, as proportions. */
  readonly seed_interval: readonly [low: number, high: number];
  readonly final_interval: readonly [low: number, high: number];
  /** On the tasks that are held out; null where none is. */
  readonly held_out: HeldOutSummary | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  /** US dollars; null where no price is known. */
  readonly cost_usd: number | null;
  /** SHA-256 of the journal's last line: what `metai verify --head` holds the folder to. */
  readonly head_sha256: string;
  readonly results: string;
  readonly generations: readonly ScoreRow[];
}

export interface HeldOutSummary {
  readonly total: number;
  readonly seed_passed: number;
  readonly final_passed: number;
  /** Wilson 95 % intervals, as proportions. */
  readonly seed_interval: readonly [low: number, high: number];
  readonly final_interval: readonly [low: number, high: number];
}

export function runSummary(results: string, result: ExperimentResult): RunSummary {
  const { rows, ended, problem, head } = result;
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) throw new Error("a run without generations");
  const { run_type, control, benchmark, model, base_url, sandbox, total } = first;
  return {
    run_type,
    control,
    benchmark,
    model,
    base_url,
    sandbox,
    ended,
    problem,
    total,
    seed_passed: first.passed,
    final_passed: last.passed,
    seed_interval: interval(first.passed, total),
    final_interval: interval(last.passed, total),
    held_out: heldOutSummary(first, last),
    prompt_tokens: sum(rows.map((row) => row.prompt_tokens)),
    completion_tokens: sum(rows.map((row) => row.completion_tokens)),
    cost_usd: sum(rows.map((row) => row.cost_usd)),
    head_sha256: head,
    results,
    generations: rows,
  };
}

function heldOutSummary(first: ScoreRow, last: ScoreRow): HeldOutSummary | null {
  const { held_out_passed: seed, held_out_total: total } = first;
  const { held_out_passed: final } = last;
  if (seed === null || final === null || total === null) return null;
  return {
    total,
    seed_passed: seed,
    final_passed: final,
    seed_interval: interval(seed, total),
    final_interval: interval(final, total),
  };
}

/** `choice` is the benchmark as it was asked for. */
export function printRunSummary(summary: RunSummary, choice: BenchmarkChoice): void {
  const { generations, total, run_type, control, benchmark, model, base_url, sandbox } = summary;
  const color = colorsFor(process.stdout);
  const server = base_url === null ? "" : ` at ${base_url}`;
  console.log(
    `\nrun_type ${color.bold(run_type)}${control === null ? "" : `, control ${color.bold(control)}`}, model ${model}${server}, sandbox ${sandbox}, ` +
      `first ${total} ${oneLine(benchmark, 60)} tasks\n`,
  );
  const table = generations.map(({ generation, passed, candidate_passed, accepted, decision }) => [
    String(generation),
    `${passed}/${total}`,
    accepted === null ? "" : candidate_passed === null ? "–" : `${candidate_passed}/${total}`,
    decision,
  ]);
  const heads = ["generation", "standing", "candidate", "decision"];
  const lines = alignColumns([heads, ...table], WIDTH);
  for (const [index, line] of lines.entries()) console.log(index === 0 ? color.dim(line) : line);
  console.log(`\n${conclusion(summary, choice)}`);
}

function conclusion(summary: RunSummary, choice: BenchmarkChoice): string {
  const { seed_passed, final_passed, total, ended, generations, results } = summary;
  const last = generations.length - 1;
  const { held_out: heldOut } = summary;
  const row = (name: string, passed: number, heldOutPassed: number | undefined) => [
    name,
    score(passed, total),
    ...(heldOut === null || heldOutPassed === undefined
      ? []
      : [score(heldOutPassed, heldOut.total)]),
  ];
  const lines = alignColumns([
    ...(heldOut === null ? [] : [["", `the ${total} it is selected on`, "held out, scored once"]]),
    row("seed", seed_passed, heldOut?.seed_passed),
    row(`generation ${last}`, final_passed, heldOut?.final_passed),
  ]);
  lines.push(`${noFinerClaim(total)} than these 95 % Wilson intervals.`);
  const caveat = caveatOf(summary.benchmark, summary.run_type);
  if (caveat !== null) lines.push(...wrap(caveat, WIDTH));
  if (ended === "perfect") {
    lines.push(`Every task passed at generation ${last}: stopped early (--no-early-stop goes on).`);
  }
  if (ended === "budget") {
    lines.push(
      `Ended by its budget after generation ${last}: ${summary.problem}. What is held out stays sealed; ` +
        `the same command with --resume and a larger budget goes on.`,
    );
  }
  const { prompt_tokens, completion_tokens } = summary;
  if (prompt_tokens !== null && completion_tokens !== null) {
    lines.push(
      `Tokens: ${thousands(prompt_tokens)} in prompts, ${thousands(completion_tokens)} in answers` +
        (summary.cost_usd === null ? "." : `; ${dollars(summary.cost_usd)}.`),
    );
  }
  if (summary.run_type === "mock") {
    lines.push(
      "MOCK RUN: the answers were scripted. It shows that the plumbing works; it is no self-improvement.",
    );
  }
  if (summary.control !== null) lines.push(CONTROLS_IN_WORDS[summary.control]);
  if (summary.run_type === "search") {
    lines.push(
      asksNone(summary.control)
        ? "No model took part."
        : "Keyless search: the agent's source was edited by a program; no model took part.",
    );
  }
  const allow = summary.run_type === "mock" ? " --allow-mock" : "";
  const run = asArgument(results);
  lines.push(
    "",
    `Everything is in ${results}. Draw it: npx metai analyze${run}${allow}`,
    `Check it: npx metai verify${run}${whereToFind(choice)}`,
    `Journal head: ${summary.head_sha256}`,
  );
  return lines.join("\n");
}

export const CONTROLS_IN_WORDS = {
  "no-selection":
    "CONTROL no-selection: each first child stood, whatever it passed. A run with selection has to do better.",
  same: "CONTROL same: each candidate was its parent unchanged. A gain here is chance, and no improvement.",
  "random-edit":
    "CONTROL random-edit: the edits meant nothing. A gain here is chance, and no improvement.",
  "every-part": "CONTROL every-part: the seed with every part of the box at once.",
} as const;

/** Of so many tasks, in words that go on with "than …". */
export function noFinerClaim(tasks: number): string {
  return `${count(tasks, "task")} ${tasks === 1 ? "bears" : "bear"} no finer claim`;
}

/** With its 95 % Wilson interval. */
export function score(passed: number, total: number): string {
  const [low, high] = interval(passed, total).map((bound) => Math.round(bound * 100));
  return `${passed}/${total} (${low} to ${high} %)`;
}

function interval(passed: number, total: number): [number, number] {
  const { low, high } = wilsonInterval(passed, total);
  return [low, high];
}

/** The sum of what was counted; null where the server counted no tokens at all. */
function sum(values: readonly (number | null)[]): number | null {
  const counted = values.filter((value) => value !== null);
  return counted.length === 0 ? null : counted.reduce((total, value) => total + value, 0);
}
