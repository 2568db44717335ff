import { BudgetSpent } from "../../core/budget.ts";
import type { EventOf, JournalEvent, RunEnding, RunFacts } from "../../core/journal.ts";
import type { Journal } from "../../core/ports.ts";
import type { Task } from "../../core/records.ts";
import type { RunRecord } from "../../core/run-record.ts";
import { Interrupted, messageOf } from "../../errors.ts";
import type { RunningEvaluator } from "../../evaluator/evaluator.ts";
import type { RunEvent } from "../../loop/events.ts";
import { selfImprove } from "../../loop/self-improve.ts";
import { replayProposer } from "../../proposer/replay.ts";
import { ResultsFolder } from "../../store/results-folder.ts";
import { isOver } from "../run/open-results.ts";
import { gitState } from "../package-info.ts";
import { createProgress } from "../run/progress.ts";
import type { ReplayableRun } from "./replayable-run.ts";
import { evaluatorFacts, versions } from "../run/facts.ts";

export interface ReplayParts {
  readonly recorded: ReplayableRun;
  /** The folder of the new run. */
  readonly results: string;
  readonly tasks: readonly Task[];
  readonly heldOut: readonly Task[];
  readonly evaluator: RunningEvaluator;
  readonly cheats: RunFacts["cheats"];
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

type End = Pick<EventOf<"run-ended">, "ended" | "problem">;

/** The whole loop again, as far as the record goes; then the new run ends as the recorded one did. */
export async function replayRun(parts: ReplayParts): Promise<void> {
  const { recorded, signal, tasks } = parts;
  const results = await ResultsFolder.create(parts.results, [await startOf(parts)]);
  const { facts } = recorded.started;
  const progress = createProgress({
    quiet: parts.quiet,
    generations: facts.settings.generations,
    candidates: facts.settings.candidates,
    tasks: tasks.map((task) => task.task_id),
    model: facts.model,
  });
  // Nobody is asked, so there is no time that an answer took.
  const onEvent = (event: RunEvent) => event.type === "answered" || progress.onEvent(event);
  const end = (ended: RunEnding, problem: string | null) =>
    results.append({ type: "run-ended", ended, problem });
  try {
    const { ended, problem } = await goThrough(parts, results, onEvent);
    await end(ended, problem);
  } catch (error) {
    const interrupted = signal.aborted;
    await end(interrupted ? "interrupted" : "failed", interrupted ? null : messageOf(error));
    throw interrupted ? new Interrupted() : error;
  } finally {
    progress.stop();
    await results.close();
  }
}

async function startOf(parts: ReplayParts): Promise<EventOf<"run-started">> {
  const { started, head } = parts.recorded;
  const here = { evaluator: evaluatorFacts(parts.evaluator), cheats: parts.cheats };
  const made = { versions: versions(), git: await gitState() };
  return { ...started, facts: { ...started.facts, replay_of: head, ...here, ...made } };
}

async function goThrough(
  { recorded, tasks, heldOut, evaluator, signal }: ReplayParts,
  results: ResultsFolder,
  onEvent: (event: RunEvent) => void,
): Promise<End> {
  const { record, started, ended } = recorded;
  const { run_type: runType, model, base_url: baseUrl, control, settings } = started.facts;
  const wasWhole = isOver(record);
  try {
    const result = await selfImprove({
      proposer: replayProposer({ runType, model, baseUrl, read: recorded.readChild }),
      evaluator,
      journal: wasWhole ? results : asFarAs(record, results),
      past: results.past,
      tasks,
      heldOut,
      seedSource: recorded.texts.get(settings.seed_agent_sha256) ?? "",
      generations: settings.generations,
      candidates: settings.candidates,
      ties: settings.ties,
      control,
      earlyStop: settings.early_stop,
      budget: null,
      signal,
      closingTime: (generation) => new Date(record.closed(generation)?.closed_at ?? Date.now()),
      onEvent,
    });
    if (wasWhole && result.ended !== "budget") return result;
    return wasWhole ? { ended: "failed", problem: result.problem } : ended;
  } catch (error) {
    if (error instanceof BudgetSpent) return ended;
    throw error;
  }
}

/** A journal that ends where the record of a run does that was stopped: no step is taken beyond it. */
function asFarAs(record: RunRecord, journal: Journal): Journal {
  return {
    async append(event) {
      if (isBeyond(record, event)) throw new BudgetSpent("the record ends here");
      await journal.append(event);
    },
    keep: (text) => journal.keep(text),
    read: (sha256) => journal.read(sha256),
  };
}

function isBeyond(record: RunRecord, event: JournalEvent): boolean {
  if (event.type === "decision") return record.decision(event.generation) === undefined;
  if (event.type === "generation-closed") return record.closed(event.generation) === undefined;
  if (event.type === "held-out-opened") return record.heldOutOpened === null;
  if (event.type === "held-out-scored") {
    return record.heldOutScore(event.agent_sha256) === undefined;
  }
  return false;
}
