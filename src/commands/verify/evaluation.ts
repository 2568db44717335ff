import {
  type EvaluatorOptions,
  type RunningEvaluator,
  startEvaluator,
} from "../../evaluator/evaluator.ts";
import { SUSPECT_LIMITS } from "../../evaluator/limits.ts";
import { count } from "../../core/count.ts";
import type { Task } from "../../core/records.ts";
import { claimsOf } from "../../verify/claims.ts";
import { checkEvaluation, PATIENCE } from "../../verify/evaluation.ts";
import { checked, type CheckResult, type Finding } from "../../verify/findings.ts";
import type { RecordedRun } from "../../verify/recorded-run.ts";
import { createVerifyProgress } from "./progress.ts";
import { warnOfWeakSandbox } from "../terminal/sandbox-warning.ts";

export interface FreshEvaluationOptions {
  readonly tasks: readonly Task[];
  /** `timeout` in seconds: by default the run's own. */
  readonly evaluator: EvaluatorOptions;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** Every agent of a run evaluated afresh, each outcome against the recorded one. */
export async function evaluateAfresh(
  run: RecordedRun,
  { tasks, evaluator: wanted, quiet, signal }: FreshEvaluationOptions,
): Promise<CheckResult> {
  const { facts } = run.started;
  const claims = claimsOf(run);
  const outcomes = claims.reduce((sum, one) => sum + one.outcomes.length, 0);
  const timeoutSeconds = wanted.timeout ?? facts.settings.timeout_seconds;
  const progress = createVerifyProgress(outcomes, quiet);
  const evaluator = await startEvaluator({ ...wanted, timeout: timeoutSeconds });
  let patient: Promise<RunningEvaluator> | undefined;
  const notes = otherThan(facts.evaluator, evaluator.python.version, evaluator.sandbox);
  try {
    warnOfWeakSandbox("agents", evaluator);
    const options = {
      evaluator,
      tasks: new Map(tasks.map((task) => [task.task_id, task])),
      timeoutSeconds,
      patient: () =>
        (patient ??= startEvaluator({ ...wanted, workers: 1, timeout: timeoutSeconds * PATIENCE })),
      sameWords: notes.length === 0,
      signal,
      onOutcome: progress.judged,
    };
    const findings: Finding[] = [];
    const flaky: string[] = [];
    for (const agent of claims) {
      const result = await checkEvaluation(agent, options);
      findings.push(...result.findings);
      flaky.push(...result.flaky.map(({ where, words }) => `flaky, ${where}: ${words}`));
    }
    const about = `${count(claims.length, "agent")} judged again, ${count(outcomes, "outcome")}`;
    return checked("evaluation", about, findings, [...flaky, ...notes]);
  } finally {
    progress.stop();
    await evaluator.close();
    await (await patient)?.close();
  }
}

/** An outcome may hang on these. */
function otherThan(
  recorded: RecordedRun["started"]["facts"]["evaluator"],
  python: string,
  sandbox: string,
): string[] {
  const pairs: [what: string, then: string, now: string][] = [
    ["Python", recorded.python, python],
    ["sandbox", recorded.sandbox, sandbox],
    ["limits", limitsInWords(recorded.limits), limitsInWords(SUSPECT_LIMITS)],
  ];
  return pairs
    .filter(([, then, now]) => then !== now)
    .map(([what, then, now]) => `${what} ${now} here, ${then} in the run`);
}

function limitsInWords(limits: Readonly<Record<string, number>>): string {
  return Object.entries(limits)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
