import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

import { execa } from "execa";
import { expect, test } from "vitest";

import { verdictOf } from "../../src/commands/verify/report.ts";
import { checkFolder } from "../../src/commands/verify/run.ts";
import type { JournalEvent } from "../../src/core/journal.ts";
import { ResultsFolder } from "../../src/store/results-folder.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { accepted, heldOut, offered, seedEvents, startedEvent, VERSIONS } from "../store/events.ts";
import { metai, onlyLine, SHORT_MOCK_RUN } from "./metai.ts";
import { forge, keep } from "./tamper.ts";

const SEED = "def solve(p, e):\n    return ''\n";

const MOCK = { run_type: "mock", model: "mock-script" } as const;

/** The folder of a mock run with these events after its start; the seed is all that it is to make. */
async function folderOf(...events: JournalEvent[]): Promise<string> {
  return folderOfRun(startedEvent({ ...MOCK, generations: 0 }), events);
}

async function folderOfRun(start: JournalEvent, events: readonly JournalEvent[]): Promise<string> {
  const folder = await temporaryFolder();
  const results = await ResultsFolder.create(folder, [start], [SEED]);
  for (const event of events) await results.append(event);
  await results.close();
  return folder;
}

async function orderIn(folder: string): Promise<string[]> {
  const { verification } = await checkFolder(folder);
  return verification.checks.flatMap(({ check, findings }) =>
    findings.map(({ words }) => `${check}: ${words}`),
  );
}

const git = null;
const resumed = { type: "run-resumed", versions: VERSIONS, git, python: "3.11.7" } as const;
const ended = (how: "interrupted" | "budget" | "completed") =>
  ({ type: "run-ended", ended: how, problem: null }) as const;

test.for<[name: string, events: JournalEvent[], found: RegExp]>([
  [
    "goes on after its end",
    [...seedEvents(SEED), ...heldOut(SEED), ended("completed"), resumed],
    /comes after the run's end/,
  ],
  [
    "is completed without its generations",
    [...seedEvents(SEED), ended("completed")],
    /generations missing/,
  ],
  ["goes on without being resumed", [ended("budget"), ...seedEvents(SEED)], /not resumed/],
  [
    "has a seed twice",
    [...seedEvents(SEED), ...seedEvents(SEED)],
    /generation 0, while generation 1 is open/,
  ],
  ["begins twice", [startedEvent()], /begins a second time/],
  [
    "reads an answer that it has not",
    [...seedEvents(SEED), ...offered(1, SEED)],
    /has no answer yet/,
  ],
  [
    "decides without children",
    [...seedEvents(SEED), ...accepted(1, SEED)],
    /0 of 1 children are judged/,
  ],
  ["judges half", seedEvents(SEED).toSpliced(1, 1), /1 of 2 outcomes are there/],
  [
    "registers something afterwards",
    [{ type: "preregistered", name: "f", sha256: "ab".repeat(32) }],
    /registered after the run began/,
  ],
])("a run that %s is out of order", async ([, events, found]) => {
  const generations = events.some(({ type }) => type === "held-out-opened") ? 0 : 5;
  const findings = await orderIn(await folderOfRun(startedEvent({ generations }), events));
  expect(findings.filter((line) => line.startsWith("order: "))).toEqual([
    expect.stringMatching(found),
  ]);
});

test("a run that was interrupted and resumed is in order, and is said to be no whole run", async () => {
  const folder = await folderOf(
    ...seedEvents(SEED).slice(0, 2),
    ended("interrupted"),
    resumed,
    ...seedEvents(SEED).slice(2),
    ended("interrupted"),
  );
  const { verification } = await checkFolder(folder);
  const end = verification.checks.find(({ check }) => check === "end");
  expect(end).toMatchObject({
    status: "ok",
    notes: [expect.stringMatching(/no whole run.*interrupted/)],
  });
  expect(verification.checks.find(({ check }) => check === "order")).toMatchObject({
    status: "ok",
  });
});

test("a run that its budget ended verifies as far as it went", async () => {
  const cwd = await temporaryFolder();
  const run = await metai([...SHORT_MOCK_RUN], { cwd });
  expect(run.code, run.stderr).toBe(0);
  const folder = join(cwd, "results");
  await forge(folder, (event) => (event.type === "run-ended" ? ended("budget") : event));
  const verified = await metai(["verify", "results", "--quiet"], { cwd });
  expect(verified, verified.stdout).toMatchObject({ code: 0 });
  expect(verified.stdout).toMatch(/note: this is no whole run/);
  expect(verified.stdout).toMatch(/Verified as far as it went \(budget\): the run, journal head/);
});

test("a journal from elsewhere cannot ask for more generations than any run has", async () => {
  const folder = await folderOfRun(startedEvent({ generations: 1e9 }), []);
  expect(await orderIn(folder)).toContain("facts: it has more generations than metai runs");
});

test("a link in the place of a file is not followed, read or written", async () => {
  const cwd = await temporaryFolder();
  const run = await metai([...SHORT_MOCK_RUN], { cwd });
  expect(run.code, run.stderr).toBe(0);
  const elsewhere = join(cwd, "elsewhere");
  writeFileSync(elsewhere, "mine\n");
  symlinkSync(elsewhere, join(cwd, "results", "scores.csv.tmp"));
  const rebuilt = await metai(["rebuild"], { cwd });
  expect(rebuilt).toMatchObject({ code: 1, stdout: "" });
  expect(onlyLine(rebuilt.stderr)).toMatch(/scores\.csv\.tmp is a link/);
});

test("texts that nothing speaks of, as a killed run may leave them, are told and fail nothing", async () => {
  const folder = await folderOf(...seedEvents(SEED), ended("interrupted"));
  keep(folder, "an answer that was never noted\n");
  const { verification } = await checkFolder(folder);
  const objects = verification.checks.find(({ check }) => check === "objects");
  expect(objects?.findings.map(({ where }) => where)).toEqual([`objects/${"ab".repeat(32)}`]);
  expect(objects?.notes).toEqual(["1 more that the journal does not speak of"]);
  expect(verdictOf([verification]).ok).toBe(false);
});

test("several runs verify with what is drawn from them as one, and each of their controls", async () => {
  const cwd = await temporaryFolder();
  const runs = await metai([...SHORT_MOCK_RUN, "--runs", "2"], { cwd });
  expect(runs.code, runs.stderr).toBe(0);
  const control = ["--control", "same", "--results", "results/controls/same"];
  const same = await metai([...SHORT_MOCK_RUN, ...control], { cwd });
  expect(same.code, same.stderr).toBe(0);
  const verified = await metai(["verify", "results", "--quiet"], { cwd });
  expect(verified, verified.stdout).toMatchObject({ code: 0 });
  expect(verified.stdout).toMatch(
    /^results\/controls\/same\n[^]*^results\/run-01\n[^]*^results\/run-02\n/m,
  );
  expect(verified.stdout).toMatch(/Verified: all 3 runs, journal heads as above$/);

  const summary = join(cwd, "results", "replicates.json");
  writeFileSync(
    summary,
    readFileSync(summary, "utf8").replace('"generations": 1', '"generations": 2'),
  );
  const changed = await metai(["verify", "results", "--quiet"], { cwd });
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(/replicates\.json, line \d+: "generations": 2,, the journal says/);
  const rebuilt = await metai(["rebuild"], { cwd });
  expect(rebuilt).toMatchObject({ code: 0, stdout: join("results", "replicates.json") });

  const head = await metai(["verify", "results", "--head", "ab".repeat(32)], { cwd });
  expect(head).toMatchObject({ code: 2, stdout: "" });
  expect(onlyLine(head.stderr)).toMatch(/several runs/);
});

test("a run that is copied is counted once, and a run in a control's folder has to be that control", async () => {
  const cwd = await temporaryFolder();
  const runs = await metai([...SHORT_MOCK_RUN, "--runs", "2"], { cwd });
  expect(runs.code, runs.stderr).toBe(0);
  const folder = join(cwd, "results");
  cpSync(join(folder, "run-01"), join(folder, "run-03"), { recursive: true });
  const copied = await metai(["verify", "results", "--quiet"], { cwd });
  expect(copied.code).toBe(1);
  expect(copied.stdout).toMatch(/run-01 and run-03 in results are the same run/);

  rmSync(join(folder, "run-03"), { recursive: true });
  mkdirSync(join(folder, "controls"));
  cpSync(join(folder, "run-01"), join(folder, "controls", "same"), { recursive: true });
  const mislabelled = await metai(["verify", "results", "--quiet"], { cwd });
  expect(mislabelled.code).toBe(1);
  expect(mislabelled.stdout).toMatch(/it is no run of the control same, in whose folder it lies/);
});

test.for([
  ["a bomb", () => Buffer.concat(manyTimes(300, deflateSync(Buffer.alloc(16e6))))],
  ["streams without an end", () => Buffer.from("\nstream\n".repeat(400_000))],
] as const)("a curve that is %s is no curve of the run, and soon seen", async ([, curve]) => {
  const cwd = await temporaryFolder();
  const run = await metai([...SHORT_MOCK_RUN], { cwd });
  expect(run.code, run.stderr).toBe(0);
  writeFileSync(join(cwd, "results", "improvement_curve.pdf"), curve());
  const started = performance.now();
  const { verification } = await checkFolder(join(cwd, "results"));
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(verification.checks.find(({ check }) => check === "curve")?.status).toBe("failed");
});

function manyTimes(count: number, stream: Buffer): Buffer[] {
  const one = Buffer.concat([Buffer.from("\nstream\n"), stream, Buffer.from("\nendstream\n")]);
  return Array.from({ length: count }, () => one);
}

test.skipIf(process.platform === "win32")(
  "a pipe in the place of a file is not waited for",
  async () => {
    const cwd = await temporaryFolder();
    const run = await metai([...SHORT_MOCK_RUN], { cwd });
    expect(run.code, run.stderr).toBe(0);
    for (const [file, args] of [
      ["journal.jsonl", ["card", "results"]],
      ["journal.jsonl", [...SHORT_MOCK_RUN, "--resume"]],
      ["scores.csv", ["analyze", "--allow-mock"]],
      ["manifest.json", ["analyze", "--allow-mock"]],
    ] as const) {
      const path = join(cwd, "results", file);
      const before = readFileSync(path);
      rmSync(path);
      await execa("mkfifo", [path]);
      const told = await metai(args, { cwd });
      expect(told, file).toMatchObject({ code: 2, stdout: "" });
      expect(onlyLine(told.stderr)).toMatch(/is no file/);
      rmSync(path);
      writeFileSync(path, before);
    }
  },
);
