import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, test } from "vitest";

import type { Verdict } from "../../src/core/records.ts";
import type { Conditions } from "../../src/samples/partial-results.ts";
import { checkOutput, partialOf, ResultsFile } from "../../src/samples/results-file.ts";
import { readSampleLines } from "../../src/samples/read-samples.ts";
import { contentsOf } from "../cli/folder.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const CONDITIONS: Conditions = {
  samples_sha256: "a",
  tasks_sha256: "b",
  timeout_seconds: 3,
  sandbox: "process",
  python: "3.11.7",
  metai: "0.1.0",
};
const LINES = ["", "é€😀", '\\" }, {', "a"].map((completion, index) =>
  JSON.stringify({ task_id: `t${index % 2}`, completion, x: 1.5 }),
);

const passed = (duration_ms: number): Verdict => ({
  result: "passed",
  passed: true,
  outcome: "passed",
  reason: "",
  duration_ms,
});

async function setUp() {
  const folder = await temporaryFolder();
  const samples = join(folder, "s.jsonl");
  writeFileSync(samples, LINES.join("\n\n"));
  return { folder, samples, output: join(folder, "out.jsonl") };
}

type Files = Awaited<ReturnType<typeof setUp>>;

async function openFile(
  { samples, output }: Files,
  changes: Partial<Conditions> = {},
  restart = false,
) {
  const kept: string[] = [];
  const file = await ResultsFile.open(output, {
    samples,
    conditions: () => Promise.resolve({ ...CONDITIONS, ...changes }),
    restart,
    onKept: (taskId, verdict) => kept.push(`${taskId} ${verdict.duration_ms}`),
    signal: new AbortController().signal,
  });
  return { file, kept };
}

/** Appends results for the samples from one on, up to another. */
async function fill(file: ResultsFile, { samples }: Files, from: number, to: number) {
  let index = 0;
  for await (const { written } of readSampleLines(samples)) {
    if (index >= from && index < to) await file.append(written, passed(index));
    index++;
  }
}

async function writtenWhole(files: Files): Promise<Buffer> {
  const { file } = await openFile(files);
  await fill(file, files, 0, LINES.length);
  await file.finish();
  return readFileSync(files.output);
}

describe("an unfinished file of results", () => {
  test("cut at any byte is gone on with, to the same whole", async () => {
    const files = await setUp();
    const whole = await writtenWhole(files);
    const ends = [...whole.keys()].filter((at) => whole[at - 1] === 0x0a);
    for (let length = 1; length < whole.length; length++) {
      const { file: begun } = await openFile(files, {}, true);
      await fill(begun, files, 0, 1);
      await begun.leave();
      writeFileSync(partialOf(files.output), whole.subarray(0, length));
      const { file, kept } = await openFile(files);
      expect(file.kept, `cut at ${length}`).toBe(ends.filter((end) => end <= length).length);
      expect(kept).toEqual(["t0 0", "t1 1", "t0 2", "t1 3"].slice(0, file.kept));
      await fill(file, files, file.kept, LINES.length);
      await file.finish();
      expect(readFileSync(files.output).equals(whole), `cut at ${length}`).toBe(true);
      expect(Object.keys(contentsOf(files.folder))).toEqual(["out.jsonl", "s.jsonl"]);
    }
  });

  test.for([
    ["zeros, as a loss of power leaves them", "\0".repeat(100)],
    ["another's results", '{"task_id": "t1", "completion": "other", "result": "passed"}\n'],
    ["no text", Buffer.from([0xff, 0xfe, 0x0a])],
    ["nothing that has a verdict", `${LINES[1]}\n`],
  ] as const)("is good up to %s", async ([, rubbish]) => {
    const files = await setUp();
    const whole = await writtenWhole(files);
    const { file: begun } = await openFile(files);
    await fill(begun, files, 0, 1);
    await begun.leave();
    writeFileSync(partialOf(files.output), rubbish, { flag: "a" });
    const { file } = await openFile(files);
    expect(file.kept).toBe(1);
    await fill(file, files, 1, LINES.length);
    await file.finish();
    expect(readFileSync(files.output).equals(whole)).toBe(true);
  });

  test("is not gone on with under other conditions, but dropped where that is asked for", async () => {
    const files = await setUp();
    const { file } = await openFile(files);
    await fill(file, files, 0, 2);
    await file.leave();
    const before = contentsOf(files.folder);
    await expect(openFile(files, { timeout_seconds: 5, tasks_sha256: "c" })).rejects.toThrow(
      /the tasks, --timeout \(3, now 5\) changed: add --restart/,
    );
    expect(contentsOf(files.folder)).toEqual(before);
    const { file: again } = await openFile(files, { timeout_seconds: 5 }, true);
    expect(again.kept).toBe(0);
    await again.leave();
  });

  test("without a result is not left behind, and what was complete before stays", async () => {
    const files = await setUp();
    const whole = await writtenWhole(files);
    const { file } = await openFile(files);
    await file.leave();
    expect(Object.keys(contentsOf(files.folder))).toEqual(["out.jsonl", "s.jsonl"]);
    expect(readFileSync(files.output).equals(whole)).toBe(true);
  });

  test("that another evaluation has taken over fails the first, and not the other", async () => {
    const files = await setUp();
    const { file: first } = await openFile(files);
    await fill(first, files, 0, 2);
    await first.leave();
    const { file: second } = await openFile(files);
    await fill(second, files, 2, 3);
    const { file: third } = await openFile(files);
    expect(third.kept).toBe(2);
    await fill(second, files, 3, LINES.length);
    await expect(second.finish()).rejects.toThrow(/Another evaluation has taken over/);
    await second.leave();
    await fill(third, files, 2, LINES.length);
    await third.finish();
    const whole = readFileSync(files.output);
    expect(whole.equals(await writtenWhole(files))).toBe(true);
  });
});

describe("an output is refused", () => {
  test("that is one of the inputs", async () => {
    const { folder, samples, output } = await setUp();
    await expect(checkOutput(samples, [samples])).rejects.toThrow(/would overwrite .*s\.jsonl/);
    const roundabout = join(folder, "..", basename(folder), "s.jsonl");
    await expect(checkOutput(roundabout, [samples])).rejects.toThrow(/would overwrite/);
    await expect(checkOutput(output, [samples])).resolves.toBeUndefined();
  });

  test.skipIf(process.platform === "win32")(
    "that links to one (Windows asks for rights)",
    async () => {
      const { folder, samples } = await setUp();
      symlinkSync(samples, join(folder, "link"));
      await expect(checkOutput(join(folder, "link"), [samples])).rejects.toThrow(/would overwrite/);
    },
  );

  test("that is a folder", async () => {
    const { output } = await setUp();
    mkdirSync(output);
    await expect(checkOutput(output, [])).rejects.toThrow(/no regular file/);
  });

  test.skipIf(process.platform === "win32")(
    "that is a device (Windows has no files for them)",
    () => expect(checkOutput("/dev/null", [])).rejects.toThrow(/no regular file/),
  );
});
