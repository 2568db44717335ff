import { BENCHMARK_NAMES } from "../core/benchmarks.ts";
import type { Task } from "../core/records.ts";
import { atLine, type Finding } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/** A benchmark as it is found here. */
export interface FoundBenchmark {
  readonly name: string;
  readonly contentSha256: string;
  readonly tasks: readonly Task[];
  readonly heldOut: readonly Task[];
}

/** Whether the benchmark here is, by its content, the one that the run was judged on, and its tasks are the run's. */
export function checkBenchmark(
  run: Pick<RecordedRun, "events" | "started">,
  { name, contentSha256, tasks, heldOut }: FoundBenchmark,
): Finding[] {
  const { facts, tasks: selection, held_out } = run.started;
  const { benchmark } = facts;
  const line = eventsOf(run, "run-started")[0]?.line ?? 1;
  const isNamedSo = // a file may have been renamed
    name === benchmark.name || ![name, benchmark.name].some((one) => BENCHMARK_NAMES.includes(one));
  const problems = [
    contentSha256 === benchmark.content_sha256
      ? null
      : `the run was judged on content with the SHA-256 ${benchmark.content_sha256}, and the ${name} here has ${contentSha256}`,
    sameIds(selection, tasks) ? null : "the tasks that it selects on are not the benchmark's first",
    sameIds(held_out, heldOut.slice(0, held_out.length))
      ? null
      : "the tasks that it holds out are not the ones that follow these",
    isNamedSo ? null : `the run calls it ${benchmark.name}, and it is ${name}`,
  ];
  return problems.flatMap((words) => (words === null ? [] : [{ where: atLine(line), words }]));
}

function sameIds(ids: readonly string[], tasks: readonly Task[]): boolean {
  return ids.length === tasks.length && ids.every((id, at) => id === tasks[at]?.task_id);
}
