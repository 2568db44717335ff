import { BudgetSpent } from "../core/budget.ts";
import type { RecordedProposal } from "../core/journal.ts";
import type { Journal, Proposal, TaskReport, TranscriptEntry } from "../core/ports.ts";
import type { Generation } from "./children.ts";
import type { Run, StandingAgent } from "./parts.ts";

/** The proposal of one child: the one that the journal holds, or else one that is asked for now. */
export async function propose(child: number, shared: Generation): Promise<Proposal> {
  const { run, generation } = shared;
  const recorded = run.past.child(generation, child)?.proposal ?? null;
  if (recorded === null) return ask(child, shared);
  const about = { type: "response", generation, child, entry_sha256: null } as const;
  await run.log.note({ ...about, proposal: recorded });
  return fromRecord(recorded, run.journal);
}

async function ask(
  child: number,
  { run, generation, parent, signal }: Generation,
): Promise<Proposal> {
  const { proposer, archive, onEvent } = run;
  const exchange = new Exchange(run, generation, child, signal);
  try {
    const proposal = await proposer.propose(
      {
        generation,
        child,
        parentSource: parent.source,
        tasks: reportsOf(run, parent),
        archive: [...archive],
      },
      { signal, onEvent, record: (entry, offered) => exchange.record(entry, offered) },
    );
    await exchange.complete(proposal);
    return { ...proposal, answer: wellFormed(proposal.answer) };
  } finally {
    exchange.withdraw();
  }
}

function reportsOf({ tasks }: Run, { outcomes }: StandingAgent): TaskReport[] {
  return tasks.map(({ task_id, prompt, entry_point }, index) => {
    const report = outcomes[index];
    if (!report) throw new Error(`no outcome for task ${index}`);
    return { task_id, prompt, entry_point, outcome: report.outcome, reason: report.reason };
  });
}

/** What one child's proposer sends and receives, on its way into the journal and past the budget. */
class Exchange {
  readonly #run: Run;
  readonly #about: { readonly generation: number; readonly child: number };
  readonly #signal: AbortSignal;
  #let = false;
  #noted = false;

  constructor(run: Run, generation: number, child: number, signal: AbortSignal) {
    this.#run = run;
    this.#about = { generation, child };
    this.#signal = signal;
  }

  async record(entry: TranscriptEntry, proposal?: Proposal): Promise<void> {
    if (entry.type === "request") await this.#enter();
    await this.#note(entry, proposal);
    if (entry.type === "request") return;
    if (proposal === undefined) this.withdraw();
    else this.#leave(proposal);
  }

  /** A proposer may leave it to the loop to note what it offers. */
  async complete(proposal: Proposal): Promise<void> {
    if (!this.#noted) await this.#noteResponse(null, proposal);
    this.#leave(proposal);
  }

  /** Makes way for others where no answer came. */
  withdraw(): void {
    if (this.#let) this.#run.budget?.withdraw();
    this.#let = false;
  }

  #leave({ usage }: Proposal): void {
    if (!this.#let) return;
    this.#let = false;
    this.#run.budget?.leave(usage);
  }

  async #enter(): Promise<void> {
    const why = await this.#run.budget?.enter(this.#signal);
    if (typeof why === "string") throw new BudgetSpent(why);
    this.#let = true;
  }

  async #note(entry: TranscriptEntry, proposal: Proposal | undefined): Promise<void> {
    const { log, journal } = this.#run;
    const entry_sha256 = await journal.keep(JSON.stringify(entry));
    if (entry.type === "response") return this.#noteResponse(entry_sha256, proposal);
    const type = entry.type === "request" ? "request" : "request-failed";
    await log.note({ type, ...this.#about, entry_sha256 });
  }

  async #noteResponse(entry_sha256: string | null, proposal: Proposal | undefined): Promise<void> {
    const { log, journal } = this.#run;
    const recorded = proposal === undefined ? null : await toRecord(proposal, journal);
    await log.note({ type: "response", ...this.#about, entry_sha256, proposal: recorded });
    this.#noted ||= recorded !== null;
  }
}

async function toRecord(proposal: Proposal, journal: Journal): Promise<RecordedProposal> {
  const { answer, responseModel, finishReason, usage } = proposal;
  return {
    answer_sha256: await journal.keep(wellFormed(answer)),
    response_model: responseModel,
    finish_reason: finishReason,
    prompt_tokens: usage?.promptTokens ?? null,
    completion_tokens: usage?.completionTokens ?? null,
  };
}

/** Halves of surrogate pairs have no place in a file: it holds what every reader of it would make of them. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

/** What was offered, as the proposer said it. */
export async function fromRecord(
  recorded: RecordedProposal,
  journal: Pick<Journal, "read">,
): Promise<Proposal> {
  const { prompt_tokens, completion_tokens } = recorded;
  const counted = prompt_tokens !== null && completion_tokens !== null;
  return {
    answer: await journal.read(recorded.answer_sha256),
    responseModel: recorded.response_model,
    finishReason: recorded.finish_reason,
    usage: counted ? { promptTokens: prompt_tokens, completionTokens: completion_tokens } : null,
  };
}
