import { type BenchmarkEvent, describeBenchmarkEvent } from "../benchmark/events.ts";
import { readAllTasks, selectionOf } from "../benchmark/choice.ts";
import { openBenchmark } from "../benchmark/open.ts";
import { shippedName } from "../benchmark/shipped.ts";
import { describeSource } from "../benchmark/sources.ts";
import { summaryOf } from "../benchmark/summary.ts";
import { type Finding, verifyDataFolder } from "../benchmark/verify.ts";
import {
  type BenchmarkOptions,
  type DataOptions,
  readEnvironment,
  resolveBenchmark,
  resolveChoice,
} from "../config.ts";
import type { Task } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { alignColumns } from "./terminal/style.ts";

/** `metai data pull`: produces the files of the data folder and says whence they came. */
export async function dataPull(
  options: DataOptions & { force?: true | undefined },
  signal: AbortSignal,
): Promise<void> {
  const found = await findOptions(options, signal);
  const benchmark = await openBenchmark({ ...found, force: options.force });
  const { source, archiveSha256, contentSha256, files } = benchmark;
  if (options.json) {
    printJson({ source, archive_sha256: archiveSha256, content_sha256: contentSha256, files });
    return;
  }
  console.log(`HumanEval from ${describeSource(source)}, checksums right.`);
  printTable(files.map(({ path, status }) => [path, status]));
  if (archiveSha256 === null) {
    console.error(
      "The source was not the packed archive, so no archive was kept in the data folder.",
    );
  }
}

/** `metai data verify`: holds what is there against the checksums. Throws "refused" if any differs. */
export async function dataVerify(options: DataOptions): Promise<void> {
  const findings = await verifyDataFolder(resolveBenchmark(options, await readEnvironment()));
  if (findings === null) {
    throw new UserError(
      `There is nothing to verify in ${options.data}: run "metai data pull" first (with --humaneval PATH where there is no network).`,
    );
  }
  const wrong = findings.filter(({ problem }) => problem !== null).length;
  if (options.json) printJson({ ok: wrong === 0, checks: findings.map(checkOnRecord) });
  else printTable(findings.map(({ what, path, problem }) => [what, path, problem ?? "ok"]));
  if (wrong > 0) {
    throw new UserError(`${wrong} of ${findings.length} checks failed in ${options.data}.`, {
      kind: "refused",
    });
  }
}

/** `metai data show [task]`: lists the tasks of a run, or prints one task's prompt, its test only if asked. */
export async function dataShow(
  task: string | undefined,
  options: BenchmarkOptions & { test?: true | undefined },
  signal: AbortSignal,
): Promise<void> {
  if (task === undefined && options.test) {
    throw new UserError('--test needs a task: "metai data show HumanEval/3 --test".');
  }
  const benchmark = options.benchmark ?? shippedName(task?.split("/")[0] ?? "");
  const choice = resolveChoice({ ...options, benchmark }, await readEnvironment());
  const tasks = await readAllTasks(choice, { signal, onEvent });
  if (task !== undefined) {
    showTask(pick(tasks, task), options);
    return;
  }
  const rows = selectionOf(tasks).map((task) => ({
    task_id: task.task_id,
    entry_point: task.entry_point,
    summary: summaryOf(task),
  }));
  if (options.json) printJson({ tasks: rows });
  else printTable(rows.map((row) => [row.task_id, row.entry_point, row.summary]));
}

function showTask(
  record: Task,
  options: { json?: true | undefined; test?: true | undefined },
): void {
  const { task_id, prompt, entry_point, test } = record;
  if (options.json) {
    printJson({ task_id, prompt, entry_point, ...(options.test ? { test } : {}) });
    return;
  }
  console.log(prompt.trim());
  if (options.test)
    console.log(`\n# The test of ${task_id}, which no agent and no model is shown:`);
  if (options.test) console.log(test.trim());
}

function pick(tasks: readonly Task[], name: string): Task {
  const task =
    tasks.find(({ task_id }) => task_id === name) ??
    (/^\d+$/.test(name) ? tasks[Number(name)] : undefined);
  if (task) return task;
  throw new UserError(
    `There is no task ${name}: give ${tasks[0]?.task_id} to ${tasks.at(-1)?.task_id}, or the place alone (from 0).`,
  );
}

async function findOptions(options: DataOptions, signal: AbortSignal) {
  return {
    ...resolveBenchmark(options, await readEnvironment()),
    signal,
    onEvent,
  };
}

function onEvent(event: BenchmarkEvent): void {
  // The table of pull says what was written.
  if (event.type === "written" || event.type === "restored") return;
  console.error(describeBenchmarkEvent(event));
}

function checkOnRecord({ what, path, problem }: Finding) {
  return { check: what, path, ok: problem === null, problem };
}

function printJson(value: object): void {
  console.log(JSON.stringify(value, null, 2));
}

function printTable(rows: readonly (readonly string[])[]): void {
  for (const line of alignColumns(rows)) console.log(line);
}
