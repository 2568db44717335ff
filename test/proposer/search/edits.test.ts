import { describe, expect, test } from "vitest";
import { printAgent, type Agent } from "../../../src/proposer/search/blocks.ts";
import { combine } from "../../../src/proposer/search/combine.ts";
import { changeConstant } from "../../../src/proposer/search/constant-edit.ts";
import type { Edited, Material, Partner } from "../../../src/proposer/search/edit.ts";
import { editOnce, insert, move, remove, replace } from "../../../src/proposer/search/edits.ts";
import { randomFrom } from "../../../src/proposer/search/random.ts";
import { splice } from "../../../src/proposer/search/splice.ts";
import { agent, BOX, material, names, SOURCE, textOf } from "./parts.ts";

const OWN = ["policy", "budget", "zero", "one"];

/** What an edit does over many draws; most must do something. */
function many(edit: (agent: Agent, material: Material) => Edited, over: Partial<Material> = {}) {
  const all = Array.from({ length: 200 }, (_, index) =>
    edit(agent(), material({ ...over, random: randomFrom(`draw ${index}`) })),
  );
  const done = all.filter((edited) => edited !== null);
  expect(done.length).toBeGreaterThan(100);
  return done;
}

function only(...kept: string[]): Agent {
  return { ...agent(), blocks: agent().blocks.filter(({ name }) => kept.includes(name)) };
}

/** Merits that name what is meant; a block that is not among them has none. */
function merits(values: Record<string, number>) {
  return { merits: new Map(Object.entries(values)) };
}

test("insert takes the absent part of most merit, and none that has none", () => {
  const given = merits({ two: 0.5, three: 1, zero: 2, text: -1 });
  for (const { edit } of many(insert, given)) expect(edit.part).toBe("three");
  expect(insert(agent(), material(merits({ zero: 2, three: -1 })))).toBeNull();
});

test("delete takes the block of least merit, and none that does no harm", () => {
  const given = merits({ zero: -0.5, one: -1, budget: 3, policy: -5, text: -9 });
  for (const { edit } of many(remove, given)) expect(edit.part).toBe("one");
  expect(remove(agent(), material(merits({ zero: 1, policy: -5 })))).toBeNull();
});

test("replace puts the best absent part in the worst block's place, where that is a gain", () => {
  const given = merits({ zero: 0.5, one: 0.2, budget: 3, policy: -5, two: 0.3, three: 0.1 });
  for (const { edit } of many(replace, given)) {
    expect(edit).toMatchObject({ part: "two", detail: "in place of one" });
  }
  const box = BOX.filter(({ name }) => name === "three");
  expect(replace(agent(), material({ box, ...given }))).toBeNull();
});

test("combine takes over nothing that is taken to do harm", () => {
  const archive = [partner("other", ["two", "three", "text"], ["t1"])];
  const given = merits({ two: 1, three: -1, text: 0 });
  const taken = Array.from({ length: 50 }, (_, index) => {
    const random = randomFrom(`${index}`);
    return combine(agent(), material({ archive, random, ...given }))?.edit.part;
  });
  expect(new Set(taken)).toEqual(new Set(["two", undefined]));
});

test("insert puts in an absent part, anywhere", () => {
  const results = many(insert);
  for (const { agent, edit } of results) {
    expect(names(agent)).toHaveLength(5);
    expect(names(agent).filter((name) => name !== edit.part)).toEqual(OWN);
  }
  const absent = BOX.map(({ name }) => name).filter((name) => name !== "zero");
  expect(new Set(results.map(({ edit }) => edit.part))).toEqual(new Set(absent));
  const slots = results.map(({ agent, edit }) => names(agent).indexOf(edit.part));
  expect(new Set(slots)).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(new Set(results.map(({ edit }) => edit.detail))).toEqual(
    new Set([...OWN.map((name) => `before ${name}`), "at the end"]),
  );
  expect(insert(agent(), material({ box: [] }))).toBeNull();
});

test("delete takes out any block but the policy", () => {
  const results = many(remove);
  for (const { agent, edit } of results) {
    expect(names(agent)).toEqual(OWN.filter((name) => name !== edit.part));
  }
  expect(new Set(results.map(({ edit }) => edit.part))).toEqual(new Set(["budget", "zero", "one"]));
  expect(remove(only("policy"), material())).toBeNull();
});

test("replace puts an absent part in the place of a block", () => {
  const results = many(replace);
  for (const { agent, edit } of results) {
    const old = edit.detail.replace("in place of ", "");
    expect(names(agent)).toEqual(OWN.map((name) => (name === old ? edit.part : name)));
  }
  expect(new Set(results.map(({ agent }) => names(agent)[0]))).toEqual(new Set(["policy"]));
  expect(replace(only("policy"), material())).toBeNull();
  expect(replace(agent(), material({ box: [] }))).toBeNull();
});

test("move changes the order of the blocks and nothing else", () => {
  const orders = many(move).map(({ agent }) => names(agent));
  for (const order of orders) {
    expect(order).not.toEqual(OWN);
    expect(order.toSorted()).toEqual(OWN.toSorted());
  }
  expect(orders).toContainEqual(["budget", "policy", "zero", "one"]);
  expect(orders).toContainEqual(["policy", "zero", "one", "budget"]);
  expect(move(only("policy"), material())).toBeNull();
  expect(move(only("one"), material())).toBeNull();
});

describe("splice", () => {
  const donor = { name: "an earlier one", passed: [], agent: agentWith("empty-list") };

  test("puts a statement of a part that the agent has not into one of its blocks", () => {
    const box = BOX.filter(({ name }) => name !== "zero");
    for (const { agent: child, edit } of many(splice, { box })) {
      expect(names(child)).toEqual(OWN);
      const before = textOf(agent(), edit.part).split("\n");
      const after = textOf(child, edit.part).split("\n");
      const added = after.filter((line) => line !== "" && !before.includes(line));
      const given = BOX.find(({ name }) => edit.detail === `a statement of ${name}`);
      expect(added.length).toBeGreaterThan(0);
      for (const line of added) expect(given?.text).toContain(line);
      expect(edit.part).not.toBe("policy");
    }
  });

  test("takes from earlier agents too, and never a statement twice", () => {
    const zero = BOX.filter(({ name }) => name === "zero");
    expect(splice(agent(), material({ box: zero }))).toBeNull();
    const taken = Array.from({ length: 200 }, (_, index) =>
      splice(agent(), material({ box: zero, archive: [donor], random: randomFrom(`${index}`) })),
    ).filter((edited) => edited !== null);
    expect(taken.length).toBeGreaterThan(10);
    for (const { edit } of taken) expect(edit.detail).toBe("a statement of empty-list");
  });

  test("has nothing to do without material or without a block", () => {
    expect(splice(agent(), material({ box: [] }))).toBeNull();
    expect(splice(only("policy"), material())).toBeNull();
  });
});

describe("constant", () => {
  const WRITTEN = new Map([
    ["STEPS", /^\d{4,6}$|^1000000$/],
    ["DEPTH", /^[1-9]$/],
    ["DECAY", /^0\.[1-9]\d{0,2}$/],
  ]);

  test("changes one number, within its range, and leaves integers integers", () => {
    const all = changes("fixed");
    const changed = new Set(all.map(({ edit }) => edit.detail.split(" ")[0]));
    expect(changed).toEqual(new Set(WRITTEN.keys()));
    for (const { agent: child, edit } of all) {
      const [, name = "", to = ""] = /^(\w+) from \S+ to (\S+)$/.exec(edit.detail) ?? [];
      const differing = printAgent(child)
        .split("\n")
        .filter((line, index) => line !== SOURCE.split("\n")[index]);
      expect(differing).toEqual([expect.stringMatching(`^${name} = ${to}  # \\[`)]);
      expect(to).toMatch(WRITTEN.get(name) ?? /^$/);
    }
  });

  test("leaves the policy alone where that is fixed", () => {
    const changed = changes("adaptive").map(({ edit }) => edit.part);
    expect(new Set(changed)).toEqual(new Set(["budget", "policy"]));
    expect(changes("fixed").map(({ edit }) => edit.part)).not.toContain("policy");
    expect(changeConstant(only("policy"), material({ mode: "fixed" }))).toBeNull();
  });
});

function changes(mode: Material["mode"]) {
  const changed = Array.from({ length: 600 }, (_, index) =>
    changeConstant(agent(), material({ mode, random: randomFrom(`constant ${index}`) })),
  );
  return changed.filter((edited) => edited !== null);
}

describe("combine", () => {
  const poor = partner("poor", ["two", "text"], ["t1"]);
  const rich = partner("rich", ["three", "nothing"], ["t2", "t3"]);
  const known = partner("known", ["truth"], ["t4", "t5", "t6"]);
  const archive = [poor, rich, known];

  test("takes blocks of the partner that passes most of what the parent does not", () => {
    const results = Array.from({ length: 200 }, (_, index) =>
      combine(
        agent(),
        material({ archive, parentPassed: new Set(["t4", "t5"]), random: randomFrom(`${index}`) }),
      ),
    ).filter((edited) => edited !== null);
    expect(new Set(results.map(({ edit }) => edit.detail))).toEqual(new Set(["from rich"]));
    expect(new Set(results.map(({ edit }) => edit.part))).toEqual(
      new Set(["three", "nothing", "three, nothing"]),
    );
    // What is taken keeps the partner's order, and the policy stays the parent's.
    const whole = results.find(({ edit }) => edit.part === "three, nothing");
    expect(names(whole?.agent ?? agent())).toEqual([...OWN, "three", "nothing"]);
    expect(textOf(whole?.agent ?? agent(), "policy")).toBe(textOf(agent(), "policy"));
  });

  test("draws among equals where nothing is known of what they pass", () => {
    const blind = archive.map((partner) => ({ ...partner, passed: [] }));
    const details = Array.from({ length: 200 }, (_, index) =>
      combine(agent(), material({ archive: blind, random: randomFrom(`${index}`) })),
    ).flatMap((edited) => edited?.edit.detail ?? []);
    expect(new Set(details)).toEqual(new Set(["from poor", "from rich", "from known"]));
  });

  test("has nothing to do without a partner that has more", () => {
    expect(combine(agent(), material())).toBeNull();
    expect(combine(agent(), material({ archive: [partner("same", [], [])] }))).toBeNull();
  });
});

test("an edit is of a kind drawn by the weights, and none where that finds nothing to do", () => {
  const weights = new Map([
    ["combine", 2],
    ["move", 1],
  ] as const);
  const kinds = Array.from({ length: 300 }, (_, index) => {
    const random = randomFrom(`kind ${index}`);
    return editOnce(agent(), weights, material({ random }))?.edit.kind;
  });
  const moves = kinds.filter((kind) => kind === "move").length;
  expect(moves).toBeGreaterThan(70);
  expect(moves).toBeLessThan(130);
  expect(kinds.filter((kind) => kind === undefined)).toHaveLength(300 - moves);
});

function agentWith(...parts: string[]): Agent {
  const added = BOX.filter(({ name }) => parts.includes(name));
  const inOrder = parts.flatMap((name) => added.find((part) => part.name === name) ?? []);
  const blocks = inOrder.map(({ name, text }) => ({ name, text, lead: "\n" }));
  return { ...agent(), blocks: [...agent().blocks, ...blocks] };
}

function partner(name: string, parts: string[], passed: string[]): Partner {
  return { name, agent: agentWith(...parts), passed };
}
