/**
 * The library: what the commands are made of. Two entries stand apart because they load a heavy package:
 * `metai/openai` (the openai proposer) and `metai/figures` (records to PDF).
 */
export type {
  AgentEvaluation,
  ArchivedAgent,
  Evaluator,
  Journal,
  Proposal,
  ProposalRequest,
  Proposer,
  ProposerContext,
  ProposerEvent,
  TaskReport,
  TokenUsage,
  TranscriptEntry,
} from "./core/ports.ts";
export type {
  CandidateRow,
  Control,
  OutcomeKind,
  RunType,
  Sample,
  SampleResult,
  SandboxLevel,
  ScoreRow,
  Task,
  TaskOutcome,
  Ties,
  Verdict,
  VisibleTask,
} from "./core/records.ts";
export type { JournalEvent, RunFacts } from "./core/journal.ts";
export { RunRecord } from "./core/run-record.ts";
export {
  type Budget,
  type BudgetLimits,
  type BudgetOptions,
  createBudget,
  type Spent,
} from "./core/budget.ts";
export { benchmarkPassAtK, passAtK, type PassAtK, type Tally } from "./core/pass-at-k.ts";
export type { Interval } from "./core/statistics/interval.ts";
export { bootstrapCurves, bootstrapMean } from "./core/statistics/bootstrap.ts";
export { binomialTest } from "./core/statistics/binomial.ts";
export { mcnemarTest, signTest } from "./core/statistics/paired-tests.ts";
export { powerOf, smallestGain } from "./core/statistics/power.ts";
export { costOf, type Price } from "./core/price.ts";
export { priceOf } from "./prices.ts";
export { wilsonInterval } from "./core/statistics/wilson.ts";
export { openBenchmark } from "./benchmark/open.ts";
export { readShipped, type ShippedName } from "./benchmark/shipped.ts";
export { readProblemFile } from "./benchmark/problem-file.ts";
export { evaluate, type EvaluateOptions } from "./evaluator/evaluate.ts";
export {
  startEvaluator,
  type EvaluatorOptions,
  type RunningEvaluator,
} from "./evaluator/evaluator.ts";
export { selfImprove } from "./loop/self-improve.ts";
export type { RunParts, RunResult } from "./loop/parts.ts";
export type { RunEvent } from "./loop/events.ts";
export { controlProposer, type NullEdit } from "./proposer/control.ts";
export { mockProposer } from "./proposer/mock.ts";
export { everyPart, readBox, type Part } from "./proposer/search/box.ts";
export { searchProposer, type SearchProposerOptions } from "./proposer/search/proposer.ts";
export { readSamples } from "./samples/read-samples.ts";
export { resetResults, ResultsFolder } from "./store/results-folder.ts";
export { type JournalContent, type JournalLine, parseJournal } from "./store/journal.ts";
export { deriveFiles } from "./store/derived-files.ts";
export { Objects } from "./store/objects.ts";
export { readCandidates, readScores } from "./store/tables.ts";
export { Interrupted, UserError } from "./errors.ts";
