import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

import { verifyRuns } from "../../src/commands/verify.ts";
import type { JournalEvent } from "../../src/core/journal.ts";
import { type ApiServer, completion, openApiServer } from "../helpers/api-server.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { metai } from "./metai.ts";
import { first, forge, keep } from "./tamper.ts";

const ANSWERS = [answerWith(agentPassing(4)), "I would rather think.", answerWith(agentPassing(6))];
let cwd: string;
let server: ApiServer;

beforeAll(async () => {
  cwd = await createFolder();
  // The first request fails, and is tried again.
  server = await openApiServer((_, index) =>
    index === 0
      ? { status: 503, headers: { "retry-after": "0" } }
      : completion(ANSWERS[index - 1] ?? ""),
  );
  const args = ["self-improve", "--generations", "3", "--held-out", "3", "--quiet"];
  const env = { OPENAI_API_KEY: "sk-proj-9f8e7d6c5b4a", OPENAI_BASE_URL: server.baseUrl };
  const run = await metai(args, { cwd, env });
  if (run.code !== 0) throw new Error(run.stderr);
});
afterAll(async () => {
  await server?.close();
  await removeFolder(cwd);
});

test("a run of a model verifies without its server or key", async () => {
  const verified = await metai(["verify", "results", "--quiet"], { cwd });
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  expect(verified.stdout).toMatch(/requests +ok/);
});

test("several runs of a model verify, are replayed, and have a card each", async () => {
  const folder = await temporaryFolder();
  const answers = await openApiServer(() => completion(answerWith(agentPassing(4))));
  try {
    const args = [
      "self-improve",
      "--generations",
      "1",
      "--held-out",
      "2",
      "--runs",
      "2",
      "--quiet",
    ];
    const env = { OPENAI_API_KEY: "sk-proj-9f8e7d6c5b4a", OPENAI_BASE_URL: answers.baseUrl };
    const run = await metai(args, { cwd: folder, env });
    expect(run.code, run.stderr).toBe(0);
  } finally {
    await answers.close();
  }
  const verified = await metai(["verify", "results", "--quiet"], { cwd: folder });
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  const replay = ["replay", join("results", "run-01"), "--results", "again", "--quiet"];
  const replayed = await metai(replay, { cwd: folder });
  expect(replayed.code, replayed.stderr).toBe(0);
  const card = await metai(["card", join("results", "run-02")], { cwd: folder });
  expect(card.code, card.stderr).toBe(0);
  const several = await metai(["card", "results"], { cwd: folder });
  expect(several, several.stderr).toMatchObject({ code: 0, stderr: "" });
  expect(several.stdout).toMatch(/^# metai run card: gpt-4\.1-mini on HumanEval, 2 runs\n/);
  expect(several.stdout.match(/^\| run-0\d \| \d \| \d+ to \d+ of 10 /gm)).toHaveLength(2);
  expect(several.stdout).toMatch(/^- run-02: \d+ events; journal head `[0-9a-f]{64}`$/m);
});

test("the run that the repository holds verifies", async () => {
  const folder = fileURLToPath(new URL("../fixtures/run-small/results", import.meta.url));
  const verified = await metai(["verify", folder, "--quiet"], { cwd });
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  expect(verified.stdout).toMatch(/benchmark +ok +Fresh, by its content/);
});

const Entry = z.looseObject({
  body: z.looseObject({ messages: z.array(z.looseObject({ content: z.string() })).optional() }),
});

/** The first event of a type with another entry in its place. */
function withEntry(
  folder: string,
  type: "request" | "response",
  change: (entry: z.infer<typeof Entry>) => object,
): (event: JournalEvent) => JournalEvent | null {
  return first(
    type,
    (event) => event.type === "request" || event.proposal !== null,
    (event) => {
      const text = readFileSync(join(folder, "objects", event.entry_sha256 ?? ""), "utf8");
      const entry = change(Entry.parse(JSON.parse(text)));
      return { ...event, entry_sha256: keep(folder, JSON.stringify(entry)) };
    },
  );
}

test.for([
  [
    "a hint in the prompt",
    (folder: string) =>
      withEntry(folder, "request", (entry) => {
        const messages = entry.body.messages?.map((message) => ({
          ...message,
          content: `${message.content} assert candidate(1) == 2`,
        }));
        return { ...entry, body: { ...entry.body, messages } };
      }),
    /^requests .*the model was told something else than the parent and how it did$/,
  ],
  [
    "another model asked",
    (folder: string) =>
      withEntry(folder, "request", (entry) => ({ ...entry, body: { ...entry.body, model: "x" } })),
    /^requests .*it asked another model$/,
  ],
  [
    "another server",
    (folder: string) =>
      withEntry(folder, "request", (entry) => ({ ...entry, url: "http://elsewhere/v1" })),
    /^requests .*it went to another server$/,
  ],
  [
    "a reply that answers something else",
    (folder: string) =>
      withEntry(folder, "response", (entry) => ({
        ...entry,
        body: completion("Nothing.").body,
      })),
    /^answers .*the answer is not the one in the server's reply$/,
  ],
  [
    "a reply that is none",
    (folder: string) => withEntry(folder, "response", (entry) => ({ ...entry, body: {} })),
    /^answers .*an answer is taken from a reply that is no chat completion$/,
  ],
  [
    "a reply that is nested too deep to be read",
    (folder: string) =>
      first(
        "response",
        ({ proposal }) => proposal !== null,
        (event) => {
          const deep = "[".repeat(100_000) + "]".repeat(100_000);
          const { generation, child } = event;
          const head = JSON.stringify({ type: "response", generation, child, status: 200 });
          return { ...event, entry_sha256: keep(folder, `${head.slice(0, -1)},"body":${deep}}`) };
        },
      ),
    /^answers .*an answer is taken from a reply that is no chat completion$/,
  ],
  [
    "an answer that is kept as a failure",
    (folder: string) =>
      first(
        "response",
        ({ proposal }) => proposal === null,
        ({ generation, child, entry_sha256 }) => ({
          type: "request-failed",
          generation,
          child,
          entry_sha256: entry_sha256 ?? keep(folder, "{}"),
        }),
      ),
    /^answers .*what is kept of the failure is no entry of a transcript$/,
  ],
  [
    "tokens that were not used",
    () =>
      first(
        "response",
        ({ proposal }) => proposal !== null,
        (event) =>
          event.proposal === null
            ? event
            : { ...event, proposal: { ...event.proposal, prompt_tokens: 1 } },
      ),
    /^answers .*the tokens of the prompt is not the one/,
  ],
  [
    "the run relabelled mock",
    () => (event: JournalEvent) => {
      if (event.type !== "run-started") return event;
      const mock = { run_type: "mock", model: "mock-script", base_url: null } as const;
      return { ...event, facts: { ...event.facts, ...mock } };
    },
    /^requests .*it is not about a script/,
  ],
] as const)("%s is named, though the chain was made again", async ([, change, found]) => {
  const folder = join(await temporaryFolder(), "run");
  cpSync(join(cwd, "results"), folder, { recursive: true });
  await forge(folder, change(folder));
  const options = {
    data: join(cwd, "data"),
    humaneval: humanEvalArchive,
    sandbox: "auto",
  } as const;
  const runs = await verifyRuns(folder, { ...options, quiet: true }, new AbortController().signal);
  const lines = runs.flatMap(({ checks }) =>
    checks.flatMap(({ check, findings }) =>
      findings.map(({ where, words }) => `${check} ${where}: ${words}`),
    ),
  );
  expect(
    lines.filter((line) => found.test(line)),
    lines.join("\n"),
  ).not.toEqual([]);
});
