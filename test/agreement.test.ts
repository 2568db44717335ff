import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { expect, test } from "vitest";
import { z } from "zod";

import { startEvaluator } from "../src/evaluator/evaluator.ts";
import { records } from "./evaluator/modes.ts";
import { modelSamples } from "./helpers/model-samples.ts";

const ModelSample = z.object({
  task_id: z.string(),
  completion: z.string(),
  official_passed: z.boolean(),
  /** The official verdict itself wavers with the load of the machine. */
  timing_sensitive: z.boolean().default(false),
});

function readModelSamples(path: string): z.infer<typeof ModelSample>[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.map((line) => ModelSample.parse(JSON.parse(line)));
}

test.skipIf(modelSamples === null)(
  "every verdict is the official harness's",
  async () => {
    const samples = readModelSamples(modelSamples ?? "");
    expect(samples.length).toBeGreaterThan(4000);
    const tasks = new Map(records.map((record) => [record.task_id, record]));
    const evaluator = await startEvaluator();
    const { signal } = new AbortController();
    try {
      const judged = samples.map(async (sample) => {
        const record = tasks.get(sample.task_id);
        if (!record) throw new Error(`no task ${sample.task_id}`);
        const { task_id, prompt, entry_point, test: text } = record;
        const solution = { source: sample.completion, whole: false };
        const task = { task_id, prompt, entry_point, test: text };
        const { outcome, reason } = await evaluator.evaluateSolution(solution, task, signal);
        return { sample, outcome, reason };
      });
      const disagreements = (await Promise.all(judged)).filter(
        ({ sample, outcome }) => (outcome === "passed") !== sample.official_passed,
      );
      expect(disagreements.filter(({ sample }) => !sample.timing_sensitive)).toEqual([]);
    } finally {
      await evaluator.close();
    }
  },
  300_000,
);
