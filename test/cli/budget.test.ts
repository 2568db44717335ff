import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { readScores } from "../../src/store/tables.ts";
import { completion, startApiServer } from "../helpers/api-server.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { readManifest } from "./folder.ts";
import { metai, onlyLine } from "./metai.ts";

/** A run of three generations; the server counts 120 and 30 tokens for each answer. */
async function startRun(delayMs = 0) {
  const cwd = await temporaryFolder();
  const server = await startApiServer((_, index) => ({
    ...completion(answerWith(agentPassing(index + 1))),
    delayMs,
  }));
  const env = { OPENAI_API_KEY: "sk-test-0123456789", OPENAI_BASE_URL: server.baseUrl };
  const run = (...args: string[]) =>
    metai(["self-improve", "--generations", "3", "--held-out", "3", "--model", "tiny", ...args], {
      cwd,
      env,
    });
  return { run, server, cwd, results: join(cwd, "results") };
}

describe("a budget", () => {
  test("of tokens ends the run before the request that would exceed it, and more of it goes on", async () => {
    const { run, server, results } = await startRun();
    const { code, stdout, stderr } = await run("--max-tokens-total", "200");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/budget of 200 tokens is used up \(300\)/);
    expect(stdout).toContain("--resume");
    expect(server.requests).toHaveLength(2);
    expect(readManifest(results)).toMatchObject({ status: "done", ended: "budget" });
    const rows = await readScores(join(results, "scores.csv"));
    expect(rows.map(({ passed, held_out_total }) => [passed, held_out_total])).toEqual([
      [0, null],
      [1, null],
      [2, null],
    ]);

    const same = await run("--max-tokens-total", "200", "--resume");
    expect(same.code, same.stderr).toBe(0);
    expect(server.requests).toHaveLength(2);
    const more = await run("--max-tokens-total", "400", "--resume");
    expect(more.code, more.stderr).toBe(0);
    expect(server.requests).toHaveLength(3);
    expect(readManifest(results)).toMatchObject({ status: "done", ended: "completed" });
    const all = await readScores(join(results, "scores.csv"));
    expect(all.map(({ passed, held_out_total }) => [passed, held_out_total])).toEqual(
      [0, 1, 2, 3].map((passed) => [passed, 3]),
    );
  });

  test("of dollars is kept at the price that is given, and told with the scores", async () => {
    const { run, server, results } = await startRun();
    const price = ["--price-input", "1000", "--price-output", "2000"];
    const { code, stdout, stderr } = await run("--max-cost", "0.1", ...price);
    expect(code, stderr).toBe(0);
    expect(server.requests).toHaveLength(1);
    expect(stdout).toContain("$0.18");
    const rows = await readScores(join(results, "scores.csv"));
    expect(rows.map(({ cost_usd }) => cost_usd)).toEqual([null, 0.18]);
  });

  test("of dollars is refused before anything is touched where no price is known", async () => {
    const { run, server, results } = await startRun();
    expect((await run("--quiet")).code).toBe(0);
    const asked = server.requests.length;
    const before = readFileSync(join(results, "scores.csv"), "utf8");
    const { code, stderr } = await run("--max-cost", "1", "--reset-results", "--quiet");
    expect(code).toBe(2);
    expect(onlyLine(stderr)).toMatch(/no price of tiny .* --price-input and --price-output/);
    expect(readFileSync(join(results, "scores.csv"), "utf8")).toBe(before);
    expect(server.requests).toHaveLength(asked);
  });

  test("of minutes lets nothing be asked once they are over", async () => {
    const { run, server, results } = await startRun(700);
    const { code, stdout, stderr } = await run("--max-minutes", "0.01", "--quiet");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/budget of 0\.01 minutes is used up/);
    expect(server.requests.length).toBeLessThan(2);
    expect(readManifest(results)).toMatchObject({ status: "done", ended: "budget" });
  });
});

describe("a configuration that is registered", () => {
  test("stands first in the journal, and the card tells where the run is otherwise", async () => {
    const { run, cwd, results } = await startRun();
    const registered = {
      note: "a guess",
      model: "tiny",
      settings: { generations: 5, candidates: 1 },
    };
    writeFileSync(join(cwd, "plan.json"), JSON.stringify(registered));
    const { code, stderr } = await run("--preregister", "plan.json", "--quiet");
    expect(code, stderr).toBe(0);
    const [first = ""] = readFileSync(join(results, "journal.jsonl"), "utf8").split("\n");
    expect(JSON.parse(first)).toMatchObject({ type: "preregistered", name: "plan.json" });
    const card = await metai(["card", "results"], { cwd });
    expect(card.code, card.stderr).toBe(0);
    expect(card.stdout).toMatch(/\| `settings\.generations` \| `5` \| `3` \|/);
    expect(card.stdout).not.toContain("settings.candidates");
    expect(card.stdout).toContain("a guess");

    writeFileSync(join(cwd, "plan.json"), JSON.stringify({ ...registered, note: "I knew it" }));
    const changed = await run("--preregister", "plan.json", "--resume", "--quiet");
    expect(changed.code).toBe(2);
    expect(onlyLine(changed.stderr)).toMatch(/plan\.json was not registered before the run/);
  });

  test("that is none is refused before the run", async () => {
    const { run, cwd, server } = await startRun();
    writeFileSync(join(cwd, "plan.json"), JSON.stringify({ settings: { generation: 5 } }));
    const { code, stderr } = await run("--preregister", "plan.json", "--quiet");
    expect(code).toBe(2);
    expect(onlyLine(stderr)).toMatch(/plan\.json is no configuration .*generation/);
    expect(server.requests).toEqual([]);
  });
});
