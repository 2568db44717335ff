import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import {
  checkWritable,
  ownFiles,
  resetResults,
  ResultsFolder,
} from "../../src/store/results-folder.ts";
import { readCandidates, readScores } from "../../src/store/tables.ts";
import type { JournalEvent } from "../../src/core/journal.ts";
import { parseJournal } from "../../src/store/journal.ts";
import { sha256 } from "../../src/store/objects.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import {
  accepted,
  at,
  heldOut,
  invalid,
  offered,
  seedEvents,
  startedEvent,
  VERSIONS,
} from "./events.ts";

async function fill(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), name);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();
}

const OWN = [
  "agent_gen0.py",
  "agent_gen12.py",
  "agent_gen12_candidate.py",
  "candidates.csv",
  "candidates/gen1_child1.py",
  "candidates/gen12_child64.py.tmp",
  "controls/every-part/agent_gen0.py",
  "controls/random-edit/run-02/journal.jsonl",
  "controls/random-edit/replicates.json",
  "controls/same/scores.csv",
  "replicates.json",
  "run-01/agent_gen0.py",
  "run-01/candidates/gen1_child1.py",
  "run-99/journal.jsonl",
  "controls/every-part/scores.csv",
  "controls/no-selection/agent_gen3_candidate.py",
  "controls/no-selection/candidates/gen1_child2.py",
  "controls/no-selection/manifest.json.tmp",
  "controls/no-selection/scores.csv",
  "controls/no-selection/transcripts/gen1_child2.jsonl",
  "held_out_outcomes.csv",
  "improvement_curve.pdf",
  "journal.jsonl",
  "manifest.json",
  "manifest.json.tmp",
  "agent_gen3.py.tmp",
  "scores.csv",
  "scores.csv.tmp",
  "task_outcomes.csv",
  `objects/${"0a".repeat(32)}`,
  `objects/${"1b".repeat(32)}.tmp`,
  `controls/no-selection/objects/${"2c".repeat(32)}`,
  "transcripts/gen1.jsonl",
  "transcripts/gen12.jsonl",
  "transcripts/gen12_child3.jsonl",
];

const STRANGERS = [
  "notes.txt",
  "run-00/scores.csv",
  "run-01/notes.txt",
  "run-01/run-02/scores.csv",
  "run-1/scores.csv",
  "run-100/scores.csv",
  "agent_gen1.py.bak",
  "agent_gen1_candidate_mine.py",
  "agent_genX.py",
  "my_agent_gen1.py",
  "scores.csv.old",
  "other.tmp",
  "candidates/mine.py",
  "candidates/gen1_child1.py.bak",
  "controls/mine.txt",
  "controls/scores.csv",
  "controls/mine/scores.csv",
  "controls/no-selection/mine.py",
  "controls/no-selection/mine.txt",
  "controls/no-selection/candidates/mine.py",
  "controls/no-selection/controls/no-selection/scores.csv",
  "objects/mine",
  `objects/${"0A".repeat(32)}`,
  "transcripts/mine.txt",
  "transcripts/gen1.jsonl.bak",
  "earlier/scores.csv",
  "transcripts/earlier/gen1.jsonl",
];

describe("resetting a folder", () => {
  test("removes what metai wrote, what a killed run left half-written, and nothing else", async () => {
    const folder = await temporaryFolder();
    await fill(folder, [...OWN, ...STRANGERS]);
    await resetResults(folder);
    expect(await filesIn(folder)).toEqual(STRANGERS.toSorted());
    await resetResults(folder);
    expect(await filesIn(folder)).toEqual(STRANGERS.toSorted());
  });

  test("leaves no empty folder of its own", async () => {
    const folder = await temporaryFolder();
    await fill(folder, OWN);
    await resetResults(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  test("removes no folder that has the name of a file of ours", async () => {
    const folder = await temporaryFolder();
    await fill(folder, ["scores.csv/mine.txt", "agent_gen1.py/mine.txt"]);
    await resetResults(folder);
    expect(await filesIn(folder)).toHaveLength(2);
  });

  test.skipIf(process.platform === "win32")("follows no link to a folder", async () => {
    const folder = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await fill(elsewhere, ["scores.csv"]);
    await mkdir(join(folder, "controls"));
    for (const name of ["run-01", "controls/same"]) await symlink(elsewhere, join(folder, name));
    await resetResults(folder);
    expect(await filesIn(elsewhere)).toEqual(["scores.csv"]);
  });

  test("follows no link out of the folder", async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    await fill(elsewhere, ["gen1.jsonl", "no-selection/scores.csv"]);
    for (const name of ["transcripts", "controls"]) await symlink(elsewhere, join(folder, name));
    await resetResults(folder);
    expect(await filesIn(elsewhere)).toEqual(["gen1.jsonl", "no-selection/scores.csv"]);
    expect(await ownFiles(folder)).toEqual([]);
  });

  test("of a folder that is not there is nothing", async () => {
    const folder = join(await temporaryFolder(), "nowhere");
    await resetResults(folder);
    expect(await ownFiles(folder)).toEqual([]);
  });
});

test("a folder's own files are those of a run", async () => {
  const folder = await temporaryFolder();
  await fill(folder, STRANGERS);
  expect(await ownFiles(folder)).toEqual([]);
  await fill(folder, OWN);
  const expected = OWN.map((name) => join(folder, name));
  expect((await ownFiles(folder)).toSorted()).toEqual(expected.toSorted());
});

/** A folder with these texts and events in its journal, of a run that is offered so many candidates. */
async function resultsOf(
  candidates: number,
  events: readonly JournalEvent[],
  texts: readonly string[] = [],
) {
  const folder = join(await temporaryFolder(), "deep", "results");
  const started = startedEvent({ candidates });
  const results = await ResultsFolder.create(folder, [started]);
  for (const text of texts) await results.keep(text);
  for (const event of events) await results.append(event);
  await results.close();
  return folder;
}

const SEED = "seed = 'ü'\n";
const CHILD = "agent = 1\n";
const ENTRY = JSON.stringify({ type: "request", text: "line\nbreak ü" });
const TEXTS = [SEED, CHILD, ENTRY];

describe("each event leaves the files that it changes, whole", () => {
  test("agents and transcripts", async () => {
    const folder = await resultsOf(1, [...seedEvents(SEED), ...offered(1, CHILD, ENTRY)], TEXTS);
    const files = (await filesIn(folder)).filter((name) => !name.startsWith("objects/"));
    expect(files).toEqual([
      "agent_gen0.py",
      "agent_gen1_candidate.py",
      "candidates.csv",
      "journal.jsonl",
      "manifest.json",
      "scores.csv",
      "task_outcomes.csv",
      "transcripts/gen1.jsonl",
    ]);
    expect(await readFile(join(folder, "agent_gen0.py"), "utf8")).toBe(SEED);
    expect(await readFile(join(folder, "agent_gen1_candidate.py"), "utf8")).toBe(CHILD);
    expect(await readFile(join(folder, "objects", sha256(CHILD)), "utf8")).toBe(CHILD);
    expect(await readFile(join(folder, "transcripts", "gen1.jsonl"), "utf8")).toBe(`${ENTRY}\n`);
  });

  test("a generation that closes, with its row after all that the row speaks of", async () => {
    const events = [...seedEvents(SEED), ...offered(1, CHILD), ...accepted(1, CHILD)];
    const folder = await resultsOf(1, events, TEXTS);
    expect(await readFile(join(folder, "agent_gen1.py"), "utf8")).toBe(CHILD);
    const rows = await readScores(join(folder, "scores.csv"));
    expect(rows.map(({ generation, passed, accepted: so }) => [generation, passed, so])).toEqual([
      [0, 0, null],
      [1, 1, true],
    ]);
    expect(await readFile(join(folder, "task_outcomes.csv"), "utf8")).toBe(
      "generation,task_id,outcome,reason,duration_ms\n" +
        '0,Task/0,failed,"a, b",1.5\n0,Task/1,failed,"a, b",1.5\n' +
        '1,Task/0,passed,,1.5\n1,Task/1,failed,"a, b",1.5\n',
    );
  });

  test("each of several children has a file and a transcript of its own, and a row", async () => {
    const events = [
      ...seedEvents(SEED),
      ...offered(2, CHILD, ENTRY),
      { type: "candidate", ...at(1, 1), agent_sha256: null, reason: "=no, it is none" } as const,
      { type: "judged", ...at(1, 1), ...invalid("=no, it is none") } as const,
      ...accepted(2, CHILD),
    ];
    const folder = await resultsOf(2, events, TEXTS);
    const files = await filesIn(folder);
    for (const name of [
      "agent_gen1_candidate.py",
      "candidates/gen1_child2.py",
      "transcripts/gen1_child2.jsonl",
    ]) {
      expect(files).toContain(name);
    }
    expect(files).not.toContain("candidates/gen1_child1.py");
    const rows = await readCandidates(join(folder, "candidates.csv"));
    expect(
      rows.map(({ child, passed, reason, chosen }) => [child, passed, reason, chosen]),
    ).toEqual([
      [1, null, "=no, it is none", false],
      [2, 1, "", true],
    ]);
  });

  test("held-out outcomes are added, and the scores that count them replaced", async () => {
    const events = [...seedEvents(SEED), ...heldOut(SEED)];
    const folder = await resultsOf(1, events, TEXTS);
    const [row] = await readScores(join(folder, "scores.csv"));
    expect(row).toMatchObject({ held_out_passed: 1, held_out_total: 1 });
    expect(await readFile(join(folder, "held_out_outcomes.csv"), "utf8")).toBe(
      "generation,task_id,outcome,reason,duration_ms\n0,Hidden/0,passed,,2\n",
    );
  });
});

describe("a folder that is opened again", () => {
  const events = [...seedEvents(SEED), ...offered(1, CHILD, ENTRY), ...accepted(1, CHILD)];
  const again = { type: "run-resumed", versions: VERSIONS, git: null, python: "3.11.7" } as const;

  test("has every file put right from its journal, its torn last line cut and nothing else", async () => {
    const folder = await resultsOf(1, events, TEXTS);
    const path = join(folder, "journal.jsonl");
    const before = await readFile(path, "utf8");
    const scores = await readFile(join(folder, "scores.csv"), "utf8");
    await writeFile(join(folder, "scores.csv"), "lost");
    await rm(join(folder, "agent_gen1.py"));
    await writeFile(path, `${before}{"seq":99,"ti`);
    const content = parseJournal(await readFile(path));
    expect(content).toMatchObject({ torn: true, problem: null });

    const results = await ResultsFolder.reopen(folder, content, [again]);
    await results.close();
    expect(await readFile(join(folder, "scores.csv"), "utf8")).toBe(scores);
    expect(await readFile(join(folder, "agent_gen1.py"), "utf8")).toBe(CHILD);
    expect(results.past.closed(1)).toMatchObject({ passed: 1 });
    const after = await readFile(path, "utf8");
    expect(after.startsWith(before)).toBe(true);
    const { lines, problem } = parseJournal(Buffer.from(after));
    expect(problem).toBeNull();
    expect(lines.at(-1)?.event).toEqual(again);
    expect(results.head).toBe(lines.at(-1)?.sha256);
  });

  test("refuses a text that was changed or is gone", async () => {
    const folder = await resultsOf(1, events, TEXTS);
    const content = parseJournal(await readFile(join(folder, "journal.jsonl")));
    const object = join(folder, "objects", sha256(CHILD));
    await writeFile(object, "agent = 2\n");
    await expect(ResultsFolder.reopen(folder, content, [again])).rejects.toThrow(/was changed/);
    await rm(object);
    await expect(ResultsFolder.reopen(folder, content, [again])).rejects.toThrow(/is missing/);
  });
});

test("a folder is tried before a run, and no trace is left", async () => {
  const folder = join(await temporaryFolder(), "results");
  await checkWritable(folder);
  expect(await readdir(folder)).toEqual([]);
  await writeFile(join(folder, "file"), "");
  await expect(checkWritable(join(folder, "file"))).rejects.toThrow(/EEXIST|ENOTDIR/);
});
