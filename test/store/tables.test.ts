import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { ScoreRow } from "../../src/core/records.ts";
import { UserError } from "../../src/errors.ts";
import { outcomesCsv, readScores, scoresCsv } from "../../src/store/tables.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { rowOf } from "./rows.ts";

async function read(text: string): Promise<ScoreRow[]> {
  const path = join(await temporaryFolder(), "scores.csv");
  await writeFile(path, text);
  return readScores(path);
}

const NOTHING: Partial<ScoreRow> = {
  response_model: null,
  base_url: null,
  accepted: null,
  candidate_passed: null,
  parent_generation: null,
  prompt_tokens: null,
  completion_tokens: null,
  cost_usd: null,
};

describe("scores are read back as they were written", () => {
  test.for<[string, Partial<ScoreRow>]>([
    ["plain", {}],
    ["nothing in every cell that may be empty", NOTHING],
    ["rejected with no pass", { accepted: false, candidate_passed: 0, passed: 0 }],
    ["commas and quotes", { decision: 'invalid: it says "a, b", and "c"' }],
    ["line breaks", { decision: "one\ntwo\r\nthree" }],
    ["a model called 4", { model: "4", response_model: "4.0" }],
    ["a file of tasks called 4", { benchmark: "4" }],
    ["a file of tasks that is a formula", { benchmark: "=1+1.jsonl" }],
    ["a model called true", { model: "true", response_model: "false" }],
    ["a model called nothing", { model: "", response_model: null }],
    ["spaces around a name", { model: "  llama  " }],
    ["letters of every kind", { model: "modèle-模型-🤖" }],
    ["a formula", { model: "=1+1", response_model: "@SUM(A1)", decision: "-2+3" }],
    ["a quote before a formula", { model: "'=1+1" }],
    ["a quote before a name", { model: "'quoted'" }],
  ])("%s", async ([, fields]) => {
    const rows = [rowOf(fields), rowOf({ ...fields, generation: 1 })];
    expect(await read(scoresCsv(rows))).toEqual(rows);
  });

  test("with a byte order mark and Windows line ends, as a spreadsheet saves it", async () => {
    const text = scoresCsv([rowOf()]).replaceAll("\n", "\r\n");
    expect(await read(`\uFEFF${text}`)).toEqual([rowOf()]);
  });
});

test("no cell is one that a spreadsheet would run", () => {
  const formulas = ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1"];
  const scores = scoresCsv(formulas.map((model, generation) => rowOf({ model, generation })));
  const outcomes = outcomesCsv(
    formulas.map((reason, generation) => ({
      generation,
      task_id: "Task/0",
      outcome: "failed" as const,
      reason,
      duration_ms: 1,
    })),
  );
  const cells = (scores + outcomes).split(/[,\n]/);
  expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
  expect(cells.filter((cell) => cell.includes("SUM"))).toHaveLength(2);
});

describe("what is no score is refused with the row and the column", () => {
  test.for([
    ["a word for a number", edited(/^1,(.*?),1,10,/m, "1,$1,one,10,"), /row 2: passed: /],
    ["a run type that there is not", edited("0,api", "0,human"), /row 1: run_type: /],
    ["a hash that is none", edited("ab".repeat(32), "ab"), /row 1: agent_sha256: /],
    ["a time that is none", edited("2026-01-02T03", "yesterday"), /row 1: timestamp: /],
    ["a column that is missing", edited("total", "sum"), /row 1: /],
    ["more passed than there are tasks", edited(",1,10,", ",11,10,"), /row 1: .*not above total/],
    ["a generation twice", edited("\n1,", "\n0,"), /row 2: .*generations 0, 1, 2/],
    ["a cell too many", edited(/\n0,/, "\n0,0,"), /no readable CSV/],
    ["a quote that does not end", edited("a-model", '"a-model'), /no readable CSV/],
  ] as const)("%s", async ([, text, sentence]) => {
    const error: unknown = await read(text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(sentence);
    expect(String(error)).toContain("scores.csv");
    expect(String(error)).not.toContain("\n");
  });
});

/** The scores of two generations, after someone has changed them by hand. */
function edited(from: string | RegExp, to: string): string {
  return scoresCsv([rowOf(), rowOf({ generation: 1, model: "second" })]).replace(from, to);
}
