import { z } from "zod";

import { extractPython } from "../core/extract.ts";
import type { EventOf } from "../core/journal.ts";
import type { Proposal } from "../core/ports.ts";
import { asksNone } from "../core/records.ts";
import { atLine, type Finding } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/** What of the outside world the check of answers needs. */
export interface AnswerSources {
  /** What a recorded reply of a server offers, or null where it is no chat completion. */
  readonly readReply: (entry: {
    readonly status: number;
    readonly body: unknown;
  }) => Proposal | null;
  /** The scripted answer that a mock run gives in a generation, or null where it is not known. */
  readonly scriptOf: (generation: number) => string | null;
}

/**
 * Whether each candidate is what its recorded answer holds, and each answer what the reply holds that it is
 * said to come from.
 */
export function checkAnswers(run: RecordedRun, sources: AnswerSources): Finding[] {
  return [
    ...eventsOf(run, "response").flatMap(({ line, event }) =>
      at(line, answerProblem(run, event, sources)),
    ),
    ...eventsOf(run, "request-failed").flatMap(({ line, event }) =>
      at(line, failureProblem(run, event)),
    ),
    ...eventsOf(run, "candidate").flatMap(({ line, event }) =>
      at(line, candidateProblem(run, event)),
    ),
  ];
}

function at(line: number, problem: string | null): Finding[] {
  return problem === null ? [] : [{ where: atLine(line), words: problem }];
}

function candidateProblem(run: RecordedRun, event: EventOf<"candidate">): string | null {
  const { generation, child, agent_sha256, reason } = event;
  if (generation === 0) {
    return agent_sha256 === run.started.facts.settings.seed_agent_sha256
      ? null
      : "the seed is not the agent that the run says it begins with";
  }
  const proposal = run.record.child(generation, child)?.proposal ?? null;
  const answer = textOf(run, proposal?.answer_sha256 ?? null);
  if (answer === null) return "its answer is not there";
  const extracted = extractPython(answer);
  if (extracted.ok) {
    const isSame = textOf(run, agent_sha256) === extracted.source;
    if (!isSame) return "the candidate is not the Python that its answer holds";
    return reason === "" ? null : "it gives a reason why the candidate is none, and it is one";
  }
  if (agent_sha256 !== null) return "the candidate is an agent, and its answer holds none";
  return reason.startsWith(extracted.reason)
    ? null
    : `it says "${reason}", but its answer shows: ${extracted.reason}`;
}

/** The fields of a transcript's entry that tell where an answer came from. */
const Entry = z.looseObject({
  type: z.literal("response"),
  generation: z.number(),
  child: z.number(),
  status: z.number().optional(),
  body: z.unknown().optional(),
  agent_sha256: z.string().optional(),
});

function answerProblem(
  run: RecordedRun,
  { generation, child, entry_sha256, proposal }: EventOf<"response">,
  sources: AnswerSources,
): string | null {
  const { facts } = run.started;
  if (entry_sha256 === null) return "nothing shows where the answer came from";
  const entry = Entry.safeParse(parseJson(textOf(run, entry_sha256) ?? ""));
  if (!entry.success) return "what is kept of the response is no entry of a transcript";
  if (entry.data.generation !== generation || entry.data.child !== child) {
    return "what is kept of the response is of another child";
  }
  if (facts.run_type === "api") return replyProblem(run, proposal, entry.data, sources);
  if (proposal === null) return "a response that offers nothing, where no server can fail";
  if (isCounted(proposal)) return "it counts tokens or names a model, where none was asked";
  const answer = textOf(run, proposal.answer_sha256);
  if (asksNone(facts.control)) {
    const extracted = extractPython(answer ?? "");
    const parent = textOf(run, run.record.closed(generation - 1)?.agent_sha256 ?? null);
    const offered = facts.control === "same" ? parent : entry.data.body;
    const isSame = extracted.ok && extracted.source === offered;
    return isSame ? null : "the answer is not the text that the control offered";
  }
  if (facts.run_type === "search") {
    return entry.data.agent_sha256 === proposal.answer_sha256
      ? null
      : "the answer is not the agent that the search says it drew";
  }
  if (entry.data.body !== answer) return "the answer is not the one in the transcript";
  const script = sources.scriptOf(generation);
  return script === null || script === answer ? null : "the answer is not the script's";
}

/** What is kept of a failure, which must be no place for an answer that was not taken. */
const FailureEntry = z.looseObject({
  type: z.literal("error"),
  generation: z.number(),
  child: z.number(),
  body: z.undefined().optional(),
});

function failureProblem(
  run: RecordedRun,
  { generation, child, entry_sha256 }: EventOf<"request-failed">,
): string | null {
  const entry = FailureEntry.safeParse(parseJson(textOf(run, entry_sha256) ?? ""));
  if (!entry.success) return "what is kept of the failure is no entry of a transcript";
  return entry.data.generation === generation && entry.data.child === child
    ? null
    : "what is kept of the failure is of another child";
}

function isCounted(proposal: NonNullable<EventOf<"response">["proposal"]>): boolean {
  const { response_model, finish_reason, prompt_tokens, completion_tokens } = proposal;
  return [response_model, finish_reason, prompt_tokens, completion_tokens].some(
    (value) => value !== null,
  );
}

function replyProblem(
  run: RecordedRun,
  proposal: EventOf<"response">["proposal"],
  { status, body }: z.infer<typeof Entry>,
  { readReply }: AnswerSources,
): string | null {
  if (status === undefined) return "the response is not that of a server";
  const offered = readReply({ status, body });
  if (offered === null) {
    return proposal === null ? null : "an answer is taken from a reply that is no chat completion";
  }
  if (proposal === null) return "the reply is an answer, and was not taken for one";
  const { answer, responseModel, finishReason, usage } = offered;
  const pairs: [what: string, said: unknown, found: unknown][] = [
    ["answer", textOf(run, proposal.answer_sha256), wellFormed(answer)],
    ["model", proposal.response_model, responseModel],
    ["finish reason", proposal.finish_reason, finishReason],
    ["tokens of the prompt", proposal.prompt_tokens, usage?.promptTokens ?? null],
    ["tokens of the answer", proposal.completion_tokens, usage?.completionTokens ?? null],
  ];
  const other = pairs.find(([, said, found]) => said !== found);
  return other === undefined ? null : `the ${other[0]} is not the one in the server's reply`;
}

/** As answers are kept: halves of surrogate pairs have no place in a file. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

function textOf({ texts }: RecordedRun, hash: string | null): string | null {
  return hash === null ? null : (texts.get(hash) ?? null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
