import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { extractPython } from "../../../src/core/extract.ts";
import type {
  ArchivedAgent,
  ProposalRequest,
  ProposerEvent,
  TranscriptEntry,
} from "../../../src/core/ports.ts";
import { parseAgent, printAgent } from "../../../src/proposer/search/blocks.ts";
import {
  searchProposer,
  type SearchProposerOptions,
} from "../../../src/proposer/search/proposer.ts";
import { BOX, names, SOURCE, textOf, agent } from "./parts.ts";

const SEED: ArchivedAgent = { generation: 0, child: 0, source: SOURCE, passed: [] };

const Entry = z.looseObject({
  type: z.string(),
  generation: z.number(),
  child: z.number(),
  offered: z.string().optional(),
  edits: z.array(z.string()).optional(),
  attempts: z.number().optional(),
  refusals: z.array(z.string()).optional(),
});

async function propose(
  over: Partial<ProposalRequest> = {},
  options: Partial<SearchProposerOptions> = {},
  signal = new AbortController().signal,
) {
  const entries: TranscriptEntry[] = [];
  const events: ProposerEvent[] = [];
  const proposer = searchProposer({
    seed: 1,
    policy: "adaptive",
    box: BOX,
    gate: async () => null,
    ...options,
  });
  const request = { generation: 1, child: 1, parentSource: SOURCE, tasks: [], archive: [SEED] };
  const proposal = await proposer.propose(
    { ...request, ...over },
    {
      signal,
      onEvent: (event) => void events.push(event),
      record: async (entry) => void entries.push(entry),
    },
  );
  const [asked, answered] = z.tuple([Entry, Entry]).parse(entries);
  return { ...proposal, proposer, asked, answered, events };
}

describe("a child", () => {
  test("is the same for the same seed, generation and number, and for no other", async () => {
    const { answer } = await propose();
    expect((await propose()).answer).toBe(answer);
    expect((await propose({}, { seed: 2 })).answer).not.toBe(answer);
    expect((await propose({ generation: 2 })).answer).not.toBe(answer);
    expect((await propose({ child: 2 })).answer).not.toBe(answer);
  });

  /** Where this changes, runs of earlier versions can no longer be repeated from their seed. */
  test("has the bytes that it has on every machine and in every version of Node", async () => {
    const hash = createHash("sha256");
    for (let child = 1; child <= 20; child++) hash.update((await propose({ child })).answer);
    expect(hash.digest("hex")).toBe(
      "ed86501de22d82570a74b1d8d50bc5a76b8ac45742d91855327eda7a65150ff5",
    );
  });

  test("survives as an answer byte for byte, and compiles", async () => {
    for (let child = 1; child <= 40; child++) {
      const { answer } = await propose({ child });
      expect(extractPython(answer)).toEqual({ ok: true, source: answer });
    }
    const python = process.platform === "win32" ? "python" : "python3";
    const { answer } = await propose();
    const compiles = "import sys; compile(sys.stdin.buffer.read(), 'child.py', 'exec')";
    expect(spawnSync(python, ["-I", "-c", compiles], { input: answer }).status).toBe(0);
  });

  test("differs from its parent and from every earlier agent", async () => {
    const refusals: string[] = [];
    for (let child = 1; child <= 20; child++) {
      const { answer } = await propose({ child });
      const archive = [SEED, { generation: 1, child, source: answer, passed: [] }];
      const again = await propose({ child, archive });
      expect([answer, SOURCE]).not.toContain(again.answer);
      refusals.push(...(again.answered.refusals ?? []));
    }
    expect(new Set(refusals)).toEqual(new Set(["the run has had this agent already"]));
  });

  test("has the parent's policy to the letter where that is fixed", async () => {
    const children = Array.from({ length: 60 }, (_, index) => index + 1);
    const policies = async (policy: "adaptive" | "fixed") =>
      new Set(
        await Promise.all(
          children.map(async (child) => {
            return textOf(parseAgent((await propose({ child }, { policy })).answer), "policy");
          }),
        ),
      );
    expect(await policies("fixed")).toEqual(new Set([textOf(agent(), "policy")]));
    expect((await policies("adaptive")).size).toBeGreaterThan(10);
  });

  test("takes blocks from earlier agents", async () => {
    const part = "# [part evolved] What only an earlier agent has.\nX = 1\n# [end evolved]\n";
    const source = SOURCE.replace("# [parts end]", `${part}\n# [parts end]`);
    const archive = [SEED, { generation: 1, child: 2, source, passed: ["t"] }];
    const edits: string[] = [];
    for (let child = 1; child <= 20; child++) {
      edits.push(...((await propose({ generation: 2, child, archive })).answered.edits ?? []));
    }
    expect(edits).toContain("combine evolved from generation 1, child 2");
  });
});

describe("the gate", () => {
  test("is asked before a child is offered, and what it refuses is drawn again", async () => {
    const asked: string[] = [];
    const gate = async (source: string) => {
      asked.push(source);
      return asked.length < 3 ? "it does not compile" : null;
    };
    const { answer, answered } = await propose({}, { gate });
    expect(new Set(asked).size).toBe(3);
    expect(answer).toBe(asked[2]);
    expect(answered).toMatchObject({
      offered: "edited child",
      attempts: 3,
      refusals: ["it does not compile", "it does not compile"],
    });
    expect((await propose()).answer).toBe(asked[0]);
  });

  test("that refuses all edits leaves the parent with its policy changed", async () => {
    const unedited = withoutPolicy(SOURCE);
    const gate = async (source: string) =>
      withoutPolicy(source) === unedited ? null : "it fails the smoke test";
    const { answer, answered } = await propose({ child: 3 }, { gate });
    expect(answered).toMatchObject({ offered: "parent with its policy changed", attempts: 21 });
    expect(withoutPolicy(answer)).toBe(unedited);
    expect(answer).not.toBe(SOURCE);
  });

  test.each(["adaptive", "fixed"] as const)(
    "that refuses everything leaves the parent as it is (policy %s)",
    async (policy) => {
      const { answer, answered } = await propose({}, { policy, gate: async () => "no" });
      expect(answer).toBe(SOURCE);
      const attempts = policy === "fixed" ? 20 : 21;
      expect(answered).toMatchObject({ offered: "parent unchanged", edits: [], attempts });
      expect(answered.refusals).toHaveLength(attempts);
    },
  );
});

function withoutPolicy(source: string): string {
  return source.replace(/# \[part policy\].*?# \[end policy\]/s, "");
}

test("a proposal is recorded, and names what it comes from", async () => {
  const { proposer, asked, answered, events, ...proposal } = await propose({ child: 3 });
  expect(proposer).toMatchObject({ runType: "search", model: "search seed 1", baseUrl: null });
  const answer = expect.stringContaining("def solve(");
  expect(proposal).toEqual({ answer, responseModel: null, finishReason: null, usage: null });
  expect(events).toEqual([{ type: "request-started", generation: 1, child: 3, attempt: 1 }]);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
  const common = { generation: 1, child: 3 };
  expect(asked).toMatchObject({
    ...common,
    type: "request",
    seed: 1,
    policy_mode: "adaptive",
    policy: { edits_per_child: 4, doubt: 0.25, adapt: 0.5, weights: { insert: 6, combine: 2 } },
    parent_sha256: hash,
    box_sha256: hash,
  });
  expect(answered).toMatchObject({ ...common, type: "response", agent_sha256: hash, attempts: 1 });
  expect(answered.edits?.length).toBeGreaterThan(0);
});

test("is not begun after an abort", async () => {
  await expect(propose({}, {}, AbortSignal.abort())).rejects.toThrow(/abort/);
});

test.each([
  [
    "that is not made of blocks",
    '"""An agent."""\n\n\ndef solve(prompt, entry_point):\n    pass\n',
  ],
  ["that begins with a comment", `# An agent.\n${SOURCE}`],
])("an agent %s is refused in a line", async (_, parentSource) => {
  await expect(propose({ parentSource })).rejects.toThrow(
    /^The search proposer cannot edit this agent: /,
  );
});

test("500 generations keep every agent well formed", async () => {
  let archive: readonly ArchivedAgent[] = [SEED];
  let parentSource = SOURCE;
  for (let generation = 1; generation <= 500; generation++) {
    const { answer } = await propose({ generation, parentSource, archive });
    const child = parseAgent(answer);
    expect(printAgent(child)).toBe(answer);
    expect(names(child)).toContain("policy");
    expect(new Set(names(child)).size).toBe(child.blocks.length);
    archive = [...archive, { generation, child: 1, source: answer, passed: [] }].slice(-8);
    if (generation % 3 === 0) parentSource = answer;
  }
});
