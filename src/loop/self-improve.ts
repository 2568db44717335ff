import type { AgentEvaluation, Evaluator, Proposal, Proposer, Store } from "../core/ports.ts";
import type { ScoreRow, Task, TaskOutcome } from "../core/records.ts";
import { extractPython } from "../core/extract.ts";
import { oneLine } from "../core/one-line.ts";
import { countPassed, decide, type Decision } from "../core/selection.ts";
import { UserError } from "../errors.ts";
import type { RunEvent } from "./events.ts";

/** Everything a run is made of. */
export interface RunParts {
  readonly proposer: Proposer;
  readonly evaluator: Evaluator;
  readonly store: Store;
  /** The name of the benchmark that the tasks are of. */
  readonly benchmark: string;
  readonly tasks: readonly Task[];
  readonly seedSource: string;
  /** Generations after the seed. */
  readonly generations: number;
  /** Whether a perfect score ends the run before its last generation. */
  readonly earlyStop: boolean;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onEvent: (event: RunEvent) => void;
}

export interface RunResult {
  readonly rows: readonly ScoreRow[];
  /** `perfect`: every task passed before the last generation, and the run stopped early. */
  readonly ended: "completed" | "perfect";
}

/** The standing agent: what a generation begins with and what its candidate has to beat. */
interface StandingAgent {
  readonly source: string;
  readonly sha256: string;
  /** The generation it was accepted in; 0 is the seed. */
  readonly generation: number;
  readonly outcomes: readonly TaskOutcome[];
}

/**
 * The experiment: the seed is evaluated, then each generation the proposer rewrites the standing agent
 * and the rewrite takes its place if it passes strictly more tasks. Throws what a part throws; whatever
 * was closed by then is on disk.
 */
export async function selfImprove(parts: RunParts): Promise<RunResult> {
  const { tasks, generations, earlyStop } = parts;
  const rows: ScoreRow[] = [];
  let standing = await evaluateSeed(parts, rows);
  for (let generation = 1; generation <= generations; generation++) {
    if (earlyStop && countPassed(standing.outcomes) === tasks.length) {
      return { rows, ended: "perfect" };
    }
    standing = await runGeneration(parts, generation, standing, rows);
  }
  return { rows, ended: "completed" };
}

async function evaluateSeed(parts: RunParts, rows: ScoreRow[]): Promise<StandingAgent> {
  const { seedSource, store, onEvent } = parts;
  onEvent({ type: "generation-started", generation: 0 });
  const sha256 = await store.writeAgent(0, seedSource);
  const evaluation = await evaluate(parts, 0, seedSource);
  if (evaluation.status === "invalid") {
    throw new UserError(`The seed agent is no agent: ${evaluation.reason}.`);
  }
  const seed = { source: seedSource, sha256, generation: 0, outcomes: evaluation.outcomes };
  await close(parts, rows, seed, evaluation.outcomes, {
    generation: 0,
    accepted: null,
    candidate_passed: null,
    decision: "seed",
    parent_generation: null,
    ...facts(null),
  });
  return seed;
}

async function runGeneration(
  parts: RunParts,
  generation: number,
  parent: StandingAgent,
  rows: ScoreRow[],
): Promise<StandingAgent> {
  parts.onEvent({ type: "generation-started", generation });
  const proposal = await propose(parts, generation, parent);
  parts.onEvent({ type: "answered", generation, usage: proposal.usage });
  const { source, evaluation } = await evaluateAnswer(parts, generation, proposal);
  const decision = decide(countPassed(parent.outcomes), evaluation);
  const outcomes = evaluation.status === "evaluated" ? evaluation.outcomes : [];
  const standing = await stand(parts, generation, parent, source, outcomes, decision);
  await close(parts, rows, standing, outcomes, {
    generation,
    accepted: decision.accepted,
    candidate_passed: decision.candidatePassed,
    decision: decision.words,
    parent_generation: parent.generation,
    ...facts(proposal),
  });
  return standing;
}

function propose(parts: RunParts, generation: number, parent: StandingAgent): Promise<Proposal> {
  const { proposer, store, tasks, signal, onEvent } = parts;
  const reports = tasks.map(({ task_id, prompt, entry_point }, index) => {
    const { outcome, reason } = outcomeAt(parent.outcomes, index);
    return { task_id, prompt, entry_point, outcome, reason };
  });
  return proposer.propose(
    { generation, child: 1, parentSource: parent.source, tasks: reports, archive: [] },
    { signal, onEvent, record: (entry) => store.recordExchange(generation, entry) },
  );
}

/** An answer without code is an invalid candidate, as code that is no agent is. */
async function evaluateAnswer(
  parts: RunParts,
  generation: number,
  { answer, finishReason }: Proposal,
): Promise<{ source: string | null; evaluation: AgentEvaluation }> {
  const extracted = extractPython(answer);
  if (!extracted.ok) {
    const reason = extracted.reason + endOfAnswer(finishReason);
    return { source: null, evaluation: { status: "invalid", reason } };
  }
  const { source } = extracted;
  await parts.store.writeCandidate(generation, source);
  const evaluation = await evaluate(parts, generation, source);
  if (evaluation.status === "evaluated") return { source, evaluation };
  const reason = evaluation.reason + endOfAnswer(finishReason);
  return { source, evaluation: { status: "invalid", reason } };
}

/** What a server says of an answer that did not end by itself; often the true cause of broken code. */
function endOfAnswer(finishReason: string | null): string {
  if (finishReason === null || finishReason === "stop") return "";
  if (finishReason === "length") return "; the answer was cut off at the token limit";
  if (finishReason === "content_filter") return "; the answer was withheld by a content filter";
  return `; the answer ended with "${oneLine(finishReason, 40)}"`;
}

async function stand(
  parts: RunParts,
  generation: number,
  parent: StandingAgent,
  source: string | null,
  outcomes: readonly TaskOutcome[],
  decision: Decision,
): Promise<StandingAgent> {
  const accepted = decision.accepted && source !== null;
  const sha256 = await parts.store.writeAgent(generation, accepted ? source : parent.source);
  return accepted ? { source, sha256, generation, outcomes } : parent;
}

function evaluate(parts: RunParts, generation: number, source: string): Promise<AgentEvaluation> {
  const { evaluator, tasks, signal, onEvent } = parts;
  onEvent({ type: "evaluation-started", generation });
  const onOutcome = (outcome: TaskOutcome) => onEvent({ type: "task-judged", generation, outcome });
  return evaluator.evaluateAgent(source, tasks, { signal, onOutcome });
}

function facts(proposal: Proposal | null) {
  return {
    response_model: proposal?.responseModel ?? null,
    prompt_tokens: proposal?.usage?.promptTokens ?? null,
    completion_tokens: proposal?.usage?.completionTokens ?? null,
  };
}

type RowOfGeneration = Pick<
  ScoreRow,
  | "generation"
  | "accepted"
  | "candidate_passed"
  | "decision"
  | "parent_generation"
  | "response_model"
  | "prompt_tokens"
  | "completion_tokens"
>;

async function close(
  parts: RunParts,
  rows: ScoreRow[],
  standing: StandingAgent,
  outcomes: readonly TaskOutcome[],
  ofGeneration: RowOfGeneration,
): Promise<void> {
  const { proposer, evaluator, store, benchmark, tasks, now, onEvent } = parts;
  const row: ScoreRow = {
    ...ofGeneration,
    run_type: proposer.runType,
    benchmark,
    model: proposer.model,
    base_url: proposer.baseUrl,
    passed: countPassed(standing.outcomes),
    total: tasks.length,
    sandbox: evaluator.sandbox,
    agent_sha256: standing.sha256,
    timestamp: now().toISOString(),
  };
  await store.closeGeneration(row, outcomes);
  rows.push(row);
  onEvent({ type: "generation-closed", row, outcomes });
}

function outcomeAt(outcomes: readonly TaskOutcome[], index: number): TaskOutcome {
  const outcome = outcomes[index];
  if (!outcome) throw new Error(`no outcome for task ${index}`);
  return outcome;
}
