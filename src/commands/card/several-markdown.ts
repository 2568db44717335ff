import { count } from "../../core/count.ts";
import { CRITERIA } from "../../core/criteria.ts";
import { thousands } from "../terminal/style.ts";
import type { EstimateFields, Means } from "../replicates/summary.ts";
import { code, page, percent, pValue, table, text } from "./format.ts";
import { configurationOf, costOf, registrationOf, warningOf } from "./parts.ts";
import type { SeveralCardFacts } from "./several-facts.ts";

/** The card of several runs of one configuration: what they come to together. Each has a card of its own, too. */
export function severalCardMarkdown(card: SeveralCardFacts): string {
  const { facts, rows } = card;
  return page([
    titleOf(card),
    warningOf(facts),
    configurationOf(facts),
    runsOf(card),
    gainOf(card),
    controlsOf(card),
    costOf(rows, facts),
    criteriaOf(card),
    registeredOf(card),
    evidenceOf(card),
  ]);
}

function titleOf({ facts: [facts], summary, runs }: SeveralCardFacts): string {
  const [begun] = runs.map(({ startedAt }) => startedAt).toSorted();
  const [model = "", ...others] = summary.models; // where there are others, they are named by their seeds
  const who = others.length === 0 ? text(model, 60) : facts.run_type;
  const control = facts.control === null ? "" : `, control **${facts.control}**`;
  return `# metai run card: ${who} on ${text(facts.benchmark.name, 40)}, ${count(runs.length, "run")}

Run type **${facts.run_type}**${control}; ${count(runs.length, "run")} of one configuration, the first begun ${begun}.`;
}

function runsOf({ summary, runs }: SeveralCardFacts): string {
  const { total, held_out_total: of } = summary;
  const lines = runs.map(({ run, seed, ended, passed, held_out_passed: heldOut }) => [
    run,
    String(seed ?? ""),
    fromTo(passed, total),
    of === null ? "" : fromTo(heldOut, of),
    `**${ended ?? "not over"}** after generation ${passed.length - 1}`,
  ]);
  return `## Runs\n\n${table(["run", "seed", "selection", "held out", "ended"], lines)}`;
}

function fromTo(scores: readonly (number | null)[], total: number): string {
  const [first, last] = [scores.at(0) ?? null, scores.at(-1) ?? null];
  return first === null || last === null ? "" : `${first} to ${last} of ${total}`;
}

function gainOf({ summary, runs }: SeveralCardFacts): string {
  const { selection, held_out: heldOut, total, held_out_total: of, bootstrap } = summary;
  if (selection === null) {
    const over = runs.filter(({ ended }) => ended === "completed" || ended === "perfect").length;
    return `## Gain\n\nNo mean: ${over} of ${count(runs.length, "run")} are over, and a mean over these would favour what ended early.`;
  }
  const lines = [
    [`selection, ${total}`, ...meansIn(selection)],
    ...(heldOut === null ? [] : [[`held out, ${of}`, ...meansIn(heldOut)]]),
  ];
  const gap =
    heldOut === null || of === null
      ? "No task was held out and scored, so nothing shows whether the gain is more than a fit to the tasks of the selection."
      : `Gap between selection and held-out tasks at the end: ${percent(selection.final.mean / total - heldOut.final.mean / of)} points` +
        ` (at the seed: ${percent(selection.seed / total - heldOut.seed / of)}).`;
  const intervals =
    selection.final.interval === null
      ? "One run tells nothing of how runs differ: it has no interval."
      : `Means over runs, in tasks. Intervals are 95 % percentile bootstraps of whole runs (${thousands(bootstrap.resamples)} resamples, seed ${bootstrap.seed}); over few runs they are too narrow.`;
  return `## Gain\n\n${table(["tasks", "seed", "mean final", "mean gain"], lines)}\n\n${intervals} ${gap}`;
}

function meansIn({ seed, final, gain }: Means): string[] {
  return [tasks(seed), estimated(final), estimated(gain)];
}

function controlsOf({ comparisons }: SeveralCardFacts): string {
  if (comparisons.length === 0) {
    return "## Controls\n\nNone of as many runs stands beside these: what the procedure makes out of nothing was not measured.";
  }
  const lines = comparisons.map(
    ({ control, on, pairs, difference, higher, lower, tied, p_value }) => [
      control,
      on === "selection" ? "selection" : "held out",
      String(pairs),
      estimated(difference),
      `${higher} / ${lower} / ${tied}`,
      pValue(p_value),
    ],
  );
  const heads = [
    "control",
    "tasks",
    "pairs",
    "mean difference",
    "higher / lower / equal",
    "sign test p",
  ];
  return `## Controls\n\n${table(heads, lines)}\n\nCompared are final scores of runs of equal seeds; the sign test is exact and two-sided.`;
}

function criteriaOf({ runs }: SeveralCardFacts): string {
  const lines = CRITERIA.map((name) => {
    const showing = runs.filter(({ shows }) => shows.includes(name)).length;
    return `- **${name}**: shown by ${showing} of ${count(runs.length, "run")}.`;
  });
  return `## The four criteria\n\n${lines.join("\n")}\n\nThe card of each run names the lines of its journal that show them.`;
}

function registeredOf({ registered, registeredRuns, runs }: SeveralCardFacts): string {
  const section = registrationOf(registered);
  if (registered === null || registeredRuns === runs.length) return section;
  return `${section}\n\nSo it does for ${registeredRuns} of ${runs.length} runs only.`;
}

function evidenceOf({ runs }: SeveralCardFacts): string {
  const lines = runs.map(({ run, events, resumed, head_sha256 }) => {
    const again = resumed === 0 ? "" : `, gone on with ${count(resumed, "time")}`;
    return `- ${run}: ${events} events${again}; journal head ${code(head_sha256)}`;
  });
  return `## Evidence\n\n${lines.join("\n")}\n\nCheck the folder with \`metai verify FOLDER\`, a run of it with \`metai verify FOLDER/RUN --head HEAD\`.`;
}

function estimated({ mean, interval }: EstimateFields): string {
  if (interval === null) return tasks(mean);
  return `${tasks(mean)} (${interval.map(tasks).join(" to ")})`;
}

function tasks(number: number): string {
  return number.toFixed(1);
}
