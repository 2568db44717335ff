import type { ArchivedAgent } from "../core/ports.ts";
import type { CandidateRow, ScoreRow, TaskOutcome } from "../core/records.ts";
import { countPassed, decide, placeOfBest } from "../core/selection.ts";
import { UserError } from "../errors.ts";
import { type Child, makeChildren, rowsOf } from "./children.ts";
import { scoreHeldOut } from "./held-out.ts";
import {
  evaluate,
  type Progress,
  type RunParts,
  type RunResult,
  type StandingAgent,
} from "./parts.ts";

/**
 * The experiment: the seed is evaluated, then each generation the proposer rewrites the standing agent
 * and the best rewrite takes its place if it passes strictly more tasks. When that is over, the agents that
 * stood are scored on the held-out tasks. Throws what a part throws; whatever was closed by then is on disk.
 */
export async function selfImprove(parts: RunParts): Promise<RunResult> {
  const { tasks, generations, earlyStop } = parts;
  const progress: Progress = { rows: [], archive: [], lineage: [] };
  let standing = await evaluateSeed(parts, progress);
  let ended: RunResult["ended"] = "completed";
  for (let generation = 1; generation <= generations; generation++) {
    if (earlyStop && countPassed(standing.outcomes) === tasks.length) {
      ended = "perfect";
      break;
    }
    standing = await runGeneration(parts, generation, standing, progress);
  }
  return { rows: await scoreHeldOut(parts, progress), ended, lineage: progress.lineage };
}

async function evaluateSeed(parts: RunParts, progress: Progress): Promise<StandingAgent> {
  const { seedSource: source, store, onEvent, signal } = parts;
  onEvent({ type: "generation-started", generation: 0 });
  const sha256 = await store.writeAgent(0, source);
  const evaluation = await evaluate(parts, { generation: 0, child: 0 }, source, signal);
  if (evaluation.status === "invalid") {
    throw new UserError(`The seed agent is no agent: ${evaluation.reason}.`);
  }
  const { outcomes } = evaluation;
  const seed = { source, sha256, generation: 0, outcomes };
  progress.lineage.push(seed);
  progress.archive.push(archived(parts, { generation: 0, child: 0, source, outcomes }));
  const row = {
    generation: 0,
    candidates: null,
    accepted: null,
    candidate_passed: null,
    decision: "seed",
    parent_generation: null,
    ...answers([]),
  };
  await close(parts, progress, seed, { row, outcomes, children: [] });
  return seed;
}

async function runGeneration(
  parts: RunParts,
  generation: number,
  parent: StandingAgent,
  progress: Progress,
): Promise<StandingAgent> {
  const { store, candidates, control, ties, tasks, onEvent } = parts;
  onEvent({ type: "generation-started", generation });
  const children = await makeChildren(parts, generation, parent, progress);
  const chosen = choose(parts, children);
  const { source, evaluation } = chosen;
  if (candidates > 1 && source !== null) await store.writeCandidate(generation, source);
  const rival = { passed: countPassed(parent.outcomes), source: parent.source };
  const rule = { ties, selection: control !== "no-selection" };
  const decision = decide(rival, chosen, rule);
  const outcomes = evaluation.status === "evaluated" ? evaluation.outcomes : [];
  const next = decision.accepted && source !== null ? source : null;
  const sha256 = await store.writeAgent(generation, next ?? parent.source);
  const standing = next === null ? parent : { source: next, sha256, generation, outcomes };
  if (next !== null) progress.lineage.push(standing);
  progress.archive.push(...children.flatMap((child) => archivedChild(parts, generation, child)));
  const row = {
    generation,
    candidates: children.length,
    accepted: decision.accepted,
    candidate_passed: decision.candidatePassed,
    decision: decision.words,
    parent_generation: parent.generation,
    ...answers(children, chosen),
  };
  const rows = rowsOf(children, chosen, { generation, total: tasks.length });
  await close(parts, progress, standing, { row, outcomes, children: rows });
  return standing;
}

/** Without selection it is the first, whatever it passes. */
function choose({ control }: RunParts, children: readonly Child[]): Child {
  const evaluations = children.map(({ evaluation }) => evaluation);
  const chosen = children[control === "no-selection" ? 0 : placeOfBest(evaluations)];
  if (!chosen) throw new Error("a generation without children");
  return chosen;
}

function archivedChild(
  parts: RunParts,
  generation: number,
  { child, source, evaluation }: Child,
): ArchivedAgent[] {
  if (source === null || evaluation.status === "invalid") return [];
  return [archived(parts, { generation, child, source, outcomes: evaluation.outcomes })];
}

function archived(
  { control }: RunParts,
  agent: Omit<ArchivedAgent, "passed"> & { readonly outcomes: readonly TaskOutcome[] },
): ArchivedAgent {
  const { outcomes, ...rest } = agent;
  const passed = outcomes.filter(({ outcome }) => outcome === "passed");
  const isHidden = control === "no-selection";
  return { ...rest, passed: isHidden ? [] : passed.map(({ task_id }) => task_id) };
}

/** Who answered the candidate, and the tokens of all children; null where none were counted. */
function answers(children: readonly Child[], chosen?: Child) {
  const usages = children.flatMap(({ proposal: { usage } }) => (usage === null ? [] : [usage]));
  return {
    response_model: chosen?.proposal.responseModel ?? null,
    prompt_tokens: sum(usages.map(({ promptTokens }) => promptTokens)),
    completion_tokens: sum(usages.map(({ completionTokens }) => completionTokens)),
  };
}

function sum(counts: readonly number[]): number | null {
  return counts.length === 0 ? null : counts.reduce((a, b) => a + b);
}

interface Closing {
  readonly row: Pick<
    ScoreRow,
    | "generation"
    | "candidates"
    | "accepted"
    | "candidate_passed"
    | "decision"
    | "parent_generation"
    | "response_model"
    | "prompt_tokens"
    | "completion_tokens"
  >;
  readonly outcomes: readonly TaskOutcome[];
  readonly children: readonly CandidateRow[];
}

async function close(
  parts: RunParts,
  { rows }: Progress,
  standing: StandingAgent,
  closing: Closing,
): Promise<void> {
  const { proposer, evaluator, store, benchmark, control, tasks, now, onEvent } = parts;
  const { outcomes, children } = closing;
  const row: ScoreRow = {
    ...closing.row,
    run_type: proposer.runType,
    control,
    benchmark,
    model: proposer.model,
    base_url: proposer.baseUrl,
    passed: countPassed(standing.outcomes),
    total: tasks.length,
    held_out_passed: null,
    held_out_total: null,
    sandbox: evaluator.sandbox,
    agent_sha256: standing.sha256,
    timestamp: now().toISOString(),
  };
  await store.closeGeneration(row, outcomes, children);
  rows.push(row);
  onEvent({ type: "generation-closed", row, outcomes });
}
