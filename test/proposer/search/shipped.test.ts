import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { extractPython } from "../../../src/core/extract.ts";
import { parseAgent, printAgent } from "../../../src/proposer/search/blocks.ts";
import { everyPart, readBox } from "../../../src/proposer/search/box.ts";
import { drawOffspring } from "../../../src/proposer/search/offspring.ts";
import { readPolicy } from "../../../src/proposer/search/policy.ts";

const SEED = readFileSync(new URL("../../../src/agents/synth/seed.py", import.meta.url), "utf8");
const BOX = await readBox();

/** What compiling each source says, by its name; empty where all is well. */
function compile(sources: Readonly<Record<string, string>>): Record<string, string> {
  const program = `import json, sys
problems = {}
for name, source in json.load(sys.stdin).items():
    try:
        compile(source, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        problems[name] = str(error)
print(json.dumps(problems))`;
  const python = process.platform === "win32" ? "python" : "python3";
  const input = JSON.stringify(sources);
  const { stdout, stderr } = spawnSync(python, ["-I", "-c", program], { input, encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return z.record(z.string(), z.string()).parse(JSON.parse(stdout));
}

describe("the box that ships", () => {
  test("holds well-formed parts, each of which compiles by itself", () => {
    expect(BOX.length).toBeGreaterThan(20);
    expect(compile(Object.fromEntries(BOX.map(({ name, text }) => [name, text])))).toEqual({});
  });

  test("says of each part in one line what it adds, and never the same twice", () => {
    expect(new Set(BOX.map(({ summary }) => summary)).size).toBe(BOX.length);
    for (const { summary } of BOX) expect(summary).toMatch(/^\S.{9,110}\.$/);
  });
});

describe("the seed that ships", () => {
  test("is an agent made of blocks, with a policy, that survives as an answer", () => {
    const seed = parseAgent(SEED);
    expect(printAgent(seed)).toBe(SEED);
    expect(seed.blocks.map(({ name }) => name)).toContain("policy");
    expect(readPolicy(seed).editsPerChild).toBeGreaterThan(1);
    expect(extractPython(SEED)).toEqual({ ok: true, source: SEED });
  });

  test("takes every part at once", () => {
    const source = everyPart(SEED, BOX);
    expect(extractPython(source)).toEqual({ ok: true, source });
    expect(compile({ source })).toEqual({});
  });

  test("has children that are answers and compile", () => {
    const seed = parseAgent(SEED);
    const material = {
      box: BOX,
      mode: "adaptive",
      archive: [],
      parentPassed: new Set(""),
    } as const;
    const children = Array.from({ length: 200 }, (_, index) => {
      const place = { seed: 1, generation: 1, child: index + 1, attempt: 1 };
      return drawOffspring(seed, place, material).source;
    });
    for (const source of children) expect(extractPython(source)).toEqual({ ok: true, source });
    const sources = Object.fromEntries(children.map((source, index) => [`child ${index}`, source]));
    expect(compile(sources)).toEqual({});
  });
});
