import type { RunFacts } from "../core/journal.ts";
import { asksNone, type RunType } from "../core/records.ts";
import { atLine, type Finding } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/** No run of metai has more; a journal from elsewhere must not keep a machine busy for ever. */
const MOST_GENERATIONS = 1000;
const MOST_CHILDREN = 64;
const LONGEST_TIMEOUT_SECONDS = 3600;

/**
 * Whether what the run says of itself fits together: its run type, its settings, and the tasks it lists. `control`
 * is the one that it has to be, where its folder says so.
 */
export function checkFacts(
  { events, started }: Pick<RecordedRun, "events" | "started">,
  control: string | null = null,
): Finding[] {
  const { facts, tasks, held_out } = started;
  const line = eventsOf({ events }, "run-started")[0]?.line ?? 1;
  const { settings, benchmark, cheats } = facts;
  const all = [...tasks, ...held_out];
  const problems = [
    ...runTypeProblems(facts),
    ...(control === null || control === facts.control
      ? []
      : [`it is no run of the control ${control}, in whose folder it lies`]),
    ...(tasks.length === benchmark.tasks
      ? []
      : [`it lists ${tasks.length} tasks and says that there are ${benchmark.tasks}`]),
    ...(held_out.length === settings.held_out
      ? []
      : [`it lists ${held_out.length} held-out tasks and says ${settings.held_out}`]),
    ...(new Set(all).size === all.length ? [] : ["it lists a task twice"]),
    ...(settings.generations <= MOST_GENERATIONS
      ? []
      : ["it has more generations than metai runs"]),
    ...(settings.candidates <= MOST_CHILDREN ? [] : ["it has more children than metai asks for"]),
    ...(settings.timeout_seconds > 0 && settings.timeout_seconds <= LONGEST_TIMEOUT_SECONDS
      ? []
      : [`its time limit of ${settings.timeout_seconds} s is none that metai takes`]),
    ...(facts.run_type === "api" || (facts.price === null && settings.temperature === null)
      ? []
      : [`a run of type ${facts.run_type} asks no model, and this has a price or a temperature`]),
    ...(cheats.run >= 0 ? [] : [`it cannot have tried ${cheats.run} cheats`]),
    ...(cheats.earned === 0 ? [] : [`${cheats.earned} cheats earned a pass before it began`]),
  ];
  return problems.map((words) => ({ where: atLine(line), words }));
}

/** What a run of each type has to say of itself, and what it cannot. */
function runTypeProblems({ run_type, model, base_url, control, settings }: RunFacts): string[] {
  const problems: Readonly<Record<RunType, (string | false)[]>> = {
    api: [
      (asksNone(control) || control === "every-part") &&
        `a run of type api cannot be the control ${control}`,
      !isHttp(base_url) && "a run of type api asks a server, and this one names none",
      settings.policy !== null && "a run of type api has no policy, which only a search has",
    ],
    mock: [
      base_url !== null && "a mock run asks no server, and this one names one",
      control === null && model !== "mock-script" && `${model} is no script of a mock run`,
    ],
    search: [
      base_url !== null && "a search asks no server, and this one names one",
      isSearch(control) &&
        settings.seed === null &&
        "a search draws from a seed, and this has none",
      isSearch(control) && settings.box_sha256 === null && "a search has a box, and this has none",
    ],
  };
  return problems[run_type].filter((problem) => problem !== false);
}

function isSearch(control: RunFacts["control"]): boolean {
  return control === null || control === "no-selection" || control === "every-part";
}

function isHttp(address: string | null): boolean {
  return address !== null && /^https?:\/\//.test(address);
}
