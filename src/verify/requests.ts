import { z } from "zod";

import type { EventOf } from "../core/journal.ts";
import type { TaskReport } from "../core/ports.ts";
import { buildMessages } from "../core/prompt.ts";
import { asksNone, type Task } from "../core/records.ts";
import { atLine, type Finding } from "./findings.ts";
import { eventsOf, type RecordedRun } from "./recorded-run.ts";

/**
 * Whether each request says what it had to say, and nothing more. For a model that is the prompt computed anew
 * from the parent and its outcomes, so that no test, held-out task or hint can have reached it.
 */
export function checkRequests(run: RecordedRun, tasks: readonly Task[]): Finding[] {
  return eventsOf(run, "request").flatMap(({ line, event }) => {
    const problem = requestProblem(run, event, tasks);
    return problem === null ? [] : [{ where: atLine(line), words: problem }];
  });
}

const Entry = z.looseObject({
  type: z.literal("request"),
  generation: z.number(),
  child: z.number(),
});

function requestProblem(
  run: RecordedRun,
  event: EventOf<"request">,
  tasks: readonly Task[],
): string | null {
  const entry = Entry.safeParse(parseJson(run.texts.get(event.entry_sha256) ?? ""));
  if (!entry.success) return "what is kept of the request is no entry of a transcript";
  if (entry.data.generation !== event.generation || entry.data.child !== event.child) {
    return "what is kept of the request is of another child";
  }
  const parent = parentOf(run, event.generation);
  if (parent === null) return "there is no agent that it could be about";
  const { facts } = run.started;
  switch (facts.run_type) {
    case "api":
      return apiProblem(run, entry.data, messagesOf(run, event, tasks));
    case "mock":
      return mockProblem(run, entry.data);
    case "search":
      return searchProblem(run, entry.data, parent.agent_sha256);
  }
}

const ApiEntry = z.looseObject({
  url: z.string(),
  body: z.strictObject({
    model: z.string(),
    messages: z.array(z.strictObject({ role: z.string(), content: z.string() })),
    temperature: z.number().optional(),
  }),
});

function apiProblem(
  { started: { facts } }: RecordedRun,
  entry: object,
  messages: readonly { readonly role: string; readonly content: string }[],
): string | null {
  const parsed = ApiEntry.safeParse(entry);
  if (!parsed.success) return "it is no request to a server, as those of a run of type api are";
  const { url, body } = parsed.data;
  if (url !== `${facts.base_url}/chat/completions`) return "it went to another server";
  if (body.model !== facts.model) return "it asked another model";
  if ((body.temperature ?? null) !== facts.settings.temperature) return "its temperature differs";
  return JSON.stringify(body.messages) === JSON.stringify(messages)
    ? null
    : "the model was told something else than the parent and how it did";
}

function messagesOf(
  run: RecordedRun,
  { generation, child }: EventOf<"request">,
  tasks: readonly Task[],
) {
  const parent = parentOf(run, generation);
  const outcomes = run.record.outcomes(
    parent?.standing_generation ?? 0,
    parent?.agent_sha256 ?? "",
  );
  const reports = tasks.flatMap(({ task_id, prompt, entry_point }): TaskReport[] => {
    const known = outcomes.get(task_id);
    if (known === undefined) return [];
    return [{ task_id, prompt, entry_point, outcome: known.outcome, reason: known.reason }];
  });
  const parentSource = run.texts.get(parent?.agent_sha256 ?? "") ?? "";
  return buildMessages({ generation, child, parentSource, tasks: reports, archive: [] });
}

const ScriptEntry = z.looseObject({ model: z.string(), script: z.string().optional() });

function mockProblem({ started: { facts } }: RecordedRun, entry: object): string | null {
  const parsed = ScriptEntry.safeParse(entry);
  if (!parsed.success || "url" in entry)
    return "it is not about a script, as those of a mock run are";
  const { model, script } = parsed.data;
  if (model !== facts.model) return "it is about another script";
  const isScripted = facts.control === null || facts.control === "no-selection";
  return isScripted && script === undefined ? "it names no script" : null;
}

const SearchEntry = z.looseObject({
  model: z.string(),
  seed: z.number(),
  policy_mode: z.string(),
  parent_sha256: z.string(),
  box_sha256: z.string(),
});

function searchProblem(run: RecordedRun, entry: object, parent: string): string | null {
  const { facts } = run.started;
  const { settings, control } = facts;
  if (asksNone(control)) return mockProblem(run, entry);
  const parsed = SearchEntry.safeParse(entry);
  if (!parsed.success || "url" in entry) return "it is no draw, as those of a search are";
  const { model, seed, policy_mode, parent_sha256, box_sha256 } = parsed.data;
  const pairs: [what: string, said: unknown, found: unknown][] = [
    ["model", model, facts.model],
    ["seed", seed, settings.seed],
    ["policy", policy_mode, settings.policy],
    ["parent", parent_sha256, parent],
    ["box of parts", box_sha256, settings.box_sha256],
  ];
  const other = pairs.find(([, said, found]) => said !== found);
  return other === undefined ? null : `its ${other[0]} is not the run's`;
}

/** What stood when a generation began. */
function parentOf(
  { record }: RecordedRun,
  generation: number,
): EventOf<"generation-closed"> | null {
  return record.closed(generation - 1) ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
