import type { RunningEvaluator } from "../../evaluator/evaluator.ts";

/** Says that the sandbox is none, where it is none. */
export function warnOfWeakSandbox(
  what: "agents" | "samples",
  { sandbox, sandboxNote }: Pick<RunningEvaluator, "sandbox" | "sandboxNote">,
  tell: (line: string) => void,
): void {
  if (sandbox === "bubblewrap") return;
  const why = sandboxNote === null ? "" : ` (${sandboxNote})`;
  tell(
    `Warning: ${what} run at sandbox level "process", which is no security boundary: ` +
      `they could read your files and use your network${why}.`,
  );
}
