import type { RunType } from "./records.ts";

/** The benchmarks whose bytes are known, as records name them. Any other name is that of a file of tasks. */
export const BENCHMARK_NAMES: readonly string[] = ["HumanEval", "Fresh", "Practice"];

/** What must stand beside a score that a run of this type has on this benchmark, or null. */
export function caveatOf(benchmark: string, runType: RunType): string | null {
  return benchmark === "Practice" && runType === "search"
    ? "The search was tuned on these tasks, those held out among them: on them one sees how it works, not how good it is."
    : null;
}
