import { readAllTasks, selectionOf } from "../benchmark/choice.ts";
import { NothingFound } from "../benchmark/nothing-found.ts";
import { readEnvironment } from "../config.ts";
import { type PlanConfig, type PlanOptions, resolvePlan } from "../config/plan.ts";
import type { Task } from "../core/records.ts";
import { UserError } from "../errors.ts";
import { priceOf } from "../prices.ts";
import { publicBaseUrl } from "../proposer/access.ts";
import { readSeedAgent } from "./package-info.ts";
import { printPlan } from "./plan/print.ts";
import { planReport } from "./plan/report.ts";

/** `metai plan`: what runs would take and could tell. It writes nothing and asks no server. */
export async function runPlan(options: PlanOptions, signal: AbortSignal): Promise<void> {
  const config = resolvePlan(options, await readEnvironment());
  const all = await readTasks(config, signal);
  const tasks = selectionOf(all);
  const heldOut = countHeldOut(config, all.length - tasks.length);
  const model = modelOf(config);
  const price = model && (config.price ?? (await priceOf(model.name, model.base_url)));
  const seedSource = readSeedAgent();
  const report = planReport(config, { model, price, seedSource, tasks, heldOut });
  if (config.json) console.log(JSON.stringify(report, null, 2));
  else printPlan(report);
}

async function readTasks(config: PlanConfig, signal: AbortSignal): Promise<readonly Task[]> {
  try {
    return await readAllTasks(config.benchmark, { signal, onEvent: () => {}, urls: [] });
  } catch (error) {
    if (!(error instanceof NothingFound)) throw error;
    throw new UserError(
      'HumanEval is not on this machine, and a plan downloads nothing: run "metai data pull" first, or give --humaneval PATH or --benchmark fresh.',
      { cause: error },
    );
  }
}

function countHeldOut({ heldOut }: PlanConfig, available: number): number {
  if (heldOut === "all") return available;
  if (heldOut <= available) return heldOut;
  throw new UserError(
    `--held-out ${heldOut}: there are only ${available} tasks to hold out; give ${available} or less, all or none.`,
  );
}

function modelOf({ proposer }: PlanConfig) {
  if (proposer.kind !== "openai") return null;
  return { name: proposer.model, base_url: publicBaseUrl(proposer.baseUrl) };
}
