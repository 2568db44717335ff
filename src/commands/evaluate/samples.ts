import { createHash } from "node:crypto";

import { readAllTasks } from "../../benchmark/choice.ts";
import { type BenchmarkEvent, describeBenchmarkEvent } from "../../benchmark/events.ts";
import {
  type EvaluateConfig,
  type EvaluateOptions,
  readEnvironment,
  resolveEvaluate,
} from "../../config.ts";
import type { Task } from "../../core/records.ts";
import { Score } from "../../core/score.ts";
import { Interrupted, UserError } from "../../errors.ts";
import { evaluate } from "../../evaluator/evaluate.ts";
import { type RunningEvaluator, startEvaluator } from "../../evaluator/evaluator.ts";
import type { JudgeProcess } from "../../evaluator/judge-process.ts";
import type { Conditions } from "../../samples/partial-results.ts";
import { type Census, checkSamples, readSampleLines } from "../../samples/read-samples.ts";
import { checkOutput, defaultOutput, ResultsFile } from "../../samples/results-file.ts";
import { createEvaluateProgress, duration } from "./progress.ts";
import { evaluateReport, outcomesInWords, passAtKJson, remarks, taskTable } from "./report.ts";
import { packageVersion } from "../package-info.ts";
import { warnOfWeakSandbox } from "../terminal/sandbox-warning.ts";
import { thousands } from "../terminal/style.ts";

type Tell = (line: string) => void;

/** Judges a file of samples. It is checked as a whole before the first of them runs. */
export async function evaluateSamples(
  samples: string,
  options: EvaluateOptions,
  begun: readonly JudgeProcess[],
  signal: AbortSignal,
): Promise<void> {
  const config = resolveEvaluate(samples, options, await readEnvironment());
  const output = config.output ?? defaultOutput(samples);
  const tell = config.quiet ? () => {} : (line: string) => console.error(line);
  const starting = startEvaluator({ ...config.evaluator, begun }); // takes as long as the reading
  starting.catch(() => {}); // it is awaited, once the files are known to be good
  try {
    const { benchmark } = config;
    await checkOutput(output, benchmark.kind === "file" ? [samples, benchmark.path] : [samples]);
    const onEvent = (event: BenchmarkEvent) => tell(describeBenchmarkEvent(event));
    const tasks = await readAllTasks(benchmark, { signal, onEvent });
    const census = await checkSamples(samples, new Set(tasks.map((task) => task.task_id)), signal);
    await judgeFile({ config, output, tasks, census, starting, tell, signal });
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error;
  } finally {
    await starting.then(
      (evaluator) => evaluator.close(),
      () => {},
    );
  }
}

interface Evaluation {
  readonly config: EvaluateConfig;
  readonly output: string;
  readonly tasks: readonly Task[];
  readonly census: Census;
  readonly starting: Promise<RunningEvaluator>;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

async function judgeFile(evaluation: Evaluation): Promise<void> {
  const { config, output, census, tell } = evaluation;
  const score = new Score();
  const { evaluator, kept, seconds } = await writeResults(evaluation, score);

  const ids = evaluation.tasks.map((task) => task.task_id);
  const report = evaluateReport(score, ids, config.k);
  const rate = Math.round((census.samples - kept) / seconds);
  tell(
    `${thousands(census.samples)} samples in ${duration(seconds)} (${thousands(rate)}/s, sandbox ` +
      `${evaluator.sandbox}): ${outcomesInWords(report.outcomes)}. Results: ${output}`,
  );
  for (const remark of remarks(report, config.k)) tell(remark);
  if (config.table) for (const line of taskTable(report, config.k)) console.log(line);
  if (!config.json) return console.log(passAtKJson(report));
  const { sandbox, sandboxNote, python, workers } = evaluator;
  const circumstances = {
    sandbox,
    sandbox_note: sandboxNote,
    python: python.version,
    timeout_seconds: config.evaluator.timeout,
    workers,
    seconds: Math.round(seconds * 1000) / 1000,
    results_taken_over: kept,
    results: output,
  };
  console.log(JSON.stringify({ ...report, ...circumstances }, null, 2));
}

/** Judges what an earlier evaluation has not, and writes the file of results. Gives how many it took over. */
async function writeResults(evaluation: Evaluation, score: Score) {
  const { config, output, tasks, census, starting, tell, signal } = evaluation;
  const { samples } = config;
  const file = await ResultsFile.open(output, {
    samples,
    conditions: async () => conditionsOf(evaluation, await starting),
    restart: config.restart,
    onKept: (taskId, verdict) => score.add(taskId, verdict),
    signal,
  });
  const progress = createEvaluateProgress(census.samples, config.quiet);
  const hash = createHash("sha256");
  const lines = readSampleLines(samples, (bytes) => hash.update(bytes));
  const answers = answersAfter(file.kept, lines);
  const first = answers.next(); // is read while the judges start
  first.catch(() => {}); // it is awaited, once they have
  try {
    const evaluator = await starting;
    const started = performance.now();
    warnOfWeakSandbox("samples", evaluator);
    progress.start(file.kept, score.outcomes.passed);
    const results = evaluate(continued(first, answers), { tasks, evaluator, signal });
    for await (const { task_id, written, ...verdict } of results) {
      await file.append(written, verdict);
      score.add(task_id, verdict);
      progress.judged(verdict.passed);
    }
    void evaluator.close(); // it goes on while the file gets to the disk, and is awaited in the end
    if (hash.digest("hex") !== census.sha256) {
      throw new UserError(`${samples} changed while it was evaluated: give the command again.`);
    }
    await file.finish();
    return { evaluator, kept: file.kept, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    progress.stop();
    await file.leave();
    if (file.lines > 0) {
      const count = `${thousands(file.lines)} of ${thousands(census.samples)} results`;
      tell(`Kept ${count}: the same command goes on from there.`);
    }
    throw error;
  } finally {
    progress.stop();
    await answers.return(undefined);
  }
}

/** What is judged of each sample, and what is written of it, without those whose results are there. */
async function* answersAfter(kept: number, lines: ReturnType<typeof readSampleLines>) {
  let index = 0;
  for await (const { sample, written } of lines) {
    if (index++ < kept) continue;
    const { task_id, completion, solution } = sample;
    yield { task_id, completion, solution, written };
  }
}

async function* continued<T>(
  first: Promise<IteratorResult<T, void>>,
  rest: AsyncGenerator<T, void>,
) {
  const { done, value } = await first;
  if (done) return;
  yield value;
  yield* rest;
}

function conditionsOf(
  { config, tasks, census }: Evaluation,
  evaluator: RunningEvaluator,
): Conditions {
  return {
    samples_sha256: census.sha256,
    tasks_sha256: createHash("sha256").update(JSON.stringify(tasks)).digest("hex"),
    timeout_seconds: config.evaluator.timeout,
    sandbox: evaluator.sandbox,
    python: evaluator.python.version,
    metai: packageVersion(),
  };
}
