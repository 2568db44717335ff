import { describe, expect, test } from "vitest";
import { printAgent, type Agent } from "../../../src/proposer/search/blocks.ts";
import { adaptPolicy, readPolicy } from "../../../src/proposer/search/policy.ts";
import { randomFrom } from "../../../src/proposer/search/random.ts";
import { agent, SOURCE, textOf } from "./parts.ts";

function withPolicy(change: (text: string) => string): Agent {
  const { blocks, ...machinery } = agent();
  return {
    ...machinery,
    blocks: blocks.map((block) => {
      return block.name === "policy" ? { ...block, text: change(block.text) } : block;
    }),
  };
}

describe("the policy", () => {
  test("is what the agent's source says", () => {
    const own = withPolicy((text) => {
      return text.replace("CHILD = 4.0", "CHILD = 12.5").replace("DELETE = 1.5", "DELETE = 0.1");
    });
    const { editsPerChild, weights, adapt } = readPolicy(own);
    expect({ editsPerChild, adapt, ...Object.fromEntries(weights) }).toEqual({
      editsPerChild: 12.5,
      adapt: 0.5,
      insert: 6,
      delete: 0.1,
      replace: 1,
      splice: 1,
      move: 1,
      constant: 1,
      combine: 2,
    });
  });

  test("has defaults where the source is silent or broken", () => {
    const { blocks, ...machinery } = agent();
    const silent = { ...machinery, blocks: blocks.filter(({ name }) => name !== "policy") };
    expect(readPolicy(silent)).toEqual(readPolicy(agent()));
    const broken = withPolicy((text) => text.replace("CHILD = 4.0", "CHILD = float('inf')"));
    expect(readPolicy(broken)).toEqual(readPolicy(agent()));
  });

  test("is clipped to the range beside it, and to what makes sense at all", () => {
    const wild = withPolicy((text) =>
      text
        .replace("CHILD = 4.0", "CHILD = 4000.0")
        .replace("MOVE = 1.0  # [0.1..20]", "MOVE = 9.0  # [0.1..7]")
        .replace("INSERT = 6.0  # [0.1..20]", "INSERT = -3.0  # [-5..20]"),
    );
    const { editsPerChild, weights } = readPolicy(wild);
    expect([editsPerChild, weights.get("move"), weights.get("insert")]).toEqual([40, 7, 0.1]);
  });
});

describe("adaptation", () => {
  const adapted = Array.from({ length: 400 }, (_, index) => {
    return adaptPolicy(agent(), randomFrom(`adapt ${index}`));
  });

  test("multiplies the mean number of edits, up and down alike", () => {
    const means = adapted.map((child) => readPolicy(child).editsPerChild);
    expect(new Set(means)).toEqual(new Set([2, 2.667, 3.2, 5, 6, 8]));
    const grown = means.filter((mean) => mean > 4).length;
    expect(Math.abs(grown - 200)).toBeLessThan(50);
  });

  test("changes weights with a smaller chance, and the chance to adapt never", () => {
    const changed = adapted.filter((child) => readPolicy(child).weights.get("insert") !== 6).length;
    expect(Math.abs(changed - 100)).toBeLessThan(40);
    expect(new Set(adapted.map((child) => readPolicy(child).adapt))).toEqual(new Set([0.5]));
  });

  test("touches numbers of the policy only, each with at most three decimals", () => {
    for (const child of adapted) {
      const shape = printAgent(child).replace(textOf(child, "policy"), "");
      expect(shape).toBe(SOURCE.replace(textOf(agent(), "policy"), ""));
      const numbers = /^([A-Z_]+) = \d+\.\d{1,3}(?= {2}# \[)/gm;
      const plain = (text: string) => text.replaceAll(numbers, "$1");
      expect(plain(textOf(child, "policy"))).toBe(plain(textOf(agent(), "policy")));
    }
  });

  test("stays in range however often it is repeated", () => {
    const random = randomFrom("a long line");
    let child = agent();
    const means = new Set<number>();
    for (let i = 0; i < 500; i++) {
      child = adaptPolicy(child, random);
      const { editsPerChild, weights } = readPolicy(child);
      means.add(editsPerChild);
      for (const weight of weights.values()) expect(weight >= 0.1 && weight <= 20).toBe(true);
    }
    expect([Math.min(...means), Math.max(...means)]).toEqual([1, 40]);
  });
});
