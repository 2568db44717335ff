import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import { findBenchmark } from "../benchmark/find.ts";
import { NothingFound } from "../benchmark/nothing-found.ts";
import { describeSource } from "../benchmark/sources.ts";
import {
  type DoctorOptions,
  type Environment,
  readEnvironment,
  resolveBenchmark,
  resolveModel,
} from "../config.ts";
import { messageOf, UserError } from "../errors.ts";
import { startEvaluator } from "../evaluator/evaluator.ts";
import { findPython } from "../evaluator/interpreter.ts";
import { checkOpenaiAccess } from "../proposer/access.ts";
import { ownFiles } from "../store/results-folder.ts";
import { checkCheats, printCheats, refuseBreaches } from "./doctor/cheats.ts";
import { packageVersion } from "./package-info.ts";
import { alignColumns, colorsFor } from "./terminal/style.ts";

/**
 * `missing`: no run can start. `note`: a run can start, but the user should know: no key (--mock needs
 * none), no copy of HumanEval yet (a run fetches it), a sandbox that is no security boundary.
 */
type State = "ok" | "note" | "missing";

interface Finding {
  readonly what: string;
  readonly state: State;
  readonly detail: string;
}

/**
 * `metai doctor`: one table of what is there and what is not; on request the cheats after it. Throws if a
 * cheat earns a pass (exit 1), or if no run can start (exit 2).
 */
export async function runDoctor(options: DoctorOptions, signal: AbortSignal): Promise<void> {
  const env = await readEnvironment();
  const findings = [
    { what: "metai", state: "ok", detail: packageVersion() },
    { what: "Node", state: "ok", detail: process.version },
    ...(await checkEvaluator(options)),
    await checkHumanEval(options, env),
    ...checkModel(options, env),
    await checkResults(options.results),
  ] as const;
  if (!options.json) printFindings(findings);
  const canTry = !findings.some(({ what, state }) => what === "sandbox" && state === "missing");
  const cheats = options.cheats && canTry ? await checkCheats(options, signal) : undefined;
  if (options.json) console.log(JSON.stringify({ findings, cheats }, null, 2));
  else if (cheats) printCheats(cheats);
  if (cheats) refuseBreaches(cheats);
  const missing = findings.filter(({ state }) => state === "missing").map(({ what }) => what);
  if (missing.length > 0) {
    throw new UserError(`No run can start before this is mended: ${missing.join(", ")}.`);
  }
}

async function checkEvaluator(options: DoctorOptions): Promise<Finding[]> {
  const what = { python: "Python", sandbox: "sandbox" };
  try {
    const { executable, version } = await findPython(options.python);
    const python: Finding = {
      what: what.python,
      state: "ok",
      detail: `${version} (${executable})`,
    };
    return [python, await checkSandbox(options, what.sandbox)];
  } catch (error) {
    return [
      { what: what.python, state: "missing", detail: plain(error) },
      { what: what.sandbox, state: "missing", detail: "cannot be tried without Python" },
    ];
  }
}

async function checkSandbox(options: DoctorOptions, what: string): Promise<Finding> {
  try {
    const evaluator = await startEvaluator({ ...options, workers: 1 });
    await evaluator.close();
    const { sandbox, sandboxNote } = evaluator;
    if (sandbox === "bubblewrap") return { what, state: "ok", detail: sandbox };
    const why = sandboxNote === null ? "" : `: ${sandboxNote}`;
    return { what, state: "note", detail: `${sandbox}, which is no security boundary${why}` };
  } catch (error) {
    return { what, state: "missing", detail: plain(error) };
  }
}

async function checkHumanEval(options: DoctorOptions, env: Environment): Promise<Finding> {
  const what = "HumanEval";
  try {
    const { source } = await findBenchmark({ ...resolveBenchmark(options, env), urls: [] });
    return { what, state: "ok", detail: `from ${describeSource(source)}, checksums right` };
  } catch (error) {
    return error instanceof NothingFound
      ? { what, state: "note", detail: 'not here yet: a run, or "metai data pull", fetches it' }
      : { what, state: "missing", detail: plain(error) };
  }
}

function checkModel(options: DoctorOptions, env: Environment): Finding[] {
  const { apiKey, baseUrl, model } = resolveModel(options, env);
  const server = baseUrl === undefined ? "" : " (for the server in OPENAI_BASE_URL or --base-url)";
  const key: Finding = { what: "key", state: "ok", detail: `set${server}` };
  const asked: Finding = { what: "model", state: "ok", detail: model };
  try {
    checkOpenaiAccess({ apiKey, baseUrl });
    return apiKey === undefined
      ? [{ ...key, detail: `not set, and not needed${server}` }, asked]
      : [key, asked];
  } catch (error) {
    const state = apiKey === undefined && baseUrl === undefined ? "note" : "missing";
    return [{ ...key, state, detail: plain(error) }, asked];
  }
}

async function checkResults(folder: string): Promise<Finding> {
  const what = "results";
  try {
    await access(await nearestExisting(resolve(folder)), constants.W_OK);
    const files = await ownFiles(folder);
    return files.length === 0
      ? { what, state: "ok", detail: `${folder}, empty` }
      : { what, state: "note", detail: `${folder} holds a run; --reset-results replaces it` };
  } catch (error) {
    return { what, state: "missing", detail: `${folder} cannot be written: ${messageOf(error)}` };
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch {
    return dirname(path) === path ? path : nearestExisting(dirname(path));
  }
}

function printFindings(findings: readonly Finding[]): void {
  const color = colorsFor(process.stdout);
  const paint = { ok: color.green, note: color.yellow, missing: color.red };
  const lines = alignColumns(findings.map(({ what, state, detail }) => [what, state, detail]));
  for (const [index, line] of lines.entries()) {
    const state = findings[index]?.state ?? "ok";
    console.log(line.replace(state, paint[state](state)));
  }
}

/** An error's message as one line of the table. */
function plain(error: unknown): string {
  return messageOf(error).replaceAll(/\s*\n\s*/g, " ");
}
