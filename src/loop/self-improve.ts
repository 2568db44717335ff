import { BudgetSpent } from "../core/budget.ts";
import type { ArchivedAgent } from "../core/ports.ts";
import type { TaskOutcome } from "../core/records.ts";
import { countPassed, decide, placeOfChosen } from "../core/selection.ts";
import { UserError } from "../errors.ts";
import { type Child, makeChildren } from "./children.ts";
import { evaluate } from "./evaluation.ts";
import { scoreHeldOut } from "./held-out.ts";
import type { Run, RunParts, RunResult, StandingAgent } from "./parts.ts";
import { RunLog } from "./run-log.ts";
import { scoreRows } from "../core/run-tables.ts";

/**
 * The experiment: the seed is evaluated, then each generation the proposer rewrites the standing agent
 * and the best rewrite takes its place if it passes strictly more tasks. When that is over, the agents that
 * stood are scored on the held-out tasks. Everything is noted in the journal as it happens; a run whose journal
 * holds a part of it already goes on from there. Throws what a part throws.
 */
export async function selfImprove(parts: RunParts): Promise<RunResult> {
  const log = new RunLog(parts.journal, parts.past);
  const run: Run = { ...parts, log, archive: [], lineage: [] };
  const end = await runGenerations(run);
  if (end.ended !== "budget") await scoreHeldOut(run);
  return { rows: scoreRows(log.record), ...end, lineage: run.lineage };
}

async function runGenerations(run: Run): Promise<Pick<RunResult, "ended" | "problem">> {
  const { tasks, generations, earlyStop } = run;
  let standing = await evaluateSeed(run);
  for (let generation = 1; generation <= generations; generation++) {
    if (earlyStop && countPassed(standing.outcomes) === tasks.length) {
      return { ended: "perfect", problem: null };
    }
    try {
      standing = await runGeneration(run, generation, standing);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      return { ended: "budget", problem: error.message };
    }
  }
  return { ended: "completed", problem: null };
}

async function evaluateSeed(run: Run): Promise<StandingAgent> {
  const { seedSource: source, journal, log, onEvent, signal } = run;
  const about = { generation: 0, child: 0 };
  const started = performance.now();
  onEvent({ type: "generation-started", generation: 0 });
  const sha256 = await journal.keep(source);
  await log.note({ type: "candidate", ...about, agent_sha256: sha256, reason: "" });
  const evaluation = await evaluate(run, about, { source, sha256 }, signal);
  if (evaluation.status === "invalid") {
    throw new UserError(`The seed agent is no agent: ${evaluation.reason}.`);
  }
  const { outcomes } = evaluation;
  await log.note({
    type: "judged",
    ...about,
    status: "evaluated",
    passed: countPassed(outcomes),
    reason: "",
    duration_ms: Math.round(performance.now() - started),
  });
  const seed = { source, sha256, generation: 0, outcomes };
  run.lineage.push(seed);
  run.archive.push(archived(run, { ...about, source, outcomes }));
  await close(run, 0, seed, outcomes);
  return seed;
}

async function runGeneration(
  run: Run,
  generation: number,
  parent: StandingAgent,
): Promise<StandingAgent> {
  const { control, ties, log, onEvent } = run;
  onEvent({ type: "generation-started", generation });
  const children = await makeChildren(run, generation, parent);
  const rule = { ties, selection: control !== "no-selection" };
  const chosen = choose(children, rule);
  const { agent, evaluation } = chosen;
  const passed = countPassed(parent.outcomes);
  const source = agent?.source ?? null;
  const decision = decide({ passed, source: parent.source }, { source, evaluation }, rule);
  await log.note({
    type: "decision",
    generation,
    child: chosen.child,
    ...rule,
    parent_generation: parent.generation,
    parent_passed: passed,
    candidate_passed: decision.candidatePassed,
    accepted: decision.accepted,
    words: decision.words,
  });
  const outcomes = evaluation.status === "evaluated" ? evaluation.outcomes : [];
  const isNew = decision.accepted && agent !== null;
  const standing = isNew ? { ...agent, generation, outcomes } : parent;
  if (isNew) run.lineage.push(standing);
  run.archive.push(...children.flatMap((child) => archivedChild(run, generation, child)));
  await close(run, generation, standing, outcomes);
  return standing;
}

function choose(children: readonly Child[], rule: { readonly selection: boolean }): Child {
  const evaluations = children.map(({ evaluation }) => evaluation);
  const chosen = children[placeOfChosen(evaluations, rule)];
  if (!chosen) throw new Error("a generation without children");
  return chosen;
}

function archivedChild(
  run: Run,
  generation: number,
  { child, agent, evaluation }: Child,
): ArchivedAgent[] {
  if (agent === null || evaluation.status === "invalid") return [];
  const { source } = agent;
  return [archived(run, { generation, child, source, outcomes: evaluation.outcomes })];
}

function archived(
  { control }: Run,
  agent: Omit<ArchivedAgent, "passed"> & { readonly outcomes: readonly TaskOutcome[] },
): ArchivedAgent {
  const { outcomes, ...rest } = agent;
  const passed = outcomes.filter(({ outcome }) => outcome === "passed");
  const isHidden = control === "no-selection";
  return { ...rest, passed: isHidden ? [] : passed.map(({ task_id }) => task_id) };
}

/** `outcomes` are those of the seed or the candidate; none where it is no agent. */
async function close(
  { log, closingTime, onEvent }: Run,
  generation: number,
  standing: StandingAgent,
  outcomes: readonly TaskOutcome[],
): Promise<void> {
  await log.note({
    type: "generation-closed",
    generation,
    agent_sha256: standing.sha256,
    standing_generation: standing.generation,
    passed: countPassed(standing.outcomes),
    closed_at: closingTime(generation).toISOString(),
  });
  const row = scoreRows(log.record).at(-1);
  if (row === undefined) throw new Error("a closed generation without a row");
  onEvent({ type: "generation-closed", row, outcomes });
}
