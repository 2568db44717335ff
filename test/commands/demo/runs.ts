import type { BenchmarkChoice } from "../../../src/benchmark/choice.ts";
import { join } from "node:path";

import { demoReport, type DemoReport } from "../../../src/commands/demo/report.ts";
import type { OutcomeKind } from "../../../src/core/records.ts";
import type { ExperimentResult } from "../../../src/commands/run/experiment.ts";
import type { StandingAgent } from "../../../src/loop/parts.ts";
import { rowOf } from "../../store/rows.ts";

const STARTED = Date.parse("2026-01-02T03:04:00.000Z");
export const FOLDER = join("results", "demo");
const TASKS = ["first", "second", "third"].map((entry_point, index) => ({
  task_id: `Task/${index}`,
  prompt: "",
  entry_point,
  test: "",
}));

/** An agent of these blocks, each a name and a line. */
export function source(...blocks: (readonly [name: string, line: string])[]): string {
  const texts = blocks.map(
    ([name, line]) => `# [part ${name}] What ${name} adds.\n${line}\n# [end ${name}]\n`,
  );
  return `# [parts begin]\n\n${texts.join("\n")}\n# [parts end]\n`;
}

/** An agent that stood, with an outcome for each of the tasks: passed where the letter is a P. */
export function standing(generation: number, of: string, letters: string): StandingAgent {
  const outcomes = TASKS.map(({ task_id }, index) => {
    const outcome: OutcomeKind = letters[index] === "P" ? "passed" : "failed";
    return { task_id, outcome, reason: "", duration_ms: 1 };
  });
  return { source: of, sha256: "0".repeat(64), generation, outcomes };
}

const passes = (letters: string) => letters.replaceAll("F", "").length;

/** A run of two generations in which these agents stood. */
export function resultOf(...lineage: StandingAgent[]): ExperimentResult {
  const rows = [0, 1, 2].map((generation) => {
    const agent = lineage.findLast((one) => one.generation <= generation);
    const letters = agent?.outcomes.map(({ outcome }) => (outcome === "passed" ? "P" : "F"));
    return rowOf({
      generation,
      passed: passes((letters ?? []).join("")),
      total: TASKS.length,
      accepted: generation === 0 ? null : agent?.generation === generation,
      timestamp: new Date(STARTED + (generation + 1) * 1240).toISOString(),
    });
  });
  return { rows, ended: "completed", problem: null, lineage, head: "0".repeat(64) };
}

export const PLAIN = source(["policy", "P = 1"], ["a", "A = 1"], ["b", "B = 1"]);

/** The report of a run beside two controls that come to 0 and 1 tasks. */
export function reportOf(
  run: ExperimentResult,
  choice: BenchmarkChoice = { kind: "humaneval", dataDir: "data" },
): DemoReport {
  const control = resultOf(standing(0, PLAIN, "FFF"));
  return demoReport({
    results: FOLDER,
    run,
    controls: {
      noSelection: control,
      noSelectionChildren: [null, 1, 2, 0].map((passed) => ({ passed })),
      everyPart: resultOf(standing(0, PLAIN, "PFF")),
    },
    benchmark: {
      name: "Some",
      tasks: TASKS,
      heldOut: [],
      contentSha256: "0".repeat(64),
      archiveSha256: null,
    },
    choice,
    seed: 7,
    started: STARTED,
  });
}
