import { describe, expect, test } from "vitest";

import { extractPython } from "../../src/core/extract.ts";
import type { ProposalRequest } from "../../src/core/ports.ts";
import { readSeedAgent } from "../../src/commands/package-info.ts";
import { controlProposer, type NullEdit } from "../../src/proposer/control.ts";

async function offered(edit: NullEdit, request: Partial<ProposalRequest> = {}) {
  const proposer = controlProposer(edit, "search");
  const asked = { generation: 1, child: 1, tasks: [], archive: [], parentSource: SEED, ...request };
  const { answer } = await proposer.propose(asked, {
    signal: new AbortController().signal,
    onEvent: () => {},
    record: async () => {},
  });
  const extraction = extractPython(answer);
  return extraction.ok ? extraction.source : null;
}

const SEED = readSeedAgent();

describe("a control's proposer", () => {
  test.for([
    ["metai's seed", SEED],
    ["one that prose would hide", "The = 1\n\n# 1. words\ndef solve(p, e):\n    return ''\n"],
    ["one that holds a fence", '"""\n```python\nx\n```\n"""\ndef solve(p, e):\n    return ""\n'],
  ] as const)("same offers the parent byte for byte: %s", async ([, parentSource]) => {
    expect(await offered({ control: "same" }, { parentSource })).toBe(parentSource);
  });

  test("random-edit changes nothing but a comment at the end", async () => {
    const source = await offered({ control: "random-edit", seed: 1 });
    expect(source?.startsWith(SEED)).toBe(true);
    expect(source?.slice(SEED.length)).toMatch(/^#.*\n$/);
  });

  test("random-edit is drawn from seed, generation and child, and does not grow", async () => {
    const edit = { control: "random-edit", seed: 1 } as const;
    const first = await offered(edit);
    expect(await offered(edit)).toBe(first);
    const others = [
      await offered({ ...edit, seed: 2 }),
      await offered(edit, { generation: 2 }),
      await offered(edit, { child: 2 }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
    const again = await offered(edit, { parentSource: first ?? "", generation: 2 });
    expect(again).toBe(others[1]);
  });

  test("names itself as the model", () => {
    expect(controlProposer({ control: "same" }, "mock")).toMatchObject({
      runType: "mock",
      model: "control same",
      baseUrl: null,
    });
  });
});
