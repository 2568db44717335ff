import type { AgentEvaluation } from "./ports.ts";
import type { TaskOutcome } from "./records.ts";

/** Whether a candidate becomes the standing agent, and why in words. */
export interface Decision {
  readonly accepted: boolean;
  /** Tasks that the candidate passes; null if it is no agent at all. */
  readonly candidatePassed: number | null;
  readonly words: string;
}

/** The rule of the experiment: accepted only on strictly more passes than the parent. */
export function decide(parentPassed: number, candidate: AgentEvaluation): Decision {
  if (candidate.status === "invalid") {
    return { accepted: false, candidatePassed: null, words: `invalid: ${candidate.reason}` };
  }
  const passed = countPassed(candidate.outcomes);
  return passed > parentPassed
    ? { accepted: true, candidatePassed: passed, words: `accepted: ${passed} > ${parentPassed}` }
    : {
        accepted: false,
        candidatePassed: passed,
        words: `rejected: ${passed} is not more than ${parentPassed}`,
      };
}

export function countPassed(outcomes: readonly TaskOutcome[]): number {
  return outcomes.filter(({ outcome }) => outcome === "passed").length;
}
