import { join } from "node:path";

import { diffArrays } from "diff";

import DECOYS from "../../agents/synth/decoys.json" with { type: "json" };
import type { BenchmarkChoice, RunBenchmark } from "../../benchmark/choice.ts";
import type { CandidateRow } from "../../core/records.ts";
import type { StandingAgent } from "../../loop/parts.ts";
import { type Agent, BEGINS_BLOCK, parseAgent } from "../../proposer/search/blocks.ts";
import { agentFile, CURVE } from "../../store/layout.ts";
import { whereToFind } from "../options/benchmark.ts";
import { quoted } from "../options/run-folder.ts";
import type { ExperimentResult } from "../run/experiment.ts";
import { type RunSummary, runSummary } from "../run/summary.ts";
import { commandOf } from "./benchmark.ts";
import { type DiffLine, sourceDiff } from "./source-diff.ts";

/** What the demo says at its end; with --json, literally this. */
export interface DemoReport {
  readonly seed: number;
  readonly run: RunSummary;
  /** The changes that were accepted, in order. */
  readonly accepted: readonly AcceptedChange[];
  /** Decoys among the last agent's parts, and why each helps nothing. */
  readonly decoys: readonly { readonly name: string; readonly why: string }[];
  readonly controls: {
    readonly no_selection: RunSummary;
    /** What the best of all its children passed, though none was selected; null where none was judged. */
    readonly no_selection_best_child: number | null;
    readonly every_part: RunSummary;
  };
  readonly curve: string;
  /** The commands that check the run, and that make another. */
  readonly verify: string;
  readonly again: string;
  /** Seconds from the start to the first accepted change, null where there was none; and to the end. */
  readonly seconds: { readonly first_improvement: number | null; readonly all: number };
}

export interface AcceptedChange {
  readonly generation: number;
  readonly passed: number;
  /** Blocks, and what each says that it adds. */
  readonly put_in: readonly { readonly name: string; readonly adds: string }[];
  readonly taken_out: readonly string[];
  /** Of these a statement, a number or the place is another. */
  readonly changed: readonly string[];
  /** Tasks that the parent did not pass, and those that it alone passes: id and entry point. */
  readonly won: readonly string[];
  readonly lost: readonly string[];
  /** The two files that were compared. */
  readonly files: readonly [before: string, after: string];
  readonly diff: readonly DiffLine[];
}

export interface DemoParts {
  readonly results: string;
  readonly run: ExperimentResult;
  readonly controls: {
    readonly noSelection: ExperimentResult;
    readonly noSelectionChildren: readonly Pick<CandidateRow, "passed">[];
    readonly everyPart: ExperimentResult;
  };
  readonly benchmark: RunBenchmark;
  /** The benchmark as it was asked for. */
  readonly choice: BenchmarkChoice;
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

export function demoReport(parts: DemoParts): DemoReport {
  const { results, run, controls, seed, choice, started } = parts;
  const first = run.rows.find(({ accepted }) => accepted === true);
  return {
    seed,
    run: runSummary(results, run),
    accepted: changesOf(parts),
    decoys: decoysIn(run.lineage.at(-1)),
    controls: {
      no_selection: runSummary(results, controls.noSelection),
      no_selection_best_child: best(controls.noSelectionChildren),
      every_part: runSummary(results, controls.everyPart),
    },
    curve: join(results, CURVE),
    verify: `npx metai verify ${quoted(results)}${whereToFind(choice)}`,
    again: `${commandOf({ benchmark: choice })} --seed ${seed + 1}`,
    seconds: {
      first_improvement: first ? secondsBetween(started, Date.parse(first.timestamp)) : null,
      all: secondsBetween(started, Date.now()),
    },
  };
}

function decoysIn(agent: StandingAgent | undefined): DemoReport["decoys"] {
  const names = new Set(parseAgent(agent?.source ?? "").blocks.map(({ name }) => name));
  return Object.entries(DECOYS).flatMap(([name, why]) => (names.has(name) ? [{ name, why }] : []));
}

function best(children: readonly Pick<CandidateRow, "passed">[]): number | null {
  const passed = children.flatMap((child) => (child.passed === null ? [] : [child.passed]));
  return passed.length === 0 ? null : Math.max(...passed);
}

function changesOf({ run: { lineage }, results, benchmark }: DemoParts): AcceptedChange[] {
  return lineage.slice(1).map((agent, index) => {
    const parent = lineage[index] ?? agent;
    const blocks = blockChanges(parseAgent(parent.source), parseAgent(agent.source));
    return {
      generation: agent.generation,
      passed: passedBy(agent).size,
      ...blocks,
      won: tasksOf(benchmark, difference(passedBy(agent), passedBy(parent))),
      lost: tasksOf(benchmark, difference(passedBy(parent), passedBy(agent))),
      files: [fileOf(results, parent), fileOf(results, agent)],
      diff: sourceDiff(parent.source, agent.source),
    };
  });
}

function fileOf(results: string, { generation }: StandingAgent): string {
  return join(results, agentFile(generation));
}

function blockChanges(before: Agent, after: Agent) {
  const old = new Map(before.blocks.map(({ name, text }) => [name, text]));
  const names = new Set(after.blocks.map(({ name }) => name));
  const moved = movedBetween(namesAmong(before, names), namesAmong(after, new Set(old.keys())));
  const changed = after.blocks.filter(
    ({ name, text }) => old.has(name) && (old.get(name) !== text || moved.has(name)),
  );
  const putIn = after.blocks.filter(({ name }) => !old.has(name));
  return {
    put_in: putIn.map(({ name, text }) => ({ name, adds: summaryOf(text) })),
    taken_out: [...old.keys()].filter((name) => !names.has(name)),
    changed: changed.map(({ name }) => name),
  };
}

/** The fewest that have to be taken from their place to make one order out of the other. */
function movedBetween(before: string[], after: string[]): Set<string> {
  const changes = diffArrays(before, after);
  return new Set(changes.flatMap(({ added, value }) => (added ? value : [])));
}

function namesAmong({ blocks }: Agent, among: ReadonlySet<string>): string[] {
  return blocks.map(({ name }) => name).filter((name) => among.has(name));
}

/** What a block's first line says that it adds. */
function summaryOf(text: string): string {
  return BEGINS_BLOCK.exec(text.slice(0, text.indexOf("\n")))?.[2] ?? "";
}

function passedBy({ outcomes }: StandingAgent): Set<string> {
  const passed = outcomes.filter(({ outcome }) => outcome === "passed");
  return new Set(passed.map(({ task_id }) => task_id));
}

function difference(of: ReadonlySet<string>, without: ReadonlySet<string>): Set<string> {
  return new Set([...of].filter((one) => !without.has(one)));
}

function tasksOf({ tasks }: RunBenchmark, ids: ReadonlySet<string>): string[] {
  return tasks
    .filter(({ task_id }) => ids.has(task_id))
    .map(({ task_id, entry_point }) => `${task_id} ${entry_point}`);
}

function secondsBetween(start: number, end: number): number {
  return Math.round((end - start) / 100) / 10;
}
