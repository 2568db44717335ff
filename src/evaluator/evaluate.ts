import type { Sample, Task, TaskOutcome, Verdict } from "../core/records.ts";
import { solutionProblem } from "../core/solution.ts";
import { UserError } from "../errors.ts";
import { startEvaluator, type EvaluatorOptions, type RunningEvaluator } from "./evaluator.ts";
import { inOrder } from "./in-order.ts";
import type { Solution } from "./judge.ts";

export interface EvaluateOptions extends EvaluatorOptions {
  /** The tasks that samples may be of. */
  readonly tasks: Iterable<Task>;
  /** One that runs already, and is left running; by default one is started, and ended with the last result. */
  readonly evaluator?: RunningEvaluator | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What `evaluate` needs of a sample. */
type Answer = Pick<Sample, "task_id" | "completion" | "solution">;

/**
 * Samples taken up by each worker: at 500 a second, more than come while one overruns its time.
 * In memory a result takes about as much as its sample.
 */
const WINDOW_PER_WORKER = 2048;
/** Characters of the samples taken up by each worker. */
const WINDOW_SIZE_PER_WORKER = 2 * 1024 * 1024;
/** Samples handed to the evaluator for each worker: none of them waits for the next. */
const AHEAD = 4;

/**
 * Judges samples as the official HumanEval harness would, and gives each back with its verdict, in their
 * order. It reads ahead a little, never the whole: any number of samples takes the same memory. What a
 * sample does is its verdict; throws a UserError for a sample of no task or of none or two solutions, and
 * where Python or the sandbox that was asked for is missing; and the signal's reason when it is aborted.
 */
export async function* evaluate<S extends Answer>(
  samples: AsyncIterable<S> | Iterable<S>,
  options: EvaluateOptions,
): AsyncGenerator<S & Verdict, void> {
  const tasks = new Map(Array.from(options.tasks, (task) => [task.task_id, onlyTask(task)]));
  const evaluator = options.evaluator ?? (await startEvaluator(options));
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    yield* inOrder({
      source: samples,
      work: async (sample) => {
        const task = tasks.get(sample.task_id);
        if (!task) throw new UserError(`There is no task ${sample.task_id}.`);
        const outcome = await evaluator.evaluateSolution(solutionOf(sample), task, signal);
        return { ...sample, ...verdictOf(outcome) };
      },
      sizeOf: ({ completion, solution }) => (completion ?? solution ?? "").length,
      window: {
        atWork: AHEAD * evaluator.workers,
        items: WINDOW_PER_WORKER * evaluator.workers,
        size: WINDOW_SIZE_PER_WORKER * evaluator.workers,
      },
      signal,
    });
  } finally {
    left.abort(new Error("the results are no longer wanted"));
    if (!options.evaluator) await evaluator.close();
  }
}

/** Judges get nothing but the task, whatever else a record holds. */
function onlyTask({ task_id, prompt, entry_point, test }: Task): Task {
  return { task_id, prompt, entry_point, test };
}

function solutionOf(sample: Answer): Solution {
  const problem = solutionProblem(sample);
  if (problem !== null) throw new UserError(`A sample of ${sample.task_id} is wrong: ${problem}.`);
  const whole = sample.solution !== undefined;
  return { source: sample.solution ?? sample.completion ?? "", whole };
}

/** The outcome, with the fields and words of the official harness (openai/human-eval, execution.py). */
function verdictOf({ outcome, reason, duration_ms }: TaskOutcome): Verdict {
  const results = { passed: "passed", timeout: "timed out" };
  const result =
    outcome === "passed" || outcome === "timeout" ? results[outcome] : `failed: ${reason}`;
  return { result, passed: outcome === "passed", outcome, reason, duration_ms };
}
