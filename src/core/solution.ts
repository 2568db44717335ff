import type { Sample } from "./records.ts";

/** Why a sample does not say what to run, in words that follow its line's number; or null. */
export function solutionProblem(sample: Pick<Sample, "completion" | "solution">): string | null {
  if (sample.completion === undefined && sample.solution === undefined) {
    return "it has neither completion nor solution";
  }
  if (sample.completion !== undefined && sample.solution !== undefined) {
    return "it has both completion and solution: keep one";
  }
  return null;
}
