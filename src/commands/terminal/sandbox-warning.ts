import type { RunningEvaluator } from "../../evaluator/evaluator.ts";

/** Says that the sandbox is none, where it is none; with --quiet, too, which leaves out progress alone. */
export function warnOfWeakSandbox(
  what: "agents" | "samples",
  { sandbox, sandboxNote }: Pick<RunningEvaluator, "sandbox" | "sandboxNote">,
): void {
  if (sandbox === "bubblewrap") return;
  const why = sandboxNote === null ? "" : ` (${sandboxNote})`;
  console.error(
    `Warning: ${what} run at sandbox level "process", which is no security boundary: ` +
      `they could read your files and use your network${why}.`,
  );
}
