import type { EvaluateOptions } from "../config.ts";
import { beginJudges } from "../evaluator/judge-process.ts";

/** `metai evaluate`. Python starts while the rest of the command is loaded. */
export async function runEvaluate(
  samples: string,
  options: EvaluateOptions,
  signal: AbortSignal,
): Promise<void> {
  const begun = beginJudges(options.python, options.workers);
  try {
    const { evaluateSamples } = await import("./evaluate/samples.ts");
    await evaluateSamples(samples, options, begun, signal);
  } finally {
    await Promise.all(begun.map((process) => process.close()));
  }
}
