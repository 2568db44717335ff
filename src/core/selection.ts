import type { AgentEvaluation } from "./ports.ts";
import type { TaskOutcome, Ties } from "./records.ts";

/** Whether a candidate becomes the standing agent, and why in words. */
export interface Decision {
  readonly accepted: boolean;
  /** Tasks that the candidate passes; null if it is no agent at all. */
  readonly candidatePassed: number | null;
  readonly words: string;
}

/** The agent that a candidate has to beat. */
export interface Rival {
  readonly passed: number;
  readonly source: string;
}

/** What a proposal comes to: a source, unless the answer held none, and its evaluation. */
export interface Evaluated {
  readonly source: string | null;
  readonly evaluation: AgentEvaluation;
}

/** How it is decided what stands. Without selection, every agent that is offered does. */
export interface Rule {
  readonly ties: Ties;
  readonly selection: boolean;
}

/**
 * The rule of the experiment: accepted only on strictly more passes than the parent or, where ties go to
 * the smaller, on as many with a source of fewer bytes.
 */
export function decide(parent: Rival, candidate: Evaluated, rule: Rule): Decision {
  const { source, evaluation } = candidate;
  if (evaluation.status === "invalid" || source === null) {
    const reason = evaluation.status === "invalid" ? evaluation.reason : "it has no source";
    return { accepted: false, candidatePassed: null, words: `invalid: ${reason}` };
  }
  const passed = countPassed(evaluation.outcomes);
  const verdict = (accepted: boolean, words: string) => ({
    accepted,
    candidatePassed: passed,
    words,
  });
  if (!rule.selection) {
    return verdict(true, `kept without selection: ${passed} after ${parent.passed}`);
  }
  if (passed > parent.passed) return verdict(true, `accepted: ${passed} > ${parent.passed}`);
  const words = `rejected: ${passed} is not more than ${parent.passed}`;
  if (rule.ties === "parent" || passed < parent.passed) return verdict(false, words);
  const [bytes, parentBytes] = [bytesOf(source), bytesOf(parent.source)];
  return bytes < parentBytes
    ? verdict(true, `accepted: ${passed} as before, in ${bytes} bytes < ${parentBytes}`)
    : verdict(false, `${words}, and ${bytes} bytes are not fewer than ${parentBytes}`);
}

/**
 * The place of the child that is the candidate: the most passes, then the first; what is no agent comes last.
 * Without selection it is the first, whatever it passes.
 */
export function placeOfChosen(
  evaluations: readonly AgentEvaluation[],
  { selection }: Pick<Rule, "selection">,
): number {
  if (!selection) return 0;
  const passes = evaluations.map((one) =>
    one.status === "invalid" ? -1 : countPassed(one.outcomes),
  );
  return passes.indexOf(Math.max(...passes));
}

export function countPassed(outcomes: readonly TaskOutcome[]): number {
  return outcomes.filter(({ outcome }) => outcome === "passed").length;
}

function bytesOf(source: string): number {
  return new TextEncoder().encode(source).length;
}
