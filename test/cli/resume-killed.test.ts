import { join } from "node:path";

import { expect, test } from "vitest";

import { verifyRuns } from "../../src/commands/verify.ts";
import { below, sfc32 } from "../../src/core/random.ts";
import { RunRecord } from "../../src/core/run-record.ts";
import { readScores } from "../../src/store/tables.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { agentPassing, answerWith } from "./agents.ts";
import { contentsOf } from "./folder.ts";
import {
  eventsOf,
  journalOf,
  killableRun,
  type Moment,
  responsesOf,
  type Script,
} from "./killed-run.ts";
import { candidateRows, heldOutRows, outcomeRows } from "../../src/core/run-tables.ts";

const SEED = 5;
/** An agent that takes its time, so that a kill can be meant for when it is judged. */
const passing = (count: number) =>
  answerWith(`import time\n\ntime.sleep(0.005)\n\n\n${agentPassing(count)}`);
const NO_CODE = "I would rather think about it for a while.";
const BROKEN = answerWith("def solve(prompt, entry_point:\n    return prompt\n");

/** What a run comes to, whichever child got which answer, at whatever time and from which port. */
async function artefactsOf(results: string) {
  const record = RunRecord.of(eventsOf(results));
  const files = Object.entries(contentsOf(results));
  const agents = files.filter(([name]) => /^agent_gen\d+(_candidate)?\.py$/.test(name));
  const children = files.filter(([name]) => name.startsWith("candidates/"));
  const scores = await readScores(join(results, "scores.csv"));
  const { generations } = record;
  return {
    names: files.map(([name]) => name).filter((name) => !/^(objects|candidates)\//.test(name)),
    agents,
    children: children.map(([name, source]) => `${name.split("_")[0]} ${source}`).toSorted(),
    scores: scores.map((row) => ({ ...row, base_url: "", timestamp: "" })),
    candidates: sorted(candidateRows(record).map((row) => ({ ...row, child: 0, duration_ms: 0 }))),
    decisions: Array.from({ length: generations }, (_, generation) => {
      const decision = record.decision(generation);
      return decision && { ...decision, child: 0 };
    }),
    outcomes: outcomeRows(record).map((row) => ({ ...row, duration_ms: 0 })),
    heldOut: heldOutRows(record).map((row) => ({ ...row, duration_ms: 0 })),
    ended: record.ended,
    facts: { ...record.started?.facts, base_url: "", git: null },
    tasks: [record.started?.tasks, record.started?.held_out],
  };
}

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** What was judged a second time, or asked for once its answer was there. */
function doneTwice(results: string): string[] {
  const done = new Set<string>();
  return eventsOf(results).flatMap((event) => {
    if (event.type === "request" || event.type === "response") {
      const child = `${event.generation}/${event.child}`;
      const wasAnswered = done.has(child);
      if (event.type === "response" && event.proposal !== null) done.add(child);
      return wasAnswered ? [child] : [];
    }
    if (event.type !== "outcome" && event.type !== "held-out-outcome") return [];
    const generation = event.type === "outcome" ? event.generation : "held out";
    const judged = `${generation} ${event.agent_sha256} ${event.task_id}`;
    const wasJudged = done.has(judged);
    done.add(judged);
    return wasJudged ? [judged] : [];
  });
}

/** What a run was at when its journal ended. */
function phasesAtEndOf(results: string): Set<string> {
  const open = new Map<string, string>();
  for (const event of eventsOf(results)) {
    if (event.type === "run-ended") open.clear();
    if (event.type === "held-out-opened") open.set("", "holding out");
    if (!("child" in event)) continue;
    const child = `${event.generation}/${event.child}`;
    if (event.type === "request") open.set(child, "asking");
    if (event.type === "response") open.delete(child);
    if (event.type === "candidate") open.set(child, "judging");
    if (event.type === "judged") open.delete(child);
  }
  return new Set(open.values());
}

/** That a run verifies, its agents judged again among the rest. */
async function expectVerified(results: string, about: string): Promise<void> {
  const options = {
    data: join(results, "..", "data"),
    humaneval: humanEvalArchive,
    sandbox: "auto",
    quiet: true,
  } as const;
  const [verified] = await verifyRuns(results, options, new AbortController().signal);
  const done = verified?.checks.filter(({ status }) => status !== "not done");
  expect(
    done?.filter(({ status }) => status === "failed"),
    about,
  ).toEqual([]);
  expect(
    done?.map(({ check }) => check),
    about,
  ).toContain("evaluation");
}

test.for<[children: number, kills: number, script: Script]>([
  [1, 22, [[passing(3)], [NO_CODE], [passing(5)]]],
  [
    3,
    28,
    [
      [passing(2), NO_CODE, passing(4)],
      [passing(3), passing(6), BROKEN],
    ],
  ],
])(
  "a run of %i children a generation, killed %i times, ends as one that was not",
  { timeout: 300_000 },
  async ([children, kills, script]) => {
    const size = ["--generations", String(script.length), "--candidates", String(children)];
    const args = [...size, "--held-out", "5", "--model", "tiny", "--workers", "2", "--quiet"];
    const whole = await killableRun(script, args);
    const before = performance.now();
    const uninterrupted = await whole.finish();
    const duration = performance.now() - before;
    expect(uninterrupted.code, uninterrupted.stderr).toBe(0);
    const expected = await artefactsOf(whole.results);
    const asked = script.length * children;
    expect(whole.requests).toHaveLength(asked);
    const events = eventsOf(whole.results);
    const opened = events.findIndex(({ type }) => type === "held-out-opened");
    const proposed = events.flatMap(({ type }, index) => (type === "candidate" ? [index + 1] : []));

    const random = sfc32(SEED, children, 0);
    /** In turn: at any time, at any line, while an answer is waited for or judged, in the sealed step. */
    const draw = (kill: number, known: number): Moment => {
      const nothing = { lines: 0, requests: 0, delayMs: 0 };
      const lines = known + 1 + below(random, Math.max(1, events.length - known));
      const requests = 1 + below(random, children);
      const judging = proposed.filter((line) => line > known);
      return (
        [
          { ...nothing, delayMs: below(random, duration) },
          { ...nothing, lines },
          { ...nothing, requests, delayMs: below(random, 60) },
          { ...nothing, lines: judging[below(random, Math.max(1, judging.length))] ?? lines },
          { ...nothing, lines: opened + 1 + below(random, (events.length - opened) / 2) },
        ][kill % 5] ?? nothing
      );
    };
    const killedWhile = new Set<string>();
    for (let killed = 0; killed < kills;) {
      const run = await killableRun(script, args);
      // A run that goes on is killed again two times of three.
      for (let again = true; again && killed < kills; again = below(random, 3) > 0) {
        const moment = draw(killed, journalOf(run.results).lines.length);
        const requests = run.requests.length;
        const held = responsesOf(run.results).length;
        const wasKilled = await run.killAt(moment);
        killed += wasKilled ? 1 : 0;
        const about = `kill ${killed}, ${JSON.stringify(moment)}`;
        expect(run.requests.length - requests, about).toBeLessThanOrEqual(asked - held);
        expect(journalOf(run.results).problem, about).toBeNull();
        for (const phase of phasesAtEndOf(run.results)) killedWhile.add(phase);
        if (!wasKilled) break;
      }
      const about = `after ${killed} kills`;
      const requests = run.requests.length;
      const held = responsesOf(run.results).length;
      const { code, stderr } = await run.finish();
      expect(code, `${about}: ${stderr}`).toBe(0);
      expect(run.requests.length - requests, about).toBe(asked - held);
      expect(await artefactsOf(run.results), about).toEqual(expected);
      expect(doneTwice(run.results), about).toEqual([]);
      await expectVerified(run.results, about);
    }
    expect([...killedWhile]).toEqual(expect.arrayContaining(["asking", "judging", "holding out"]));
  },
);
