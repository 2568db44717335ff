import { describe, expect, test } from "vitest";

import { Interrupted, UserError } from "../../src/errors.ts";
import { selfImprove } from "../../src/loop/self-improve.ts";
import { agent, answerOf, sha256, TASKS, TEST_MARKER, world } from "./parts.ts";

const NO_AGENT = answerOf("def solve_it():\n    pass\n");

describe("a candidate is accepted only if it passes strictly more tasks", () => {
  test.for([
    ["more", 2, { accepted: true, passed: 2 }],
    ["as many", 1, { accepted: false, passed: 1 }],
    ["fewer", 0, { accepted: false, passed: 1 }],
  ] as const)("%s", async ([, passes, expected]) => {
    const { parts, files } = world([answerOf(agent(passes, " of the rewrite"))], {
      seedSource: agent(1),
    });
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ ...expected, candidate_passed: passes, total: 3 });
    const standing = expected.accepted ? agent(passes, " of the rewrite") : agent(1);
    expect(files.get("agent 1")).toBe(standing);
    expect(rows[1]?.agent_sha256).toBe(sha256(standing));
  });

  test("one with other passes but not more is rejected, and the next has to beat the parent", async () => {
    const { parts } = world([2, 1, 2, 3].map((passes) => answerOf(agent(passes))));
    const { rows } = await selfImprove(parts);
    expect(rows.map((row) => row.passed)).toEqual([0, 2, 2, 2, 3]);
    expect(rows.map((row) => row.accepted)).toEqual([null, true, false, false, true]);
  });
});

describe("what is no agent is a rejected candidate with its reason", () => {
  test("an answer without code leaves no candidate file", async () => {
    const { parts, files } = world(["I cannot help with that."]);
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ accepted: false, candidate_passed: null, passed: 0 });
    expect(rows[1]?.decision).toMatch(/^invalid: .*no Python/);
    expect([...files.keys()]).not.toContain("candidate 1");
    expect(files.get("agent 1")).toBe(agent(0));
  });

  test("code that the evaluator calls no agent is kept as a file", async () => {
    const { parts, files } = world([NO_AGENT]);
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ accepted: false, candidate_passed: null });
    expect(rows[1]?.decision).toBe("invalid: it defines no function solve");
    expect(files.get("candidate 1")).toContain("solve_it");
  });

  test.for([
    ["length", "cut off at the token limit"],
    ["content_filter", "content filter"],
  ])("a server's word that the answer ended with %s is told", async ([finishReason, words]) => {
    const proposal = { responseModel: null, finishReason: finishReason ?? null, usage: null };
    const { parts } = world([
      () => ({ ...proposal, answer: "" }),
      () => ({ ...proposal, answer: NO_AGENT }),
      () => ({ ...proposal, answer: answerOf(agent(0)) }),
    ]);
    const decisions = (await selfImprove(parts)).rows.map((row) => row.decision);
    expect(decisions[1]).toContain(words);
    expect(decisions[2]).toContain(words);
    expect(decisions[3]).toBe("rejected: 0 is not more than 0");
  });

  test("a seed that is none stops the run", async () => {
    const { parts, writes } = world([], { seedSource: "nothing = 1\n" });
    await expect(selfImprove(parts)).rejects.toThrow(UserError);
    expect(writes).not.toContain("row 0");
  });
});

describe("a perfect score", () => {
  const perfect = [3, 3, 3].map((passes, index) => answerOf(agent(passes, ` (${index})`)));

  test("ends the run early", async () => {
    const { parts, requests } = world(perfect);
    const { rows, ended } = await selfImprove(parts);
    expect(ended).toBe("perfect");
    expect(rows).toHaveLength(2);
    expect(requests).toHaveLength(1);
  });

  test("does not where the run is told to go on", async () => {
    const { parts } = world(perfect, { earlyStop: false });
    const { rows, ended } = await selfImprove(parts);
    expect(ended).toBe("completed");
    expect(rows.map((row) => row.accepted)).toEqual([null, true, false, false]);
  });

  test("in the last generation is no early stop", async () => {
    const { parts } = world(perfect.slice(0, 1));
    expect((await selfImprove(parts)).ended).toBe("completed");
  });

  test("of the seed leaves nothing to ask for", async () => {
    const { parts, requests } = world(perfect, { seedSource: agent(3) });
    expect(await selfImprove(parts)).toMatchObject({ ended: "perfect", rows: [{ passed: 3 }] });
    expect(requests).toEqual([]);
  });
});

test("the parent is the generation whose candidate stands, and its file is written each time", async () => {
  const offered = [agent(1), agent(0), agent(2), "no agent", agent(2, " again")];
  const { parts, files, requests } = world(offered.map(answerOf));
  const { rows } = await selfImprove(parts);
  expect(rows.map((row) => row.parent_generation)).toEqual([null, 0, 1, 1, 3, 3]);
  const standing = [agent(0), agent(1), agent(1), agent(2), agent(2), agent(2)];
  expect([0, 1, 2, 3, 4, 5].map((n) => files.get(`agent ${n}`))).toEqual(standing);
  expect(requests.map((request) => request.parentSource)).toEqual(standing.slice(0, 5));
});

test("a proposer is told each prompt and how the parent did, and nothing of a test", async () => {
  const { parts, requests } = world([answerOf(agent(1)), answerOf(agent(0)), NO_AGENT]);
  await selfImprove(parts);
  expect(requests).toHaveLength(3);
  expect(JSON.stringify(requests)).not.toContain(TEST_MARKER);
  for (const { tasks } of requests) {
    expect(
      tasks.map(({ task_id, prompt, entry_point }) => ({ task_id, prompt, entry_point })),
    ).toEqual(TASKS.map(({ task_id, prompt, entry_point }) => ({ task_id, prompt, entry_point })));
  }
  // After generation 2 was rejected, the outcomes are still those of generation 1.
  const outcomes = requests.map(({ tasks }) => tasks.map(({ outcome }) => outcome));
  expect(outcomes).toEqual([
    ["failed", "timeout", "crashed"],
    ["passed", "timeout", "crashed"],
    ["passed", "timeout", "crashed"],
  ]);
  expect(requests[1]?.tasks[1]?.reason).toBe("why 1");
});

test("a row says who answered, with which tokens, under which sandbox and when", async () => {
  const usage = { promptTokens: 70, completionTokens: 7 };
  const answer = answerOf(agent(1));
  const { parts } = world([
    () => ({ answer, responseModel: "a-model-0", finishReason: null, usage }),
  ]);
  const { rows } = await selfImprove(parts);
  expect(rows[1]).toEqual({
    generation: 1,
    run_type: "api",
    control: null,
    benchmark: "Mine",
    model: "a-model",
    response_model: "a-model-0",
    base_url: "http://localhost:1/v1",
    passed: 1,
    total: 3,
    candidates: 1,
    accepted: true,
    candidate_passed: 1,
    decision: "accepted: 1 > 0",
    parent_generation: 0,
    held_out_passed: null,
    held_out_total: null,
    sandbox: "process",
    prompt_tokens: 70,
    completion_tokens: 7,
    cost_usd: null,
    agent_sha256: sha256(agent(1)),
    timestamp: "2026-01-02T03:04:05.000Z",
  });
  expect(rows[0]).toMatchObject({ accepted: null, parent_generation: null, prompt_tokens: null });
});

test("everything that a row speaks of is written before it", async () => {
  const { parts, writes } = world([answerOf(agent(1)), "no code"]);
  await selfImprove(parts);
  expect(writes).toEqual([
    "agent 0",
    "row 0",
    "transcript 1: request",
    "candidate 1",
    "agent 1",
    "row 1",
    "transcript 2: request",
    "agent 2",
    "row 2",
  ]);
});

test("what happens is told in order", async () => {
  const { parts, events } = world([answerOf(agent(1)), "no code"]);
  await selfImprove(parts);
  expect(events.map(({ type }) => type)).toEqual([
    "generation-started",
    "evaluation-started",
    ...TASKS.map(() => "task-judged"),
    "generation-closed",
    "generation-started",
    "request-started",
    "answered",
    "evaluation-started",
    ...TASKS.map(() => "task-judged"),
    "generation-closed",
    "generation-started",
    "request-started",
    "answered",
    "generation-closed",
  ]);
});

test("an error of the proposer ends the run and leaves the generations before it", async () => {
  const problem = new UserError("the server is gone");
  const { parts, writes } = world([answerOf(agent(1)), problem, answerOf(agent(2))]);
  await expect(selfImprove(parts)).rejects.toBe(problem);
  expect(writes.slice(-2)).toEqual(["row 1", "transcript 2: request"]);
});

test("a fault of the evaluator ends the run and is scored as nothing", async () => {
  const problem = new UserError("the sandbox cannot start");
  const { parts, writes } = world([], {
    evaluator: { sandbox: "bubblewrap", evaluateAgent: () => Promise.reject(problem) },
  });
  await expect(selfImprove(parts)).rejects.toBe(problem);
  expect(writes).toEqual(["agent 0"]);
});

test("an abort ends the run before the next step", async () => {
  const controller = new AbortController();
  const answer = answerOf(agent(1));
  const abort = () => {
    controller.abort(new Interrupted());
    return { answer, responseModel: null, finishReason: null, usage: null };
  };
  const { parts, writes } = world([answer, abort, answer], { signal: controller.signal });
  await expect(selfImprove(parts)).rejects.toThrow(Interrupted);
  expect(writes).toContain("row 1");
  expect(writes).not.toContain("row 2");
});
