import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { JournalFile, readJournal, refuseDamage } from "../../src/store/journal-file.ts";
import type { JournalLine } from "../../src/store/journal.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { seedEvents, startedEvent } from "./events.ts";

const EVENTS = [startedEvent(), ...seedEvents("seed = 1\n")];
const NOTHING = { lines: [], bytes: 0, torn: false };

async function written(events = EVENTS) {
  const path = join(await temporaryFolder(), "journal.jsonl");
  const journal = await JournalFile.open(path, NOTHING, async () => {});
  for (const event of events) await journal.append(event);
  await journal.close();
  return path;
}

test("each line is on disk when its event is said to be, and before it is acted upon", async () => {
  const path = join(await temporaryFolder(), "journal.jsonl");
  const seen: string[] = [];
  const journal = await JournalFile.open(path, NOTHING, async ({ event }) => {
    expect(await readFile(path, "utf8")).toContain(JSON.stringify(event).slice(1));
    seen.push(event.type);
  });
  for (const [index, event] of EVENTS.entries()) {
    await journal.append(event);
    expect(seen).toHaveLength(index + 1);
  }
  await journal.close();
});

test("events that come side by side stand in the order in which they came", async () => {
  const path = join(await temporaryFolder(), "journal.jsonl");
  const seen: JournalLine[] = [];
  const journal = await JournalFile.open(path, NOTHING, async (line) => void seen.push(line));
  await Promise.all(EVENTS.map((event) => journal.append(event)));
  await journal.close();
  expect(seen.map(({ event }) => event)).toEqual(EVENTS);
  expect((await readJournal(path))?.lines).toEqual(seen);
});

test("a torn last line is cut, and what is appended follows the last whole one", async () => {
  const path = await written(EVENTS.slice(0, 2));
  const before = await readFile(path, "utf8");
  await writeFile(path, `${before}{"seq":2,"time":"20`);
  const content = await readJournal(path);
  expect(content).toMatchObject({ torn: true, problem: null });
  const journal = await JournalFile.open(path, content ?? NOTHING, async () => {});
  for (const event of EVENTS.slice(2)) await journal.append(event);
  await journal.close();
  const after = await readFile(path, "utf8");
  expect(after.startsWith(before)).toBe(true);
  expect((await readJournal(path))?.lines.map(({ event }) => event)).toEqual(EVENTS);
});

test("what an event leads to is told to whoever appended it, and nothing is taken after it", async () => {
  const path = join(await temporaryFolder(), "journal.jsonl");
  const journal = await JournalFile.open(path, NOTHING, async ({ seq }) => {
    if (seq === 1) throw new Error("no space left");
  });
  const [first = startedEvent(), ...others] = EVENTS;
  await journal.append(first);
  for (const event of others) await expect(journal.append(event)).rejects.toThrow("no space left");
  await journal.close();
  expect((await readJournal(path))?.lines.length).toBe(2);
});

test("a damaged journal is refused with its line, and one that is not there is none", async () => {
  const path = await written();
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace('"passed":0', '"passed":1'));
  const content = await readJournal(path);
  expect(() => refuseDamage(path, content ?? { ...NOTHING, problem: null })).toThrow(
    /journal\.jsonl, line \d+: .*put back/,
  );
  expect(await readJournal(join(path, "..", "none"))).toBeNull();
});
