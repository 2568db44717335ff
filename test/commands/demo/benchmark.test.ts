import { expect, test } from "vitest";

import { commandOf, openDemoBenchmark } from "../../../src/commands/demo/benchmark.ts";
import { resolveDemo, type DemoOptions } from "../../../src/config/demo.ts";
import { temporaryFolder } from "../../helpers/temporary.ts";

/** A machine without HumanEval, and without a network to fetch it from. */
async function openWithout(options: Partial<DemoOptions>) {
  const folder = await temporaryFolder();
  const env = { METAI_CACHE: `${folder}/cache`, METAI_HUMANEVAL_URL: "http://127.0.0.1:1/none" };
  const all = {
    seed: 1,
    heldOut: 0,
    timeout: 3,
    sandbox: "auto",
    data: folder,
    ...options,
  } as const;
  const warnings: string[] = [];
  const watching = {
    signal: AbortSignal.timeout(30_000),
    tell: () => {},
    warn: (line: string) => void warnings.push(line),
  };
  return { warnings, benchmark: await openDemoBenchmark(resolveDemo(all, env), watching) };
}

test("where HumanEval cannot be had, Fresh serves, and that is said", async () => {
  const { warnings, benchmark } = await openWithout({});
  expect(benchmark).toMatchObject({ name: "Fresh" });
  expect(warnings).toEqual([
    expect.stringMatching(
      /^HumanEval cannot be had here, so the demo uses Fresh.* --benchmark practice/,
    ),
  ]);
});

test("who asks for HumanEval is told how to provide it", async () => {
  await expect(openWithout({ benchmark: "humaneval" })).rejects.toThrow(
    /^HumanEval is not on this machine/,
  );
});

test.for([
  [{ kind: "humaneval", dataDir: "data" }, "npx metai demo"],
  [{ kind: "humaneval", dataDir: "my-data" }, "npx metai demo --data my-data"],
  [{ kind: "shipped", name: "practice" }, "npx metai demo --benchmark practice"],
  [{ kind: "file", path: "mine.jsonl" }, "npx metai demo --benchmark mine.jsonl"],
] as const)("the next demo is on the same benchmark: %o", ([benchmark, command]) => {
  expect(commandOf({ benchmark })).toBe(command);
});
