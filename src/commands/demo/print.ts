import { caveatOf } from "../../core/benchmarks.ts";
import { oneLine } from "../../core/one-line.ts";
import { HUMANEVAL } from "../../benchmark/humaneval.ts";
import { SHIPPED } from "../../benchmark/shipped.ts";
import type { AcceptedChange, DemoReport } from "./report.ts";
import { quoted } from "../options/run-folder.ts";
import { noFinerClaim, score } from "../run/summary.ts";
import { alignColumns, colorsFor, WIDTH, wrap } from "../terminal/style.ts";

/** Lines of an accepted change that are shown; the files tell the rest. */
const DIFF_LINES = 14;

type Colors = ReturnType<typeof colorsFor>;

export function printDemoReport(report: DemoReport): void {
  const color = colorsFor(process.stdout);
  const sections = [
    title(report, color),
    lineage(report, color),
    ...report.accepted.map((change) => changeInFull(change, color)),
    ...decoys(report, color),
    scores(report, color),
    inLines(meaning(report)),
    next(report, color),
  ];
  console.log(`\n${sections.join("\n\n")}`);
}

function title({ seed, run }: DemoReport, color: Colors): string {
  const { benchmark, sandbox, total } = run;
  return (
    `${color.bold("A keyless run of self-improvement")}: run_type ${color.bold("search")}, seed ${seed}, no model,\n` +
    `sandbox ${sandbox}, selected on the first ${total} ${oneLine(benchmark, 60)} tasks`
  );
}

/** A row a generation: what stood, and by what change. */
function lineage({ run, accepted }: DemoReport, color: Colors): string {
  const rows = run.generations.map(({ generation, passed, total, candidate_passed, decision }) => {
    const change = accepted.find((one) => one.generation === generation);
    const best = generation === 0 ? "" : `${candidate_passed ?? "–"}/${total}`;
    return [String(generation), `${passed}/${total}`, best, change ? blocksOf(change) : decision];
  });
  const heads = ["generation", "standing", "best child", "what changed"];
  const [header = "", ...lines] = alignColumns([heads, ...rows], WIDTH);
  return [color.dim(header), ...lines].join("\n");
}

function blocksOf({ put_in, taken_out, changed }: AcceptedChange): string {
  const parts = [
    ...put_in.map(({ name }) => `+${name}`),
    ...taken_out.map((name) => `-${name}`),
    ...changed.map((name) => `~${name}`),
  ];
  return parts.join(" ");
}

/** What was won, what each part adds that was put in, and how the source changed. */
function changeInFull(change: AcceptedChange, color: Colors): string {
  const { generation, won, lost, put_in } = change;
  const tasks = [
    ...(won.length > 0 ? [`won ${won.join(", ")}`] : []),
    ...(lost.length > 0 ? [`lost ${lost.join(", ")}`] : []),
  ];
  const head = inLines(`Accepted in generation ${generation}: ${tasks.join("; ")}`);
  const parts = alignColumns(
    put_in.map(({ name, adds }) => [`  +${name}`, adds]),
    WIDTH,
  );
  return [color.bold(head), ...parts, "", ...diffOf(change, color)].join("\n");
}

function diffOf({ diff, files }: AcceptedChange, color: Colors): string[] {
  const paint = { "+": color.green, "-": color.red, " ": color.dim };
  const lines = diff.filter(({ text }) => text.trim() !== "");
  const shown = lines
    .slice(0, DIFF_LINES)
    .map(({ sign, text }) => paint[sign](`  ${sign} ${cut(text, WIDTH - 4)}`));
  const rest = lines.length - shown.length;
  const more = [`  … ${rest} more lines:`, `    diff -u ${files.map(quoted).join(" ")}`].map(
    color.dim,
  );
  return rest > 0 ? [...shown, ...more] : shown;
}

/** Nothing where there is none. */
function decoys({ decoys: found }: DemoReport, color: Colors): string[] {
  if (found.length === 0) return [];
  const head = color.bold("Decoys in the last agent, parts that help nothing");
  const rows = found.map(({ name, why }) => [`  ${name}`, why]);
  return [[head, ...alignColumns(rows, WIDTH)].join("\n")];
}

function scores({ run, controls }: DemoReport, color: Colors): string {
  const { held_out: heldOut, total } = run;
  const bestChild = controls.no_selection_best_child;
  const cell = (passed: number | undefined) =>
    heldOut === null || passed === undefined ? "" : score(passed, heldOut.total);
  const rows = [
    ["", `the ${total} selected on`, heldOut === null ? "" : "held out, scored once"],
    ["seed", score(run.seed_passed, total), cell(heldOut?.seed_passed)],
    ["this run", score(run.final_passed, total), cell(heldOut?.final_passed)],
    ["control: no selection, chance edits", score(controls.no_selection.final_passed, total)],
    ["  the best of all its children", bestChild === null ? "–" : score(bestChild, total)],
    ["control: every part at once", score(controls.every_part.final_passed, total)],
  ];
  const [header = "", ...lines] = alignColumns(rows.map((row) => row.map((one) => one ?? "")));
  return [color.dim(header.trimEnd()), ...lines.map((line) => line.trimEnd())].join("\n");
}

/** What this shows, and what it does not. */
function meaning({ run, controls }: DemoReport): string {
  const caveat = caveatOf(run.benchmark, run.run_type);
  return (
    whatCame(run, controls) +
    (caveat === null ? heldOutInWords(run.held_out) : `${caveat} `) +
    "It does not show invention: every part was written by people beforehand, some of them useless or harmful, and the search " +
    "only finds out which, in what order and how many. Nor does one run tell how good the method is: " +
    `${noFinerClaim(run.total)} than the 95 % intervals above.` +
    (run.benchmark === HUMANEVAL.dataset
      ? " The README has the figures over ten seeds, and the command that makes them."
      : "")
  );
}

function whatCame(
  { seed_passed: seed, final_passed: final, total }: DemoReport["run"],
  { no_selection: chance, no_selection_best_child: bestChild }: DemoReport["controls"],
): string {
  if (seed === total) return "The seed passes every task, so there was nothing to improve. ";
  if (final <= seed) return "With this seed, no edit that was tried made the agent better. ";
  return (
    `Selection by tests, and edits that learn from them, came from ${seed} to ${final} tasks. ` +
    `Edits by chance, kept whatever they did, came to ${chance.final_passed}, and the best of them all to ${bestChild ?? 0}. `
  );
}

function heldOutInWords(heldOut: DemoReport["run"]["held_out"]): string {
  if (heldOut === null) return "";
  const gain = heldOut.final_passed - heldOut.seed_passed;
  const gained =
    gain > 0
      ? `the ${gain} gained there ${gain === 1 ? "is" : "are"} not fitted to them (which does not say that every program is right: tests are few)`
      : "nothing was gained there";
  return `The held-out tasks never reached the selection: ${gained}. `;
}

function next({ run, verify, again, curve, seconds }: DemoReport, color: Colors): string {
  const rows = [
    [verify, "check every step"],
    [again, "another run"],
    ...(run.benchmark === SHIPPED.fresh.dataset
      ? [["npx metai demo --benchmark practice", "easier tasks"]]
      : []),
    ["npx metai self-improve --proposer search --help", "longer, other controls"],
    ["export OPENAI_API_KEY=sk-…; npx metai self-improve", "a model rewrites it"],
  ];
  const first = seconds.first_improvement;
  const when = first === null ? "" : `, the first improvement after ${first} s`;
  return [
    inLines(
      `The curve is ${curve}, the agents, edits and scores are in ${quoted(run.results)}. It took ${seconds.all} s${when}.`,
    ),
    "",
    color.dim("What next"),
    ...alignColumns(rows).map((line) => `  ${line}`),
  ].join("\n");
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function inLines(text: string): string {
  return wrap(text, WIDTH).join("\n");
}
