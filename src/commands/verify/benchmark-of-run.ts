import { openForCheck } from "../../benchmark/choice.ts";
import { describeBenchmarkEvent } from "../../benchmark/events.ts";
import { type BenchmarkOptions, readEnvironment, resolveChoice } from "../../config.ts";
import { BENCHMARK_NAMES } from "../../core/benchmarks.ts";
import type { RunFacts } from "../../core/journal.ts";
import { oneLine } from "../../core/one-line.ts";
import { UserError } from "../../errors.ts";

/**
 * The benchmark that a run names, unless another is given, and how it was chosen. Whether it is the same is for
 * the caller to check.
 */
export async function openBenchmarkOfRun(
  { benchmark }: RunFacts,
  options: BenchmarkOptions & { readonly quiet?: true | undefined },
  signal: AbortSignal,
) {
  const named = { ...options, benchmark: options.benchmark ?? knownName(benchmark.name) };
  const choice = resolveChoice(named, await readEnvironment());
  const found = await openForCheck(choice, {
    signal,
    onEvent: (event) => {
      if (!options.quiet) console.error(describeBenchmarkEvent(event));
    },
  });
  return { ...found, choice };
}

/** Throws a UserError for a benchmark that is a file, which only the user can say where it is. */
function knownName(name: string): string {
  if (BENCHMARK_NAMES.includes(name)) return name;
  throw new UserError(
    `The run was judged on ${oneLine(name, 60)}: say where that file is with --benchmark FILE.`,
  );
}
