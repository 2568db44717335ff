import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openResults } from "../../src/commands/run/open-results.ts";
import { checkFolder } from "../../src/commands/verify/run.ts";
import { verdictOf } from "../../src/commands/verify/report.ts";
import { below, type Random, sfc32 } from "../../src/core/random.ts";
import { UserError } from "../../src/errors.ts";
import { deriveFiles } from "../../src/store/derived-files.ts";
import { readRun } from "../../src/store/read-run.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { metai, SHORT_MOCK_RUN } from "./metai.ts";

const CASES = 2000;
/** Going on with a run writes to the disk, so it is tried with every so many. */
const RESUMED = 50;
let cwd: string;
let run: string;

beforeAll(async () => {
  cwd = await createFolder();
  run = join(cwd, "run");
  const args = [...SHORT_MOCK_RUN, "--results", run];
  const ended = await metai(args, { cwd });
  if (ended.code !== 0) throw new Error(ended.stderr);
});
afterAll(() => removeFolder(cwd));

test(`of ${CASES} mutated journals none verifies, and none makes a command crash`, async () => {
  const path = join(run, "journal.jsonl");
  const original = readFileSync(path);
  const whole = await readRun(run);
  expect(verdictOf([(await checkFolder(run)).verification]).ok).toBe(true);
  const other = join(cwd, "other");
  for (let number = 0; number < CASES; number++) {
    const random = sfc32(number, 2, 3);
    const { name, mutate } = MUTATIONS[number % MUTATIONS.length] ?? NOTHING;
    const bytes = mutate(original, random);
    if (bytes.equals(original)) continue;
    const about = `case ${number}: ${name}`;
    writeFileSync(path, bytes);
    const { verification } = await checkFolder(run);
    expect(verdictOf([verification]).ok, about).toBe(false);
    await expectNoFault(about, async () => {
      const { content, objects } = await readRun(run);
      await deriveFiles(content.lines, objects);
    });
    if (number % RESUMED !== 0) continue;
    cpSync(run, other, { recursive: true });
    await expectNoFault(about, async () => (await openResults(other, whole.started)).close());
    rmSync(other, { recursive: true });
  }
});

/** A damaged journal is told of in one sentence; it is no fault of metai's. */
async function expectNoFault(about: string, work: () => Promise<void>): Promise<void> {
  const said = await work().catch((error: unknown) => {
    if (error instanceof UserError) return error.message;
    throw new Error(about, { cause: error });
  });
  expect(said ?? "", about).not.toContain("\n");
}

interface Mutation {
  readonly name: string;
  readonly mutate: (bytes: Buffer, random: Random) => Buffer;
}

const NOTHING: Mutation = { name: "nothing", mutate: (bytes) => bytes };

const MUTATIONS: readonly Mutation[] = [
  {
    name: "a bit flipped",
    mutate: (bytes, random) => {
      const mutated = Buffer.from(bytes);
      const at = below(random, bytes.length);
      mutated.writeUInt8(bytes.readUInt8(at) ^ (1 << below(random, 8)), at);
      return mutated;
    },
  },
  {
    name: "cut off",
    mutate: (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  },
  {
    name: "bytes taken out",
    mutate: (bytes, random) => {
      const at = below(random, bytes.length);
      const end = at + 1 + below(random, 40);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    },
  },
  {
    name: "bytes put in",
    mutate: (bytes, random) => {
      const at = below(random, bytes.length);
      const more = Buffer.from(
        Array.from({ length: 1 + below(random, 8) }, () => below(random, 256)),
      );
      return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
    },
  },
  { name: "a line taken out", mutate: byLine((lines, at) => lines.toSpliced(at, 1)) },
  {
    name: "a line twice",
    mutate: byLine((lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
  },
  {
    name: "two lines swapped",
    mutate: byLine((lines, at, random) => {
      const other = below(random, lines.length);
      return lines.with(at, lines[other] ?? "").with(other, lines[at] ?? "");
    }),
  },
  { name: "cut after a line", mutate: byLine((lines, at) => lines.slice(0, at)) },
  {
    name: "a piece of one line in another",
    mutate: byLine((lines, at, random) => {
      const [into, from] = [lines[at] ?? "", lines[below(random, lines.length)] ?? ""];
      const start = below(random, from.length);
      const piece = from.slice(start, start + 60);
      return lines.with(at, into.slice(0, 20 + below(random, 80)) + piece);
    }),
  },
  {
    name: "a number changed",
    mutate: byLine((lines, at, random) =>
      lines.with(at, (lines[at] ?? "").replace(/:\d+/, `:${below(random, 2 ** 31) ** 2}`)),
    ),
  },
];

function byLine(
  change: (lines: readonly string[], at: number, random: Random) => readonly string[],
): Mutation["mutate"] {
  return (bytes, random) => {
    const lines = bytes.toString("utf8").trimEnd().split("\n");
    return Buffer.from(`${change(lines, below(random, lines.length), random).join("\n")}\n`);
  };
}
