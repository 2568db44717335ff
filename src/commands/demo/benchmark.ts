import { openForRun, type RunBenchmark } from "../../benchmark/choice.ts";
import { describeBenchmarkEvent } from "../../benchmark/events.ts";
import { NothingFound } from "../../benchmark/nothing-found.ts";
import type { DemoConfig } from "../../config/demo.ts";
import { whereToFind } from "../options/benchmark.ts";

interface Saying {
  /** For progress. */
  readonly tell: (line: string) => void;
  /** For what nobody may miss. */
  readonly warn: (line: string) => void;
}

/** The benchmark that was asked for; where none was and HumanEval cannot be had, Fresh, and says so. */
export async function openDemoBenchmark(
  { benchmark, orFresh }: DemoConfig,
  { signal, tell, warn }: Saying & { readonly signal: AbortSignal },
): Promise<RunBenchmark> {
  const watching = {
    signal,
    onEvent: (event: Parameters<typeof describeBenchmarkEvent>[0]) =>
      tell(describeBenchmarkEvent(event)),
  };
  try {
    return await openForRun(benchmark, watching);
  } catch (error) {
    if (!(error instanceof NothingFound) || !orFresh) throw error;
    warn(
      "HumanEval cannot be had here, so the demo uses Fresh, metai's own 24 tasks. They are harder: expect little or " +
        "nothing from the search. metai demo --benchmark practice shows one that improves; metai data pull says how to " +
        "get HumanEval.",
    );
    return openForRun({ kind: "shipped", name: "fresh" }, watching);
  }
}

/** The command of a demo on the same benchmark; the seed is left to the caller, and the folder to the default. */
export function commandOf({ benchmark }: Pick<DemoConfig, "benchmark">): string {
  const which = benchmark.kind === "shipped" ? ` --benchmark ${benchmark.name}` : "";
  return `npx metai demo${which}${whereToFind(benchmark)}`;
}
