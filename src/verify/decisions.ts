import type { EventOf } from "../core/journal.ts";
import { type RunRecord, passesOf } from "../core/run-record.ts";
import type { TaskOutcome } from "../core/records.ts";
import { countPassed, decide, placeOfChosen } from "../core/selection.ts";
import { atLine, type Finding } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/** An agent that has stood. */
interface Standing {
  readonly sha256: string;
  readonly generation: number;
  readonly passed: number;
}

/**
 * Every count, choice and decision computed anew from the recorded outcomes, generation by generation, and the
 * held-out scores of the agents that come of it.
 */
export function checkDecisions(run: RecordedRun): Finding[] {
  const lineage: Standing[] = [];
  return [
    ...eventsOf(run, "judged").flatMap(({ line, event }) => at(line, judgedProblem(run, event))),
    ...eventsOf(run, "generation-closed").flatMap(({ line, event }) => [
      ...decisionFindings(run, event.generation, lineage),
      ...at(line, closedProblem(event, lineage)),
    ]),
    ...eventsOf(run, "held-out-opened").flatMap(({ line, event }) =>
      at(line, openedProblem(run, event, lineage)),
    ),
    ...eventsOf(run, "held-out-scored").flatMap(({ line, event }) =>
      at(line, scoredProblem(run, event, lineage)),
    ),
  ];
}

function at(line: number, problem: string | null): Finding[] {
  return problem === null ? [] : [{ where: atLine(line), words: problem }];
}

function judgedProblem({ record, started }: RecordedRun, event: EventOf<"judged">): string | null {
  const { generation, child, status, passed, reason } = event;
  const candidate = record.child(generation, child)?.candidate;
  if (status === "invalid") {
    if (passed !== null) return `an invalid candidate is said to pass ${passed}`;
    const isSame = candidate?.agent_sha256 !== null || candidate.reason === reason;
    return isSame ? null : "the reason is not the one for which it was found to be no agent";
  }
  if (reason !== "") return "it gives a reason why it is no agent, and it is one";
  const outcomes = record.outcomes(generation, candidate?.agent_sha256 ?? "");
  const found = started.tasks.filter((task) => outcomes.get(task)?.outcome === "passed").length;
  return passed === found ? null : `it says ${passed} passed, its outcomes show ${found}`;
}

function decisionFindings(run: RecordedRun, generation: number, lineage: Standing[]): Finding[] {
  const { record, started } = run;
  if (generation === 0) {
    const seed = record.child(0, 0)?.candidate?.agent_sha256 ?? "";
    lineage.push({ sha256: seed, generation, passed: passesOfChild(record, 0, 0) });
    return [];
  }
  const parent = lineage.at(-1);
  const decision = record.decision(generation);
  if (parent === undefined || decision === undefined) return [];
  const { facts } = started;
  const rule = { ties: facts.settings.ties, selection: facts.control !== "no-selection" };
  const children = Array.from({ length: facts.settings.candidates }, (_, index) => index + 1);
  const evaluations = children.map((child) => record.evaluation(generation, child));
  const judged = evaluations.filter((one) => one !== null);
  const place = placeOfChosen(judged, rule);
  const evaluation = judged[place];
  if (evaluation === undefined) return [];
  const child = place + 1;
  const sha256 = record.child(generation, child)?.candidate?.agent_sha256 ?? null;
  const source = sha256 === null ? null : (run.texts.get(sha256) ?? null);
  const parentSource = run.texts.get(parent.sha256) ?? "";
  const { accepted, candidatePassed, words } = decide(
    { passed: parent.passed, source: parentSource },
    { source, evaluation },
    rule,
  );
  if (accepted && sha256 !== null) {
    lineage.push({ sha256, generation, passed: candidatePassed ?? 0 });
  }
  const expected: Omit<EventOf<"decision">, "type"> = {
    generation,
    child,
    ...rule,
    parent_generation: parent.generation,
    parent_passed: parent.passed,
    candidate_passed: candidatePassed,
    accepted,
    words,
  };
  const line = eventsOf(run, "decision").find(({ event }) => event === decision)?.line ?? 1;
  return at(line, differenceOf(decision, expected));
}

function closedProblem(
  event: EventOf<"generation-closed">,
  lineage: readonly Standing[],
): string | null {
  const standing = lineage.at(-1);
  if (standing === undefined) return "no agent stands";
  const { sha256, generation, passed } = standing;
  return differenceOf(event, {
    agent_sha256: sha256,
    standing_generation: generation,
    passed,
  });
}

function openedProblem(
  { started }: RecordedRun,
  event: EventOf<"held-out-opened">,
  lineage: readonly Standing[],
): string | null {
  const agents = [...new Set(lineage.map(({ sha256 }) => sha256))];
  if (event.agents.join() !== agents.join()) return "it is not about the agents that stood";
  return differenceOf(event, { tasks: started.held_out.length });
}

function scoredProblem(
  { record, started }: RecordedRun,
  event: EventOf<"held-out-scored">,
  lineage: readonly Standing[],
): string | null {
  const { agent_sha256 } = event;
  const known = record.heldOutOutcomes(agent_sha256);
  const outcomes = started.held_out.flatMap((task): TaskOutcome[] => {
    const outcome = known.get(task);
    return outcome === undefined ? [] : [outcome];
  });
  const generation = lineage.find(({ sha256 }) => sha256 === agent_sha256)?.generation ?? -1;
  const total = started.held_out.length;
  return differenceOf(event, { generation, passed: countPassed(outcomes), total });
}

function passesOfChild(record: RunRecord, generation: number, child: number): number {
  const evaluation = record.evaluation(generation, child);
  return evaluation === null ? 0 : (passesOf(evaluation) ?? 0);
}

type Value = string | number | boolean | null;

/** The first field that is not as computed, in words, or null. */
function differenceOf(event: object, computed: Readonly<Record<string, Value>>): string | null {
  const said = new Map<string, unknown>(Object.entries(event));
  for (const [field, value] of Object.entries(computed)) {
    const here = said.get(field);
    if (here !== value)
      return `${field}: ${String(here)}, from the outcomes it is ${String(value)}`;
  }
  return null;
}
