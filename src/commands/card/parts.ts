import { dollars } from "../../core/price.ts";
import type { RunFacts } from "../../core/journal.ts";
import { asksNone, type ScoreRow } from "../../core/records.ts";
import { sumOf } from "../../core/run-record.ts";
import { thousands } from "../terminal/style.ts";
import type { Registered } from "./facts.ts";
import { code, table, text } from "./format.ts";

/** What a reader must not overlook. */
export function warningOf(runs: readonly RunFacts[]): string | null {
  const warnings = [...new Set(runs.flatMap(warningsOf))];
  return warnings.length === 0 ? null : warnings.map((line) => `> ${line}`).join("\n>\n");
}

function warningsOf(facts: RunFacts): string[] {
  return [
    ...(facts.run_type === "mock"
      ? [
          "This is a mock run: its answers were scripted. It shows plumbing and no self-improvement.",
        ]
      : []),
    ...(facts.run_type === "search"
      ? [
          asksNone(facts.control)
            ? "No model took part."
            : "Keyless search: a program edited the agent's source; no model took part.",
        ]
      : []),
    ...(facts.replay_of === null
      ? []
      : [`Its answers were replayed from the journal with the head ${code(facts.replay_of)}.`]),
    ...(facts.evaluator.sandbox === "process"
      ? ['Agents ran at sandbox level "process", which is no security boundary.']
      : []),
  ];
}

/** Of several runs of one configuration, which may differ in seeds and in what they ran on, all that they had. */
export function configurationOf(runs: readonly RunFacts[]): string {
  const all = runs.map((facts) => new Map(rowsOf(facts)));
  const names = [...new Set(all.flatMap((rows) => [...rows.keys()]))];
  const known = names.flatMap((name) => {
    const values = all.map((rows) => rows.get(name) ?? null).filter((value) => value !== null);
    return values.length === 0 ? [] : [[name, [...new Set(values)].join("; ")]];
  });
  return `## Configuration\n\n${table(["", ""], known)}`;
}

function rowsOf(facts: RunFacts): [name: string, value: string | null][] {
  const { settings, benchmark, evaluator, versions, git } = facts;
  const limits = Object.entries(evaluator.limits).map(([name, value]) => `${name} ${value}`);
  return [
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
}

function acceptance(control: string | null, ties: string): string {
  if (control === "no-selection") return "every first child, whatever it passes";
  return ties === "smaller"
    ? "on strictly more passes, or as many in fewer bytes"
    : "on strictly more passes than the parent";
}

export function costOf(rows: readonly ScoreRow[], runs: readonly RunFacts[]): string {
  const prompt = sumOf(rows.map((row) => row.prompt_tokens));
  const completion = sumOf(rows.map((row) => row.completion_tokens));
  if (prompt === null || completion === null) {
    const isApi = runs.some(({ run_type }) => run_type === "api");
    return `## Cost\n\n${isApi ? "The server counted no tokens." : "No model was asked."}`;
  }
  const cost = sumOf(rows.map((row) => row.cost_usd));
  const prices = new Set(runs.map(priceOf));
  const price =
    prices.has(null) || cost === null
      ? "no price is known"
      : `${dollars(cost)}, at ${[...prices].join("; ")}`;
  return `## Cost\n\n${thousands(prompt)} tokens in prompts and ${thousands(completion)} in answers: ${price}.`;
}

function priceOf({ price }: RunFacts): string | null {
  if (price === null) return null;
  return `$${price.input_per_million} and $${price.output_per_million} a million (${text(price.source, 80)})`;
}

export function registrationOf(registered: Registered | null): string {
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
