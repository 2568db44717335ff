import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { ScoreRow } from "../../src/core/records.ts";
import { readScores } from "../../src/store/tables.ts";
import { completion, openApiServer, type ApiServer } from "../helpers/api-server.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith, secretLines, TEN } from "./agents.ts";
import { contentsOf, readManifest, readTranscript } from "./folder.ts";
import { metai, type Ended } from "./metai.ts";

const KEY = "sk-proj-9f8e7d6c5b4aQwErTyUi";

const ANSWERS = [
  answerWith(agentPassing(4)),
  answerWith(agentPassing(2)),
  "I would rather think about it for a while.",
  answerWith("def solve(prompt, entry_point:\n    return prompt\n"),
  // A server that echoes what it was sent, as some proxies do.
  `You sent the key ${KEY}.\n\n${answerWith(agentPassing(9))}`,
];

describe("a run of five generations against a server that speaks the OpenAI protocol", () => {
  let folder: string;
  let results: string;
  let server: ApiServer;
  let run: Ended;
  let rows: ScoreRow[];

  beforeAll(async () => {
    folder = await createFolder();
    results = join(folder, "results");
    server = await openApiServer((_, index) => completion(ANSWERS[index] ?? ""));
    run = await metai(["self-improve", "--model", "tiny-coder"], {
      cwd: folder,
      env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.baseUrl },
    });
    rows = await readScores(join(results, "scores.csv"));
  });
  afterAll(async () => {
    await server?.close();
    await removeFolder(folder);
  });

  test("ends well and says so", () => {
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain("run_type api, model tiny-coder");
    expect(run.stdout).toMatch(/^seed +0\/10/m);
    expect(run.stdout).toMatch(/^generation 5 +9\/10/m);
    expect(run.stderr).toContain("generation 5 of 5");
  });

  test("keeps what is better and nothing else", () => {
    const course = rows.map(({ generation, passed, candidate_passed, accepted }) => [
      generation,
      passed,
      candidate_passed,
      accepted,
    ]);
    expect(course).toEqual([
      [0, 0, null, null],
      [1, 4, 4, true],
      [2, 4, 2, false],
      [3, 4, null, false],
      [4, 4, null, false],
      [5, 9, 9, true],
    ]);
    expect(rows.map((row) => row.parent_generation)).toEqual([null, 0, 1, 1, 1, 1]);
    expect(rows[3]?.decision).toMatch(/^invalid: .*no Python/);
    expect(rows[4]?.decision).toMatch(/^invalid: .*compile/);
  });

  test("records what answered, where, and the tokens", () => {
    for (const row of rows) {
      expect(row).toMatchObject({ run_type: "api", model: "tiny-coder", total: 10 });
      expect(row.base_url).toBe(server.baseUrl);
    }
    expect(rows[0]).toMatchObject({ response_model: null, prompt_tokens: null });
    for (const row of rows.slice(1)) {
      expect(row).toMatchObject({ prompt_tokens: 120, completion_tokens: 30 });
      expect(row.response_model).toBe("gpt-4.1-mini-2025-04-14");
    }
    expect(readManifest(results)).toMatchObject({ status: "done", run_type: "api", problem: null });
  });

  test("leaves every agent of the run as a file", () => {
    const read = (name: string) => readFileSync(join(results, name), "utf8");
    expect(read("agent_gen1.py")).toBe(agentPassing(4));
    expect(read("agent_gen2_candidate.py")).toBe(agentPassing(2));
    expect(read("agent_gen2.py")).toBe(agentPassing(4));
    expect(read("agent_gen4.py")).toBe(agentPassing(4));
    expect(read("agent_gen5.py")).toBe(agentPassing(9));
    const files = Object.keys(contentsOf(results));
    expect(files).not.toContain("agent_gen3_candidate.py");
    expect(files).toContain("agent_gen4_candidate.py");
    expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("keeps every request and response", () => {
    for (const generation of [1, 2, 3, 4, 5]) {
      const [request, response, ...more] = readTranscript(results, generation);
      expect(more).toEqual([]);
      expect(request).toMatchObject({ type: "request", body: { model: "tiny-coder" } });
      expect(request?.["body"]).toEqual(server.requests[generation - 1]?.body);
      expect(response).toMatchObject({
        type: "response",
        usage: { prompt_tokens: 120, completion_tokens: 30 },
      });
    }
    expect(JSON.stringify(readTranscript(results, 3))).toContain("I would rather think");
  });

  test("shows the key to the server and to nobody else", () => {
    expect(server.requests).toHaveLength(5);
    for (const { headers } of server.requests) {
      expect(headers.authorization).toBe(`Bearer ${KEY}`);
    }
    for (const [name, content] of Object.entries(contentsOf(folder))) {
      expect(content, name).not.toContain(KEY);
    }
    expect(run.stdout + run.stderr).not.toContain(KEY);
  });

  test("shows the model the ten prompts and no line of a test", () => {
    const secrets = secretLines();
    expect(secrets.length).toBeGreaterThan(30);
    const first = JSON.stringify(server.requests[0]?.body);
    for (const { prompt } of TEN) expect(first).toContain(inRequest(prompt));
    for (const { body } of server.requests) {
      const sent = JSON.stringify(body);
      for (const line of secrets) expect(sent).not.toContain(inRequest(line));
      expect(sent).not.toContain("METADATA");
      expect(sent).not.toContain("check(candidate)");
    }
  });

  test("asks each time on the ground of the agent that stands", () => {
    const sent = server.requests.map(({ body }) => JSON.stringify(body));
    expect(sent[0]).toContain("metai's seed agent");
    for (const body of sent.slice(1)) expect(body).toContain(inRequest(agentPassing(4)));
    expect(sent[1]).toContain("passes 4 of 10 tasks");
  });

  test("analyze draws the curve, and the paper figures on request", async () => {
    const curve = await metai(["analyze"], { cwd: folder });
    expect(curve, curve.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(curve.stdout).toBe(join("results", "improvement_curve.pdf"));
    expect(contentsOf(results)["improvement_curve.pdf"]).toMatch(/^%PDF-/);

    const papers = await metai(
      ["analyze", "--paper-figures", "--skip-curve", "--results", "nowhere", "--figures", "drawn"],
      { cwd: folder },
    );
    expect(papers, papers.stderr).toMatchObject({ code: 0, stderr: "" });
    const drawn = contentsOf(join(folder, "drawn"));
    expect(Object.keys(drawn)).toEqual(["dgm_published_results.pdf", "metai_mini_protocol.pdf"]);
    for (const content of Object.values(drawn)) expect(content).toMatch(/^%PDF-/);
    expect(Object.keys(contentsOf(folder)).filter((name) => name.startsWith("nowhere"))).toEqual(
      [],
    );
  });
});

/** A text as it stands inside a JSON string. */
function inRequest(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
