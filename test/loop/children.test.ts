import { describe, expect, test } from "vitest";

import { UserError } from "../../src/errors.ts";
import { selfImprove } from "../../src/loop/self-improve.ts";
import { agent, answerOf, sha256, TASKS, world } from "./parts.ts";

const children = (...passes: number[]) =>
  passes.map((count, index) => answerOf(agent(count, ` as child ${index + 1}`)));

describe("of several children the best is the generation's candidate", () => {
  test("all are kept, asked for by number, and told in the table", async () => {
    const { parts, files, requests, candidates } = world([["no code", ...children(0, 2, 1)]], {
      candidates: 4,
    });
    const { rows } = await selfImprove(parts);
    const best = agent(2, " as child 2");
    expect(rows[1]).toMatchObject({ accepted: true, candidate_passed: 2, candidates: 4 });
    expect(files.get("candidate 1")).toBe(best);
    expect(files.get("agent 1")).toBe(best);
    expect(files.get("child 1.2")).toBe(agent(0, " as child 1"));
    expect([...files.keys()]).not.toContain("child 1.1");
    expect(requests.map(({ child }) => child)).toEqual([1, 2, 3, 4]);
    expect(
      candidates.map(({ child, status, passed, chosen }) => [child, status, passed, chosen]),
    ).toEqual([
      [1, "invalid", null, false],
      [2, "evaluated", 0, false],
      [3, "evaluated", 2, true],
      [4, "evaluated", 1, false],
    ]);
    expect(candidates[0]?.reason).toMatch(/no Python/);
    expect(candidates.map((row) => row.agent_sha256)).toEqual([
      null,
      sha256(agent(0, " as child 1")),
      sha256(best),
      sha256(agent(1, " as child 3")),
    ]);
  });

  test("ties between children go to the first", async () => {
    const { parts, candidates } = world([children(1, 2, 2)], { candidates: 3 });
    await selfImprove(parts);
    expect(candidates.map(({ chosen }) => chosen)).toEqual([false, true, false]);
  });

  test("where none is an agent the first one's reason is told", async () => {
    const { parts, candidates } = world([["nothing", "nothing either"]], { candidates: 2 });
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ accepted: false, candidate_passed: null });
    expect(rows[1]?.decision).toMatch(/^invalid: .*nothing"/);
    expect(candidates.map(({ chosen }) => chosen)).toEqual([true, false]);
  });

  test("their tokens are counted together", async () => {
    const proposal = {
      answer: answerOf(agent(1)),
      responseModel: "m",
      finishReason: null,
      usage: { promptTokens: 10, completionTokens: 1 },
    };
    const { parts } = world([[() => proposal, () => proposal]], { candidates: 2 });
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ prompt_tokens: 20, completion_tokens: 2 });
  });
});

test("equal sources are judged once in a generation, and again in the next", async () => {
  const same = answerOf(agent(0, " again"));
  const { parts, events } = world([[same, same, same], [same]], { candidates: 3 });
  await selfImprove({ ...parts, generations: 2 });
  const judged = events.filter(({ type }) => type === "evaluation-started");
  // The seed; once in generation 1; in generation 2 that source, and the answers that are empty are none.
  expect(judged).toHaveLength(3);
});

test("the order in which children come back changes nothing but times", async () => {
  expect(await runWithDelays([20, 10, 0])).toEqual(await runWithDelays([0, 10, 20]));
});

/** What two generations come to whose children take so many milliseconds each. */
async function runWithDelays(delays: readonly number[]) {
  const turn = delays.map((delay, index) => async () => {
    await new Promise((resolve) => setTimeout(resolve, delay));
    const answer = answerOf(agent(index % 2, ` as child ${index}`));
    return { answer, responseModel: null, finishReason: null, usage: null };
  });
  const { parts, requests, files, candidates } = world([turn, turn], { candidates: 3 });
  const { rows } = await selfImprove(parts);
  const timeless = candidates.map((row) => ({ ...row, duration_ms: 0 }));
  return { rows, timeless, files: Object.fromEntries(files), archives: requests.at(-1)?.archive };
}

test("the archive is the seed and every evaluated child before, with what it passes", async () => {
  const { parts, requests } = world([["none", ...children(1)], children(0, 2), children(1, 1)], {
    candidates: 2,
  });
  await selfImprove(parts);
  const archives = requests.filter(({ child }) => child === 2).map(({ archive }) => archive);
  expect(archives[0]).toEqual([{ generation: 0, child: 0, source: agent(0), passed: [] }]);
  expect(archives[2]?.map(({ generation, child, passed }) => [generation, child, passed])).toEqual([
    [0, 0, []],
    [1, 2, ["Task/0"]],
    [2, 1, []],
    [2, 2, ["Task/0", "Task/1"]],
  ]);
});

test("a fault in one child stops the others and ends the run with that fault", async () => {
  const problem = new UserError("the server is gone");
  let stopped: unknown;
  const { parts, writes } = world([["", ""]], { candidates: 2 });
  const proposer = {
    ...parts.proposer,
    propose: ({ child }: { child: number }, { signal }: { signal: AbortSignal }) =>
      child === 2
        ? Promise.reject(problem)
        : new Promise<never>((_, reject) => {
            signal.addEventListener("abort", () => reject((stopped = signal.reason)));
          }),
  };
  await expect(selfImprove({ ...parts, proposer })).rejects.toBe(problem);
  expect(stopped).toBe(problem);
  expect(writes).toEqual(["agent 0", "row 0"]);
});

describe("ties", () => {
  const shorter = "# passes 1\ndef solve(p, e):\n    return ''\n";
  const longer = agent(1, " and is longer than the seed");
  test.for([
    ["parent", shorter, false, "rejected: 1 is not more than 1"],
    ["smaller", shorter, true, /^accepted: 1 as before, in \d+ bytes < \d+$/],
    ["smaller", longer, false, /^rejected: 1 is not more than 1, and \d+ bytes are not fewer/],
    ["smaller", agent(1), false, /are not fewer/],
    ["smaller", agent(0), false, "rejected: 0 is not more than 1"],
  ] as const)("go to %s", async ([ties, source, accepted, words]) => {
    const { parts } = world([answerOf(source)], { seedSource: agent(1), ties });
    const { rows } = await selfImprove(parts);
    expect(rows[1]?.accepted).toBe(accepted);
    expect(rows[1]?.decision).toMatch(words);
  });
});

describe("without selection", () => {
  test("each first child stands, whatever it passes, and the archive tells no passes", async () => {
    const { parts, requests } = world([children(2, 1), children(0, 2), children(1, 0)], {
      control: "no-selection",
      candidates: 2,
    });
    const { rows } = await selfImprove(parts);
    expect(rows.map(({ passed }) => passed)).toEqual([0, 2, 0, 1]);
    expect(rows.every(({ control }) => control === "no-selection")).toBe(true);
    expect(rows[2]?.decision).toBe("kept without selection: 0 after 2");
    expect(requests.flatMap(({ archive }) => archive.flatMap(({ passed }) => passed))).toEqual([]);
  });

  test("what is no agent cannot stand", async () => {
    const { parts } = world(["no code"], { control: "no-selection" });
    const { rows } = await selfImprove(parts);
    expect(rows[1]).toMatchObject({ accepted: false, passed: 0, candidate_passed: null });
  });
});

test("a child's answer that is a whole file comes out byte for byte", async () => {
  const source = `"""An agent."""\n${agent(1)}# the end: 1. no list\n`;
  const { parts, files } = world([source], { control: "no-selection" });
  await selfImprove({ ...parts, tasks: TASKS });
  expect(files.get("candidate 1")).toBe(source);
});
