import { type Evidence, shortLines } from "../../core/criteria.ts";
import { oneLine } from "../../core/one-line.ts";
import { dollars } from "../../core/price.ts";
import type { ScoreRow } from "../../core/records.ts";
import type { CardFacts, Comparison, Proportion } from "./facts.ts";
import { thousands } from "../terminal/style.ts";

/** The card of a run: one page of Markdown that an appendix can include. */
export function cardMarkdown(card: CardFacts): string {
  return [
    titleOf(card),
    warningOf(card),
    configurationOf(card),
    scoresOf(card),
    gainOf(card),
    controlsOf(card),
    costOf(card),
    criteriaOf(card),
    registrationOf(card),
    evidenceOf(card),
  ]
    .filter((part) => part !== null)
    .map((part) => part.trim())
    .join("\n\n")
    .concat("\n");
}

function titleOf({ facts, startedAt, ended, problem }: CardFacts): string {
  const why = problem === null ? "" : ` (${text(problem, 200)})`;
  return `# metai run card: ${text(facts.model, 60)} on ${text(facts.benchmark.name, 40)}

Run type **${facts.run_type}**${facts.control === null ? "" : `, control **${facts.control}**`}; begun ${startedAt}; ended: **${ended}**${why}.`;
}

function warningOf({ facts }: CardFacts): string | null {
  const warnings = [
    ...(facts.run_type === "mock"
      ? [
          "This is a mock run: its answers were scripted. It shows plumbing and no self-improvement.",
        ]
      : []),
    ...(facts.run_type === "search"
      ? ["Keyless search: a program edited the agent's source; no model took part."]
      : []),
    ...(facts.replay_of === null
      ? []
      : [`Its answers were replayed from the journal with the head ${code(facts.replay_of)}.`]),
    ...(facts.evaluator.sandbox === "process"
      ? ['Agents ran at sandbox level "process", which is no security boundary.']
      : []),
  ];
  return warnings.length === 0 ? null : warnings.map((line) => `> ${line}`).join("\n>\n");
}

function configurationOf({ facts }: CardFacts): string {
  const { settings, benchmark, evaluator, versions, git } = facts;
  const limits = Object.entries(evaluator.limits).map(([name, value]) => `${name} ${value}`);
  const rows: [string, string | null][] = [
    ["model", text(facts.model, 80)],
    ["server", facts.base_url === null ? null : text(facts.base_url, 120)],
    ["temperature", settings.temperature === null ? null : String(settings.temperature)],
    ["seed of every draw", settings.seed === null ? null : String(settings.seed)],
    ["policy", settings.policy],
    [
      "generations",
      `${settings.generations}${settings.early_stop ? ", fewer on a perfect score" : ""}`,
    ],
    ["children a generation", String(settings.candidates)],
    ["accepted", acceptance(facts.control, settings.ties)],
    [
      "benchmark",
      `${text(benchmark.name, 60)}: ${benchmark.tasks} tasks for selection, ${settings.held_out} held out`,
    ],
    ["its content, SHA-256", code(benchmark.content_sha256)],
    ["seed agent, SHA-256", code(settings.seed_agent_sha256)],
    ["box of parts, SHA-256", settings.box_sha256 === null ? null : code(settings.box_sha256)],
    [
      "sandbox",
      `${evaluator.sandbox}; ${facts.cheats.run} cheats tried before the run, ${facts.cheats.earned} earned a pass`,
    ],
    ["limits", [`${settings.timeout_seconds} s a task`, ...limits].join(", ")],
    [
      "versions",
      `metai ${versions.metai}, Node ${versions.node}, Python ${text(evaluator.python, 20)}, ${versions.platform}`,
    ],
    [
      "commit of metai",
      git === null ? null : `${code(git.commit)}${git.dirty ? ", with changes" : ""}`,
    ],
  ];
  const known = rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `## Configuration\n\n${table(["", ""], known)}`;
}

function acceptance(control: string | null, ties: string): string {
  if (control === "no-selection") return "every first child, whatever it passes";
  return ties === "smaller"
    ? "on strictly more passes, or as many in fewer bytes"
    : "on strictly more passes than the parent";
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

function gainOf({ selection, heldOut }: CardFacts): string {
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

Intervals are 95 % Wilson intervals of the pass rate. ${gap} The selection has seen its own tasks: its p is no test of a gain, only the held-out one is.`;
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

function costOf({ rows, facts }: CardFacts): string {
  const prompt = sum(rows, (row) => row.prompt_tokens);
  const completion = sum(rows, (row) => row.completion_tokens);
  if (prompt === null || completion === null) {
    const why = facts.run_type === "api" ? "The server counted no tokens." : "No model was asked.";
    return `## Cost\n\n${why}`;
  }
  const cost = sum(rows, (row) => row.cost_usd);
  const price =
    facts.price === null || cost === null
      ? "no price is known"
      : `${dollars(cost)}, at $${facts.price.input_per_million} and $${facts.price.output_per_million} a million (${text(facts.price.source, 80)})`;
  return `## Cost\n\n${thousands(prompt)} tokens in prompts and ${thousands(completion)} in answers: ${price}.`;
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

function registrationOf({ registered }: CardFacts): string {
  if (registered === null) {
    return "## Registration\n\nNo configuration was registered before the run.";
  }
  const { name, sha256, note, deviations } = registered;
  const lines = deviations.map(({ path, registered: wanted, actual }) => [
    code(text(path, 60)),
    code(text(wanted, 60)),
    code(text(actual, 60)),
  ]);
  const what =
    deviations.length === 0
      ? "The run deviates from it in nothing."
      : table(["setting", "registered", "run"], lines);
  const expected = note === null ? "" : `\n\n> ${text(note, 1000)}`;
  return `## Registration\n\n${code(text(name, 60))}, SHA-256 ${code(sha256)}, stands first in the journal.${expected}\n\n${what}`;
}

function evidenceOf({ head, events, resumed, endedAt }: CardFacts): string {
  const again =
    resumed === 0 ? "" : `, gone on with ${resumed} ${resumed === 1 ? "time" : "times"}`;
  return `## Evidence

${events} events${again}; last at ${endedAt ?? "an unknown time"}. Journal head: ${code(head)}. Check the folder with \`metai verify RUN --head ${head}\`.`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map(tableLine).join("\n");
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text from elsewhere, which must not become Markdown. */
function text(value: string, length: number): string {
  return oneLine(value, length).replaceAll(/[\\`*_|<>[\]#]/g, String.raw`\$&`);
}

function code(value: string): string {
  return `\`${value.replaceAll(/\\(.)/g, "$1").replaceAll("`", "'").replaceAll("|", "/")}\``;
}

function withInterval({ passed, total, interval }: Proportion): string {
  const [low, high] = interval.map((bound) => (bound * 100).toFixed(1));
  return `${passed}/${total} (${low} to ${high} %)`;
}

function rate({ passed, total }: Proportion): number {
  return passed / total;
}

function percent(difference: number): string {
  return `${difference < 0 ? "−" : "+"}${Math.abs(difference * 100).toFixed(1)}`;
}

function pValue(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/** Null where nothing was counted. */
function sum(rows: readonly ScoreRow[], of: (row: ScoreRow) => number | null): number | null {
  const counted = rows.map(of).filter((value) => value !== null);
  return counted.length === 0 ? null : counted.reduce((total, value) => total + value, 0);
}
