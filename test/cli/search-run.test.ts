import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readSeedAgent } from "../../src/commands/package-info.ts";
import { parseAgent, POLICY } from "../../src/proposer/search/blocks.ts";
import { readScores } from "../../src/store/tables.ts";
import { textOf } from "../figures/pdf.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { agentsOf, contentsOf, readManifest } from "./folder.ts";
import { metai } from "./metai.ts";

const RUN = ["self-improve", "--proposer", "search", "--seed", "3", "--quiet"];
const SMALL = [...RUN, "--generations", "2", "--candidates", "4", "--held-out", "none"];

let folders: string[] = [];
beforeAll(async () => {
  folders = [await createFolder(), await createFolder(), await createFolder()];
});
afterAll(() => Promise.all(folders.map(removeFolder)));

/** A run in its own folder, and where its results are. */
async function runIn(cwd: string, ...args: string[]): Promise<string> {
  const run = await metai([...SMALL, ...args], { cwd });
  expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
  return join(cwd, "results");
}

const policyOf = (source: string) =>
  parseAgent(source).blocks.find(({ name }) => name === POLICY)?.text;

async function rowsOf(results: string) {
  const rows = await readScores(join(results, "scores.csv"));
  return rows.map((row) => ({ ...row, timestamp: "" }));
}

describe("a small search run", () => {
  let first: string;
  let second: string;
  beforeAll(async () => {
    const [one = "", two = ""] = folders;
    first = await runIn(one);
    second = await runIn(two, "--workers", "1");
  });

  test("gives the same agents again, by however many workers they are judged", () => {
    const agents = agentsOf(first);
    expect(Object.keys(agents)).toEqual(
      [
        ...[0, 1, 2].map((generation) => `agent_gen${generation}.py`),
        ...[1, 2].map((generation) => `agent_gen${generation}_candidate.py`),
        ...[1, 2].flatMap((generation) =>
          [1, 2, 3, 4].map((child) => `candidates/gen${generation}_child${child}.py`),
        ),
      ].toSorted(),
    );
    expect(agentsOf(second)).toEqual(agents);
    expect(new Set(Object.values(agents)).size).toBeGreaterThanOrEqual(9); // the seed and eight children
  });

  test("gives the same scores again, but for the time", async () => {
    const rows = await rowsOf(first);
    expect(rows).toHaveLength(3);
    expect(await rowsOf(second)).toEqual(rows);
  });

  test("is marked as search, without a model's address or tokens, in every row", async () => {
    for (const row of await readScores(join(first, "scores.csv"))) {
      expect(row).toMatchObject({
        run_type: "search",
        control: null,
        base_url: null,
        response_model: null,
        prompt_tokens: null,
      });
    }
    expect(readManifest(first)).toMatchObject({ run_type: "search", settings: { seed: 3 } });
  });

  test("changes the policy of some child", () => {
    const policies = Object.values(agentsOf(first)).map(policyOf);
    expect(new Set(policies).size).toBeGreaterThan(1);
  });

  test("is drawn as a search run", async () => {
    const [cwd = ""] = folders;
    const drawn = await metai(["analyze"], { cwd });
    expect(drawn, drawn.stderr).toMatchObject({ code: 0, stderr: "" });
    const pdf = contentsOf(first)["improvement_curve.pdf"] ?? "";
    const text = textOf(Buffer.from(pdf, "latin1"));
    expect(text).toContain("Search run on HumanEval");
    expect(text).not.toContain("Self-improvement");
  });
});

test("--policy fixed leaves the policy of every agent as the seed has it", async () => {
  const [, , cwd = ""] = folders;
  const agents = agentsOf(await runIn(cwd, "--policy", "fixed"));
  const seed = policyOf(readSeedAgent("synth"));
  expect(seed).toMatch(/EDITS_PER_CHILD/);
  expect(Object.values(agents).map(policyOf)).toEqual(Object.keys(agents).map(() => seed));
});
