import { count } from "./count.ts";
import type { EventOf, JournalEvent } from "./journal.ts";
import type { RunRecord } from "./run-record.ts";

/** One of the four criteria of engineering evidence, and what of a run shows it. */
export interface Criterion {
  readonly name: string;
  /** Empty where the run does not show it. */
  readonly shownBy: readonly Evidence[];
}

/** Something that anyone can look up: lines of the journal, from 1, and what they say. */
export interface Evidence {
  readonly lines: readonly number[];
  readonly words: string;
}

/** Their names, in the order in which they are told. */
export const CRITERIA = [
  "inspectable target",
  "meta-level modifier",
  "feedback-directed selection",
  "recursive continuation",
] as const;

type Numbered<Type extends JournalEvent["type"]> = {
  readonly line: number;
  readonly event: EventOf<Type>;
};

/**
 * The four criteria that a system has to meet for its self-improvement to be believed: an inspectable target, a
 * modifier above it, selection by feedback, and recursion.
 *
 * Source: "From 0-to-1 to 1-to-N", arXiv 2606.09663.
 */
export function criteriaOf(events: readonly JournalEvent[], record: RunRecord): Criterion[] {
  const all = <Type extends JournalEvent["type"]>(type: Type) =>
    events.flatMap((event, index) =>
      isOf(event, type) ? [{ line: index + 1, event }] : [],
    ) satisfies Numbered<Type>[];
  const decisions = all("decision");
  const shownBy: Readonly<Record<(typeof CRITERIA)[number], readonly Evidence[]>> = {
    "inspectable target": inspectable(all("candidate")),
    "meta-level modifier": modified(all("response")),
    "feedback-directed selection": selected(decisions.filter(({ event }) => event.selection)),
    "recursive continuation": continued(decisions, all("generation-closed"), record),
  };
  return CRITERIA.map((name) => ({ name, shownBy: shownBy[name] }));
}

function isOf<Type extends JournalEvent["type"]>(
  event: JournalEvent,
  type: Type,
): event is EventOf<Type> {
  return event.type === type;
}

function inspectable(candidates: readonly Numbered<"candidate">[]): Evidence[] {
  const kept = candidates.filter(({ event }) => event.agent_sha256 !== null);
  if (kept.length === 0) return [];
  return [
    {
      lines: linesOf(kept),
      words: `${count(kept.length, "agent")}, each a Python file kept under its SHA-256`,
    },
  ];
}

function modified(responses: readonly Numbered<"response">[]): Evidence[] {
  const offered = responses.filter(({ event }) => event.proposal !== null);
  if (offered.length === 0) return [];
  return [
    {
      lines: linesOf(offered),
      words: `${count(offered.length, "answer")} to the request to rewrite the agent, each kept as it came`,
    },
  ];
}

function selected(decisions: readonly Numbered<"decision">[]): Evidence[] {
  if (decisions.length === 0) return [];
  const accepted = decisions.filter(({ event }) => event.accepted).length;
  return [
    {
      lines: linesOf(decisions),
      words: `${count(decisions.length, "decision")} on what candidates passed, ${accepted} of them to accept`,
    },
  ];
}

/** An accepted rewrite was itself what a later answer rewrote. */
function continued(
  decisions: readonly Numbered<"decision">[],
  closed: readonly Numbered<"generation-closed">[],
  record: RunRecord,
): Evidence[] {
  return decisions
    .filter(({ event }) => event.parent_generation > 0)
    .filter(({ event }) => record.decision(event.parent_generation)?.accepted === true)
    .map(({ line, event }) => {
      const parent = closed.find((one) => one.event.generation === event.parent_generation);
      return {
        lines: [...(parent === undefined ? [] : [parent.line]), line],
        words: `generation ${event.generation} rewrites the agent that generation ${event.parent_generation} made`,
      };
    });
}

function linesOf(events: readonly { readonly line: number }[]): number[] {
  return events.map(({ line }) => line);
}

/** Line numbers as people read them: "lines 3, 5 to 8" or, where they are many, how many there are and where. */
export function shortLines(lines: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && line === run[1] + 1) run[1] = line;
    else runs.push([line, line]);
  }
  const words = runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const all = `${lines.length === 1 ? "line" : "lines"} ${words.join(", ")}`;
  return all.length <= 60 ? all : `${lines.length} lines from ${lines[0]} to ${lines.at(-1)}`;
}
