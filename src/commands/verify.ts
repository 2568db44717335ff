import type { BenchmarkOptions } from "../config.ts";
import type { SandboxLevel } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { controlNamed, foldersOfSeveral } from "../store/run-folders.ts";
import { checkBenchmark } from "../verify/benchmark.ts";
import { CHECKS, checked, notDone } from "../verify/findings.ts";
import type { RecordedRun } from "../verify/recorded-run.ts";
import { checkRequests } from "../verify/requests.ts";
import { openBenchmarkOfRun } from "./verify/benchmark-of-run.ts";
import { runsBelow } from "./verify/runs-below.ts";
import { evaluateAfresh } from "./verify/evaluation.ts";
import { printVerification, verificationOnRecord, verdictOf } from "./verify/report.ts";
import { verifyReplicates } from "./verify/replicates.ts";
import { type CheckedRun, checkFolder, failedIn, type RunVerification } from "./verify/run.ts";

/** `metai verify`, as commander parses it. */
export interface VerifyOptions extends BenchmarkOptions {
  head?: string | undefined;
  python?: string | undefined;
  sandbox: "auto" | SandboxLevel;
  timeout?: number | undefined;
  workers?: number | undefined;
  quiet?: true | undefined;
}

/** `metai verify RUN`: prints what each check came to; throws a UserError of kind `refused` if one failed. */
export async function runVerify(
  folder: string,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<void> {
  const runs = await verifyRuns(folder, options, signal);
  if (options.json) console.log(JSON.stringify(verificationOnRecord(runs), null, 2));
  else printVerification(runs);
  const verdict = verdictOf(runs);
  if (!verdict.ok) throw new UserError(verdict.words, { kind: "refused" });
}

/** The checks of a run and of those below it, the run itself first. */
export async function verifyRuns(
  folder: string,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<RunVerification[]> {
  const folders = await runsBelow(folder);
  if (options.head !== undefined && folders[0] !== folder) {
    throw new UserError(`${folder} holds several runs: give --head with the folder of one.`);
  }
  const runs: RunVerification[] = [];
  for (const one of folders) {
    const head = one === folder ? (options.head ?? null) : null;
    const control = one === folder ? null : controlNamed(folder, one);
    runs.push(await verifyRun(await checkFolder(one, { head, control }), options, signal));
  }
  const several = await foldersOfSeveral(folder);
  return [...runs, ...(await Promise.all(several.map(verifyReplicates)))];
}

/** The checks that need the benchmark and an interpreter. The last, which takes long, is left out where one failed. */
async function verifyRun(
  { verification, run }: CheckedRun,
  options: VerifyOptions,
  signal: AbortSignal,
): Promise<RunVerification> {
  if (run === null) return verification;
  const { checks } = verification;
  const failed = failedIn(checks, CHECKS);
  const opened = await openBenchmarkOf(run, options, signal, failed);
  if (typeof opened === "string") {
    const left = (["benchmark", "requests", "evaluation"] as const).map((one) =>
      notDone(one, opened),
    );
    return { ...verification, checks: [...checks, ...left] };
  }
  const differs = checkBenchmark(run, opened);
  const benchmark = checked("benchmark", `${opened.name}, by its content`, differs);
  if (differs.length > 0) {
    const left = (["requests", "evaluation"] as const).map((one) =>
      notDone(one, "the benchmark is not the run's"),
    );
    return { ...verification, checks: [...checks, benchmark, ...left] };
  }
  const requests = checked(
    "requests",
    "what was asked against what the parent and its outcomes give",
    checkRequests(run, opened.tasks),
  );
  const soFar = [...checks, benchmark, requests];
  const evaluation = failedIn(soFar, CHECKS)
    ? notDone("evaluation", "a check before it failed")
    : await evaluateAfresh(run, {
        tasks: [...opened.tasks, ...opened.heldOut],
        evaluator: {
          python: options.python,
          sandbox: options.sandbox,
          workers: options.workers,
          ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
        },
        quiet: options.quiet ?? false,
        signal,
      });
  return { ...verification, checks: [...soFar, evaluation] };
}

/** The benchmark that the run names, or why it cannot be had where the run has failed already. */
async function openBenchmarkOf(
  { started }: RecordedRun,
  options: VerifyOptions,
  signal: AbortSignal,
  failed: boolean,
) {
  try {
    return await openBenchmarkOfRun(started.facts, options, signal);
  } catch (error) {
    if (failed && error instanceof UserError) return error.message;
    throw error;
  }
}
