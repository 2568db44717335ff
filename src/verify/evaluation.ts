import type { AgentEvaluation, Evaluator } from "../core/ports.ts";
import type { OutcomeKind, Task, TaskOutcome } from "../core/records.ts";
import type { AgentClaims } from "./claims.ts";
import type { Finding } from "./findings.ts";

/** How often an outcome that differs is looked for again, alone. */
const AGAIN = 5;
/** A run that took this share of the time limit may take all of it on another day. */
const NEAR_THE_LIMIT = 0.5;
/** How many times the limit one that is a time-out here is given to come out as recorded. */
export const PATIENCE = 4;

export interface EvaluationOptions {
  readonly evaluator: Evaluator;
  readonly tasks: ReadonlyMap<string, Task>;
  /** Of the evaluator. */
  readonly timeoutSeconds: number;
  /** One that gives each task `PATIENCE` times as long; asked for only where it is needed. */
  readonly patient: () => Promise<Evaluator>;
  /** Whether the same words can be expected, the interpreter and the sandbox being those of the run. */
  readonly sameWords: boolean;
  readonly signal: AbortSignal;
  /** Called as each outcome comes. */
  readonly onOutcome: () => void;
}

export interface EvaluationFindings {
  /** What did not come out as recorded, however often it was tried. */
  readonly findings: readonly Finding[];
  /** What comes out now this way, now that: no sign of tampering. */
  readonly flaky: readonly Finding[];
}

/** Whether an agent does what the journal says, outcome by outcome. */
export async function checkEvaluation(
  claims: AgentClaims,
  options: EvaluationOptions,
): Promise<EvaluationFindings> {
  const { evaluator, tasks, signal, onOutcome } = options;
  const ids = [...new Set(claims.outcomes.map(({ task }) => task))];
  const known = ids.flatMap((id) => tasks.get(id) ?? []);
  const evaluation = await evaluator.evaluateAgent(claims.source, known, { signal, onOutcome });
  const findings: Finding[] = [];
  const flaky: Finding[] = [];
  for (const different of differencesFrom(claims, evaluation)) {
    const verdict = await lookAgain(claims.source, different, options);
    (verdict.isFlaky ? flaky : findings).push({ where: different.where, words: verdict.words });
  }
  for (const claim of claimsOtherwiseReasoned(claims, evaluation)) {
    const { isFlaky, words } = await lookForReason(claims.source, claim, options);
    (isFlaky ? flaky : findings).push({ where: claim.where, words });
  }
  return { findings, flaky };
}

/** Something that came out otherwise. `task` is null where the question is whether it is an agent at all. */
interface Different {
  readonly where: string;
  readonly task: string | null;
  readonly recorded: OutcomeKind | "an agent" | "no agent";
  readonly recordedMs: number;
  readonly found: Found;
}

interface Found {
  readonly kind: Different["recorded"];
  readonly ms: number;
}

function differencesFrom(claims: AgentClaims, evaluation: AgentEvaluation): Different[] {
  const isAgent = evaluation.status === "evaluated";
  const invalid = claims.invalid.map((where) => ({
    where,
    task: null,
    recorded: "no agent" as const,
    recordedMs: 0,
    found: { kind: isAgent ? ("an agent" as const) : ("no agent" as const), ms: 0 },
  }));
  const fresh = new Map(outcomesOf(evaluation).map((outcome) => [outcome.task_id, outcome]));
  const outcomes = claims.outcomes.map((claim) => ({
    where: claim.where,
    task: claim.task,
    recorded: claim.outcome,
    recordedMs: claim.duration_ms,
    found: foundOf(fresh.get(claim.task)),
  }));
  return [...invalid, ...outcomes].filter(({ recorded, found }) => recorded !== found.kind);
}

/** A source that is no agent leaves each of its tasks invalid. */
function foundOf(fresh: TaskOutcome | undefined): Found {
  return fresh === undefined
    ? { kind: "invalid", ms: 0 }
    : { kind: fresh.outcome, ms: fresh.duration_ms };
}

async function lookAgain(
  source: string,
  different: Different,
  options: EvaluationOptions,
): Promise<{ readonly isFlaky: boolean; readonly words: string }> {
  const { recorded, found } = different;
  const about = different.task === null ? "" : `${different.task}: `;
  const said = `${about}${recorded} in the journal, ${found.kind} now`;
  for (let attempt = 1; attempt <= AGAIN; attempt++) {
    const again = await evaluateAlone(source, different.task, options);
    if (again.kind === recorded) {
      return { isFlaky: true, words: `${said}, and as recorded when tried again (${attempt})` };
    }
  }
  if (
    isNearTheLimit(different, options.timeoutSeconds) &&
    (await isSlow(source, different, options))
  ) {
    return { isFlaky: true, words: `${said}; it takes about as long as the time limit allows` };
  }
  return { isFlaky: false, words: `${said}, ${AGAIN + 1} times out of ${AGAIN + 1}` };
}

/** A source that never ends is a time-out however long it is given, whatever is recorded of it. */
async function isSlow(
  source: string,
  { task, recorded, found }: Different,
  options: EvaluationOptions,
): Promise<boolean> {
  if (found.kind !== "timeout") return true;
  const patiently = { ...options, evaluator: await options.patient() };
  return (await evaluateAlone(source, task, patiently)).kind === recorded;
}

/** The same outcome for another reason, which a model would have been told. */
function claimsOtherwiseReasoned(claims: AgentClaims, evaluation: AgentEvaluation) {
  const fresh = new Map(outcomesOf(evaluation).map((outcome) => [outcome.task_id, outcome]));
  return claims.outcomes.flatMap((claim) => {
    const found = fresh.get(claim.task);
    const isOther = found?.outcome === claim.outcome && !sameReason(found.reason, claim.reason);
    return isOther ? [{ ...claim, found: found.reason }] : [];
  });
}

/** Addresses, limits and process numbers differ from one time to the next. */
function sameReason(one: string, other: string): boolean {
  const [a, b] = [one, other].map((reason) => reason.replaceAll(/0x[\da-f]+|[\d.]+/g, "#"));
  return a === b;
}

/** What varies by itself, such as the order of a set in a message, is no sign of tampering. */
async function lookForReason(
  source: string,
  claim: AgentClaims["outcomes"][number] & { readonly found: string },
  options: EvaluationOptions,
): Promise<{ readonly isFlaky: boolean; readonly words: string }> {
  const said = `${claim.task}: the reason is "${claim.reason}" in the journal, "${claim.found}" now`;
  if (!options.sameWords) return { isFlaky: true, words: said };
  for (let attempt = 1; attempt <= AGAIN; attempt++) {
    const { reason } = await evaluateAlone(source, claim.task, options);
    if (!sameReason(reason, claim.found)) return { isFlaky: true, words: `${said}; it varies` };
  }
  return { isFlaky: false, words: `${said}, ${AGAIN + 1} times out of ${AGAIN + 1}` };
}

async function evaluateAlone(
  source: string,
  id: string | null,
  { evaluator, tasks, signal }: EvaluationOptions,
): Promise<Found & { readonly reason: string }> {
  const task = id === null ? undefined : tasks.get(id);
  const evaluation = await evaluator.evaluateAgent(source, task === undefined ? [] : [task], {
    signal,
  });
  const [outcome] = outcomesOf(evaluation);
  if (id === null)
    return { kind: evaluation.status === "invalid" ? "no agent" : "an agent", ms: 0, reason: "" };
  return { ...foundOf(outcome), reason: outcome?.reason ?? "" };
}

/** One of the two is a time-out, and the other nearly was one. */
function isNearTheLimit(
  { recorded, recordedMs, found }: Different,
  timeoutSeconds: number,
): boolean {
  const near = timeoutSeconds * 1000 * NEAR_THE_LIMIT;
  if (recorded === "timeout") return found.ms >= near;
  return found.kind === "timeout" && recordedMs >= near;
}

function outcomesOf(evaluation: AgentEvaluation): readonly TaskOutcome[] {
  return evaluation.status === "evaluated" ? evaluation.outcomes : [];
}
