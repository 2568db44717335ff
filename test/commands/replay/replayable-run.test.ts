import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { readReplayableRun } from "../../../src/commands/replay/replayable-run.ts";
import { below, sfc32 } from "../../../src/core/random.ts";
import { UserError } from "../../../src/errors.ts";
import { temporaryFolder } from "../../helpers/temporary.ts";

const SMALL = fileURLToPath(new URL("../../fixtures/run-small/results", import.meta.url));
const MUTANTS = 300;

const random = sfc32(11, 0, 0);

/** A bit flipped, the end cut off, two lines exchanged, a line left out or written twice. */
function mutated(journal: Buffer, kind: number): Buffer {
  const at = below(random, journal.length);
  if (kind === 0) {
    const flipped = Buffer.from(journal);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << below(random, 8));
    return flipped;
  }
  if (kind === 1) return journal.subarray(0, at);
  const lines = journal.toString("latin1").split("\n").slice(0, -1);
  const [one, other] = [below(random, lines.length), below(random, lines.length - 1)];
  const [line = ""] = lines.splice(one, 1);
  if (kind === 2) lines.splice(other === one ? other + 1 : other, 0, line);
  if (kind === 3) lines.splice(one, 0, line, line);
  return Buffer.from(lines.map((text) => text + "\n").join(""), "latin1");
}

test("a mutated journal is never replayed, and is refused in plain words", async () => {
  const folder = join(await temporaryFolder(), "run");
  cpSync(SMALL, folder, { recursive: true });
  await expect(readReplayableRun(folder)).resolves.toMatchObject({ ownFiles: [] });
  const path = join(folder, "journal.jsonl");
  const journal = readFileSync(path);
  for (let mutant = 0; mutant < MUTANTS; mutant++) {
    writeFileSync(path, mutated(journal, mutant % 5));
    const error: unknown = await readReplayableRun(folder).catch((thrown: unknown) => thrown);
    expect(error, `mutant ${mutant}`).toBeInstanceOf(UserError);
  }
});
