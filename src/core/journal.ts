import { z } from "zod";

import { Control, RunType, SandboxLevel, TaskOutcome, Ties } from "./records.ts";

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The versions that a run, or a part of it, was made with. */
export const Versions = z.strictObject({
  metai: z.string(),
  node: z.string(),
  platform: z.string(),
});

/** The commit that metai itself ran from, and whether its own files were changed; null where it is no checkout. */
export const Git = z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable();

/** US dollars for a million tokens, and where that is known from. */
const RecordedPrice = z.strictObject({
  input_per_million: z.number().nonnegative(),
  output_per_million: z.number().nonnegative(),
  source: z.string(),
});

/** What a run is made of, so that it can be understood, gone on with and made again. */
export const RunFacts = z.strictObject({
  run_type: RunType,
  control: Control.nullable(),
  model: z.string(),
  /** The server's address without credentials; null where no server is asked. */
  base_url: z.string().nullable(),
  /** The head of the journal whose answers are replayed; null for a run that asks for its own. */
  replay_of: Sha256.nullable(),
  settings: z.strictObject({
    generations: z.int().nonnegative(),
    early_stop: z.boolean(),
    /** Children in each generation. */
    candidates: z.int().positive(),
    ties: Ties,
    /** Tasks held out, to be scored when the run is over. */
    held_out: z.int().nonnegative(),
    /** Of every draw. Of several runs each has its own, drawn from or not; of a single run null where nothing is. */
    seed: z.int().nullable(),
    policy: z.enum(["adaptive", "fixed"]).nullable(),
    /** SHA-256 of the box of parts that the search takes from, or null. */
    box_sha256: Sha256.nullable(),
    seed_agent_sha256: Sha256,
    timeout_seconds: z.number(),
    temperature: z.number().nullable(),
    max_retries: z.int().nullable(),
    request_timeout_seconds: z.number().nullable(),
    /** Limits on what the run may use; null where there is none. */
    max_tokens_total: z.int().nullable(),
    max_cost: z.number().nullable(),
    max_minutes: z.number().nullable(),
  }),
  /** Null where tokens cost nothing that is known. */
  price: RecordedPrice.nullable(),
  benchmark: z.strictObject({
    name: z.string(),
    tasks: z.int().positive(),
    archive_sha256: Sha256.nullable(),
    content_sha256: Sha256,
  }),
  evaluator: z.strictObject({
    sandbox: SandboxLevel,
    sandbox_note: z.string().nullable(),
    python: z.string(),
    workers: z.int(),
    limits: z.record(z.string(), z.number()),
  }),
  /** Cheats that were tried on the evaluator before the run. */
  cheats: z.strictObject({ run: z.int(), earned: z.int() }),
  versions: Versions,
  git: Git,
});
export type RunFacts = z.infer<typeof RunFacts>;

/**
 * How a run ended. `completed`: all generations ran. `perfect`: every task passed, it stopped early. `budget`:
 * what it may use is used up. The last three can be gone on with.
 */
export const RunEnding = z.enum(["completed", "perfect", "budget", "interrupted", "failed"]);
export type RunEnding = z.infer<typeof RunEnding>;

/** Far more than any run has, so that no journal from elsewhere can ask for more memory than there is. */
const Generation = z.int().nonnegative().max(100_000);
/** Which child of which generation; the seed agent is child 0 of generation 0. */
const whose = { generation: Generation, child: z.int().nonnegative() };
/** What was sent or came back, whole, is kept as one line of JSON under this hash. */
const exchange = { ...whose, entry_sha256: Sha256 };

/** What a proposer offered, with its text by hash. */
export const RecordedProposal = z.strictObject({
  answer_sha256: Sha256,
  response_model: z.string().nullable(),
  finish_reason: z.string().nullable(),
  prompt_tokens: z.int().nonnegative().nullable(),
  completion_tokens: z.int().nonnegative().nullable(),
});
export type RecordedProposal = z.infer<typeof RecordedProposal>;

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });

/** One thing that happened in a run. Durations are in milliseconds, times UTC in ISO 8601. */
export const JournalEvent = z.discriminatedUnion("type", [
  /** A file of settings was registered before the run; its text is kept under its hash. */
  event("preregistered", { name: z.string(), sha256: Sha256 }),
  event("run-started", {
    facts: RunFacts,
    /** Ids of the tasks it selects on, and of those held out, in order. */
    tasks: z.array(z.string()),
    held_out: z.array(z.string()),
  }),
  event("run-resumed", { versions: Versions, git: Git, python: z.string() }),
  event("request", exchange),
  /** `proposal` is null for a reply that is no answer; `entry_sha256` where only the answer is known. */
  event("response", {
    ...whose,
    entry_sha256: Sha256.nullable(),
    proposal: RecordedProposal.nullable(),
  }),
  event("request-failed", exchange),
  /** The agent in an answer; null, with the reason, where it holds none. */
  event("candidate", { ...whose, agent_sha256: Sha256.nullable(), reason: z.string() }),
  event("outcome", {
    generation: Generation,
    agent_sha256: Sha256,
    ...TaskOutcome.shape,
  }),
  event("judged", {
    ...whose,
    status: z.enum(["evaluated", "invalid"]),
    passed: z.int().nonnegative().nullable(),
    reason: z.string(),
    /** From the request to the verdict. */
    duration_ms: z.number().nonnegative(),
  }),
  /** By which rule which child was chosen, and whether it stands. */
  event("decision", {
    ...whose,
    ties: Ties,
    selection: z.boolean(),
    /** The generation whose candidate became the parent; 0 is the seed. */
    parent_generation: Generation,
    parent_passed: z.int().nonnegative(),
    candidate_passed: z.int().nonnegative().nullable(),
    accepted: z.boolean(),
    words: z.string(),
  }),
  event("generation-closed", {
    generation: Generation,
    /** The agent that stands, and the generation it was accepted in. */
    agent_sha256: Sha256,
    standing_generation: Generation,
    passed: z.int().nonnegative(),
    closed_at: z.iso.datetime(),
  }),
  /** From here on nothing is asked for and nothing is decided. */
  event("held-out-opened", { agents: z.array(Sha256), tasks: z.int().positive() }),
  event("held-out-outcome", { agent_sha256: Sha256, ...TaskOutcome.shape }),
  event("held-out-scored", {
    /** The generation that the agent began to stand in. */
    generation: Generation,
    agent_sha256: Sha256,
    passed: z.int().nonnegative(),
    total: z.int().positive(),
  }),
  event("run-ended", { ended: RunEnding, problem: z.string().nullable() }),
]);
export type JournalEvent = z.infer<typeof JournalEvent>;

/** The event of one type. */
export type EventOf<Type extends JournalEvent["type"]> = Extract<JournalEvent, { type: Type }>;
