import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { SelfImproveConfig } from "../../config.ts";
import type { Budget } from "../../core/budget.ts";
import type { Price } from "../../core/price.ts";
import { UserError } from "../../errors.ts";
import { makeFolder, writeFileWhole } from "../../files.ts";
import { readJournal } from "../../store/journal-file.ts";
import { JOURNAL, REPLICATES, replicateFolder } from "../../store/layout.ts";
import { lockFolder } from "../../store/lock.ts";
import { replicatesIn } from "../../store/run-folders.ts";
import { type PreparedRun, runExperiment, type SharedParts } from "../run/experiment.ts";
import { type PreparedProposer, prepareReplicate } from "../run/proposers.ts";
import { readReplicates } from "./folder.ts";
import { comparisonsOf } from "./comparison.ts";
import { printReplicates, type ReplicatesReport } from "./print.ts";
import { createReplicatesProgress } from "./progress.ts";
import { replicatesSummary, summaryFile } from "./summary.ts";
import { budgetOf } from "../run/spending.ts";

interface PreparedReplicate {
  readonly name: string;
  readonly prepared: PreparedProposer;
}

/**
 * Several runs of one configuration, each whole and in a folder of its own, and what they come to. As many are
 * at work side by side as there are workers. Where one fails for a fault of the machinery the others are
 * stopped, and no more are begun.
 */
export async function prepareReplicates(
  config: SelfImproveConfig,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<PreparedRun> {
  const replicates = await Promise.all(
    Array.from({ length: runs }, async (_, index) => ({
      name: replicateFolder(index + 1),
      prepared: await prepareReplicate(config.proposer, seed + index),
    })),
  );
  return async (shared) => {
    const parts = { ...shared, budget: await budgetOfAll(config, shared.price ?? null) };
    // Until they have ended, what an earlier part of them came to is not so.
    await rm(join(config.results, REPLICATES), { force: true });
    try {
      await runAll(replicates, config, parts);
    } catch (error) {
      // What failed first is what the user has to know.
      await summariseAll(config.results, replicates.length).catch(() => {});
      throw error;
    }
    const report = await summarise(config.results);
    return () => {
      if (config.json) console.log(JSON.stringify(report, null, 2));
      else printReplicates(report, config.benchmark);
    };
  };
}

/** What an earlier part of the runs has used counts. */
async function budgetOfAll(config: SelfImproveConfig, price: Price | null): Promise<Budget | null> {
  const before = await Promise.all(
    (await replicatesIn(config.results)).map(async (name) => {
      const content = await readJournal(join(config.results, name, JOURNAL));
      return content?.lines ?? [];
    }),
  );
  return budgetOf(config.spending, price, before);
}

/** Where some have not begun, the others are no summary. */
async function summariseAll(results: string, count: number): Promise<void> {
  if ((await readReplicates(results)).length === count) await summarise(results);
}

async function summarise(results: string): Promise<ReplicatesReport> {
  const runs = await readReplicates(results);
  const summary = replicatesSummary(runs);
  await writeFileWhole(join(results, REPLICATES), summaryFile(summary));
  return { results, ...summary, comparisons: await comparisonsOf(results, runs) };
}

async function runAll(
  replicates: readonly PreparedReplicate[],
  config: SelfImproveConfig,
  parts: SharedParts,
): Promise<void> {
  const { quiet, generations } = config;
  const progress = createReplicatesProgress({ quiet, generations, runs: replicates.length });
  const stop = new AbortController();
  const signal = AbortSignal.any([parts.signal, stop.signal]);
  const waiting = [...replicates];
  const faults: unknown[] = [];
  const workThrough = async () => {
    for (let next = waiting.shift(); next && faults.length === 0; next = waiting.shift()) {
      try {
        await runOne(next, config, { ...parts, signal, progress: progress.of(next.name) });
      } catch (error) {
        faults.push(error);
        stop.abort(error);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: parts.evaluator.workers }, workThrough));
  } finally {
    progress.stop();
  }
  if (faults.length > 0) throw faults[0];
}

async function runOne(
  { name, prepared }: PreparedReplicate,
  config: SelfImproveConfig,
  parts: SharedParts,
): Promise<void> {
  const results = join(config.results, name);
  await makeFolder(results);
  const unlock = await lockFolder(results);
  try {
    await runExperiment({ ...config, results }, { ...parts, prepared });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${name}: ${error.message}`, { kind: error.kind, cause: error });
  } finally {
    await unlock();
  }
}
