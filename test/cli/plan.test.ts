import { describe, expect, test } from "vitest";
import { z } from "zod";

import { temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { metai, onlyLine } from "./metai.ts";

test("a plan says what runs would take and could tell, without a key, and writes nothing", async () => {
  const cwd = await temporaryFolder();
  const run = await metai(["plan", "--runs", "3", "--max-cost", "0.0001"], { cwd });
  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toContain("at most 15 (3 runs × 5 generations × 1 candidate)");
  expect(run.stdout).toContain("$0.40 a million tokens of prompt and $1.60 of");
  expect(run.stdout).toMatch(/Budget +\$0\.0001: not even the low guess/);
  expect(run.stdout).toContain("9 of 10 has a pass rate of 59.6 to 98.2 %");
  expect(run.stdout).toMatch(/^1 +14\.9 +41\.7 +11\.4$/m);
  for (const line of run.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(contentsOf(cwd)).toEqual({});
});

const Plan = z.object({
  model: z.object({ name: z.string(), base_url: z.string() }).nullable(),
  requests: z.number(),
  price: z.object({ input: z.number(), output: z.number(), source: z.string() }).nullable(),
});

async function planned(...options: string[]): Promise<z.infer<typeof Plan>> {
  const run = await metai(["plan", "--json", ...options], { cwd: await temporaryFolder() });
  expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
  return Plan.parse(JSON.parse(run.stdout));
}

describe("the price", () => {
  test("that is given comes before the list price", async () => {
    const { price } = await planned("--price-input", "3", "--price-output", "12");
    expect(price).toEqual({ input: 3, output: 12, source: "--price-input and --price-output" });
  });

  test("of a local server is not known, and the password in its address is not told", async () => {
    const { model, price } = await planned("--base-url", "http://me:secret@localhost:1/v1/");
    expect(price).toBeNull();
    expect(model).toEqual({ name: "gpt-4.1-mini", base_url: "http://localhost:1/v1" });
  });
});

test("the search asks no model", async () => {
  expect(await planned("--proposer", "search", "--benchmark", "fresh")).toEqual({
    model: null,
    requests: 0,
    price: null,
  });
});

test("a plan downloads nothing: without HumanEval it says how to get it", async () => {
  const cwd = await temporaryFolder();
  const nowhere = { METAI_HUMANEVAL: undefined, METAI_CACHE: cwd };
  const run = await metai(["plan"], { cwd, env: nowhere });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(onlyLine(run.stderr)).toContain('run "metai data pull" first');
});

test("more held out than there is, is refused", async () => {
  const run = await metai(["plan", "--held-out", "155"], { cwd: await temporaryFolder() });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(onlyLine(run.stderr)).toContain("only 154 tasks to hold out");
});
