import type { RunFacts } from "../../core/journal.ts";
import { oneLine } from "../../core/one-line.ts";

type Value = string | number | boolean | null;

/** What makes a run what it is, each by the option or the words that a user knows it by. */
function configurationOf({ settings, benchmark, evaluator, ...facts }: RunFacts) {
  return new Map<string, Value>([
    ["run type", facts.run_type],
    ["--control", facts.control],
    ["--model", facts.model],
    ["--base-url", facts.base_url],
    ["--generations", settings.generations],
    ["--early-stop", settings.early_stop],
    ["--candidates", settings.candidates],
    ["--ties", settings.ties],
    ["--held-out", settings.held_out],
    ["--seed", settings.seed],
    ["--policy", settings.policy],
    ["the box of parts", settings.box_sha256],
    ["the seed agent", settings.seed_agent_sha256],
    ["--timeout", settings.timeout_seconds],
    ["--temperature", settings.temperature],
    ["--benchmark", benchmark.name],
    ["the benchmark's content", benchmark.content_sha256],
    ["--sandbox", evaluator.sandbox],
    ["--python", evaluator.python.split(".").slice(0, 2).join(".")],
    ["the limits of the sandbox", JSON.stringify(evaluator.limits)],
    ["metai's version", facts.versions.metai],
  ]);
}

export interface Difference {
  readonly what: string;
  readonly recorded: Value;
  readonly now: Value;
}

/** Where two runs are not made of the same. Workers, retries and budgets change no result, and are free. */
export function differences(recorded: RunFacts, now: RunFacts): Difference[] {
  const here = configurationOf(now);
  return [...configurationOf(recorded)].flatMap(([what, value]) => {
    const other = here.get(what) ?? null;
    return other === value ? [] : [{ what, recorded: value, now: other }];
  });
}

/** `where` names the two. */
export function inWords(
  { what, recorded, now }: Difference,
  where: readonly [recorded: string, now: string] = ["in the run", "now"],
): string {
  return `${what}: ${shown(recorded)} ${where[0]}, ${shown(now)} ${where[1]}`;
}

function shown(value: Value): string {
  return value === null ? "none" : oneLine(String(value), 60);
}
