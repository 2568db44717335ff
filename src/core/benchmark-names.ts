/** The benchmarks whose bytes are known, as records name them. Any other name is that of a file of tasks. */
export const BENCHMARK_NAMES: readonly string[] = ["HumanEval", "Fresh", "Practice"];
