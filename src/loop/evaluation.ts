import type { JournalEvent } from "../core/journal.ts";
import type { AgentEvaluation } from "../core/ports.ts";
import type { Task, TaskOutcome } from "../core/records.ts";
import type { Run } from "./parts.ts";

export interface Evaluated {
  readonly source: string;
  readonly sha256: string;
}

/** Judges an agent on the tasks that candidates are selected on. */
export async function evaluate(
  run: Run,
  of: { readonly generation: number; readonly child: number },
  agent: Evaluated,
  signal: AbortSignal,
): Promise<AgentEvaluation> {
  const { past, tasks, onEvent } = run;
  const { generation } = of;
  onEvent({ type: "evaluation-started", ...of });
  return evaluateMissing(run, agent, {
    tasks,
    known: past.outcomes(generation, agent.sha256),
    toEvent: (outcome) => ({
      type: "outcome",
      generation,
      agent_sha256: agent.sha256,
      ...outcome,
    }),
    onOutcome: (outcome) => onEvent({ type: "task-judged", ...of, outcome }),
    signal,
  });
}

export interface Wanted {
  readonly tasks: readonly Task[];
  /** What an earlier part of the run has found, which is not looked for again. */
  readonly known: ReadonlyMap<string, TaskOutcome>;
  readonly toEvent: (
    outcome: TaskOutcome,
  ) => Extract<JournalEvent, { type: "outcome" | "held-out-outcome" }>;
  readonly onOutcome: (outcome: TaskOutcome) => void;
  readonly signal: AbortSignal;
}

/** Judges an agent on the tasks whose outcome is not known; each outcome is noted as it comes. */
export async function evaluateMissing(
  { evaluator, log }: Pick<Run, "evaluator" | "log">,
  { source }: Evaluated,
  { tasks, known, toEvent, onOutcome, signal }: Wanted,
): Promise<AgentEvaluation> {
  const notes: Promise<void>[] = [];
  const outcomes = new Map<string, TaskOutcome>();
  const take = (outcome: TaskOutcome) => {
    outcomes.set(outcome.task_id, outcome);
    const noted = log.note(toEvent(outcome));
    noted.catch(() => {}); // it is awaited below, or the run is at its end already
    notes.push(noted);
    onOutcome(outcome);
  };
  for (const { task_id } of tasks) {
    const outcome = known.get(task_id);
    if (outcome !== undefined) take(outcome);
  }
  const missing = tasks.filter(({ task_id }) => !known.has(task_id));
  if (missing.length > 0) {
    const evaluation = await evaluator.evaluateAgent(source, missing, { signal, onOutcome: take });
    if (evaluation.status === "invalid") {
      await Promise.all(notes);
      return evaluation;
    }
    for (const outcome of evaluation.outcomes) {
      if (!outcomes.has(outcome.task_id)) take(outcome); // an evaluator need not tell them one by one
    }
  }
  await Promise.all(notes);
  return {
    status: "evaluated",
    outcomes: tasks.flatMap((task) => outcomes.get(task.task_id) ?? []),
  };
}
