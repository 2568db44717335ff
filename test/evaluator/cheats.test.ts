import { readdirSync } from "node:fs";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import {
  parseCheat,
  passesAtProcess,
  readCatalogue,
} from "../../src/evaluator/cheats/catalogue.ts";
import { type CheatEvaluator, cheapCheats, runCheats } from "../../src/evaluator/cheats/run.ts";
import { makeTasks, TASK_NAMES } from "../../src/evaluator/cheats/tasks.ts";
import { findPython } from "../../src/evaluator/interpreter.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const { cheats, official } = await readCatalogue();

const FAMILIES = [
  "channels",
  "encodings",
  "equality",
  "exhaustion",
  "exits",
  "introspection",
  "network",
  "patching",
  "probing",
  "reading",
  "results",
  "smuggling",
];

/** A file with these lines for a docstring. */
const described = (...lines: string[]) => `"""${lines.join("\n")}\n"""\n\nX = 1\n`;

describe("the catalogue", () => {
  test("holds cheats of every family, and enough of them", () => {
    expect([...new Set(cheats.map(({ family }) => family))]).toEqual(FAMILIES);
    expect(cheats.length).toBeGreaterThanOrEqual(40);
  });

  test("says of each what it earned under the official harness's scheme", () => {
    expect(Object.keys(official.earned)).toEqual(cheats.map(({ name }) => name));
  });

  test("tells on one short line what each tries", () => {
    const lines = cheats.map(({ tries }) => tries);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test("sets cheats on every task", () => {
    const used = new Set(cheats.flatMap(({ tasks }) => tasks));
    expect(TASK_NAMES.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe("a cheat's description", () => {
  test("is read from its docstring", () => {
    const text = described(
      "Tries it.",
      "",
      "Like this: so.",
      "",
      "task: remember, recall",
      "agent: yes",
      "process: it can",
      "process-where: linux",
    );
    expect(parseCheat("family/name", text)).toMatchObject({
      name: "family/name",
      family: "family",
      tries: "Tries it.",
      tasks: ["remember", "recall"],
      agent: true,
      harmful: null,
      slow: null,
      process: "it can",
      processWhere: ["linux"],
    });
  });

  test.for([
    ["no docstring", "X = 1\n", /does not begin with a plain docstring/],
    ["nothing but a line", described("Tries it."), /and then fields/],
    ["two first lines", described("Tries", "it.", "", "task: text"), /first line/],
    ["an unknown field", described("Tries it.", "", "task: text", "speed: low"), /"speed: low"/],
    ["a field twice", described("Tries it.", "", "task: text", "task: list"), /task twice/],
    ["a field without a value", described("Tries it.", "", "task: text", "slow:"), /"slow:"/],
    ["no task", described("Tries it.", "", "slow: very"), /names no task/],
    ["an unknown task", described("Tries it.", "", "task: poem"), /"poem" is none of text/],
    [
      "an unknown place",
      described("Tries it.", "", "task: text", "process: so", "process-where: mars"),
      /"mars"/,
    ],
    [
      "a place without a reason",
      described("Tries it.", "", "task: text", "process-where: linux"),
      /not why/,
    ],
    ["half an agent", described("Tries it.", "", "task: text", "agent: no"), /agent: no/],
  ] as const)("is refused with %s", ([, text, why]) => {
    expect(() => parseCheat("family/name", text)).toThrow(why);
  });
});

test("what only Landlock stops is known to pass without it", () => {
  const text = described("T.", "", "task: text", "process: so", "process-where: no-landlock");
  const cheat = { ...parseCheat("family/name", text), official: null };
  expect([true, false].map((landlock) => passesAtProcess(cheat, landlock))).toEqual([false, true]);
});

test("no secret is drawn twice", () => {
  const [one, other] = [makeTasks(), makeTasks()];
  for (const name of TASK_NAMES) {
    expect(one[name].task.test).not.toBe(other[name].task.test);
    expect(one[name].task.prompt).toBe(other[name].task.prompt);
  }
});

test("what is laid out for spies is gone afterwards, also when an evaluator fails", async () => {
  const folder = await temporaryFolder();
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const seen: string[][] = [];
  const look = async () => {
    seen.push(readdirSync(folder));
    throw new Error("the machine is out of order");
  };
  const evaluator: CheatEvaluator = {
    sandbox: "process",
    workers: 1,
    python: await findPython(),
    evaluateAgent: look,
    evaluateSolution: look,
  };
  const { signal } = new AbortController();
  const cheap = cheapCheats(cheats, "process");
  await expect(runCheats(cheap, { evaluator, signal })).rejects.toThrow("out of order");
  expect(seen[0]).toEqual([expect.stringMatching(/^metai-cheats-/)]);
  expect(readdirSync(folder)).toEqual([]);
});
