import { caveatOf } from "../../core/benchmarks.ts";
import { type Evidence, shortLines } from "../../core/criteria.ts";
import type { CardFacts, Comparison, Proportion } from "./facts.ts";
import { code, page, percent, pValue, table, text } from "./format.ts";
import { configurationOf, costOf, registrationOf, warningOf } from "./parts.ts";

/** The card of a run: one page of Markdown that an appendix can include. */
export function cardMarkdown(card: CardFacts): string {
  const { facts, rows, registered } = card;
  return page([
    titleOf(card),
    warningOf([facts]),
    configurationOf([facts]),
    scoresOf(card),
    gainOf(card),
    controlsOf(card),
    costOf(rows, [facts]),
    criteriaOf(card),
    registrationOf(registered),
    evidenceOf(card),
  ]);
}

function titleOf({ facts, startedAt, ended, problem }: CardFacts): string {
  const why = problem === null ? "" : ` (${text(problem, 200)})`;
  return `# metai run card: ${text(facts.model, 60)} on ${text(facts.benchmark.name, 40)}

Run type **${facts.run_type}**${facts.control === null ? "" : `, control **${facts.control}**`}; begun ${startedAt}; ended: **${ended}**${why}.`;
}

function scoresOf({ rows }: CardFacts): string {
  const lines = rows.map((row) => [
    String(row.generation),
    `${row.passed}/${row.total}`,
    row.candidate_passed === null ? "" : `${row.candidate_passed}/${row.total}`,
    text(row.decision, 120),
    row.held_out_passed === null ? "" : `${row.held_out_passed}/${row.held_out_total}`,
    code(row.agent_sha256.slice(0, 12)),
  ]);
  const heads = ["generation", "standing", "candidate", "decision", "held out", "standing agent"];
  return `## Scores\n\n${table(heads, lines)}`;
}

function gainOf({ selection, heldOut, facts }: CardFacts): string {
  const caveat = caveatOf(facts.benchmark.name, facts.run_type);
  const lines = [
    ["selection", ...comparison(selection)],
    ...(heldOut === null ? [] : [["held out", ...comparison(heldOut)]]),
  ];
  const gap =
    heldOut === null
      ? "No task was held out and scored, so nothing shows whether the gain is more than a fit to the tasks of the selection."
      : `Gap between selection and held-out tasks at the end: ${percent(rate(selection.final) - rate(heldOut.final))} points` +
        ` (at the seed: ${percent(rate(selection.seed) - rate(heldOut.seed))}).`;
  return `## Gain

${table(["tasks", "seed", "final", "won / lost", "exact McNemar p"], lines)}

Intervals are 95 % Wilson intervals of the pass rate. ${gap} The selection has seen its own tasks: its p is no test of a gain${caveat === null ? ", only the held-out one is." : `. ${caveat}`}`;
}

function comparison({ seed, final, test }: Comparison): string[] {
  const won = `${test.onlySecond} / ${test.onlyFirst}`;
  return [withInterval(seed), withInterval(final), won, pValue(test.pValue)];
}

function controlsOf({ controls }: CardFacts): string {
  if (controls.length === 0) {
    return "## Controls\n\nNone stands beside this run: what the procedure makes out of nothing was not measured.";
  }
  const lines = controls.map(({ control, seed, final, generations }) => [
    control,
    String(generations),
    withInterval(seed),
    withInterval(final),
  ]);
  return `## Controls\n\n${table(["control", "generations", "seed", "final"], lines)}`;
}

function criteriaOf({ criteria }: CardFacts): string {
  const lines = criteria.map(({ name, shownBy }) =>
    shownBy.length === 0
      ? `- **${name}**: not shown by this run.`
      : `- **${name}**: ${shownBy.map(evidence).join("; ")}.`,
  );
  return `## The four criteria\n\n${lines.join("\n")}`;
}

function evidence({ lines, words }: Evidence): string {
  return `${words} (journal, ${shortLines(lines)})`;
}

function evidenceOf({ head, events, resumed, endedAt }: CardFacts): string {
  const again =
    resumed === 0 ? "" : `, gone on with ${resumed} ${resumed === 1 ? "time" : "times"}`;
  return `## Evidence

${events} events${again}; last at ${endedAt ?? "an unknown time"}. Journal head: ${code(head)}. Check the folder with \`metai verify RUN --head ${head}\`.`;
}

function withInterval({ passed, total, interval }: Proportion): string {
  const [low, high] = interval.map((bound) => (bound * 100).toFixed(1));
  return `${passed}/${total} (${low} to ${high} %)`;
}

function rate({ passed, total }: Proportion): number {
  return passed / total;
}
