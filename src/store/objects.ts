import { createHash } from "node:crypto";
import { join } from "node:path";

import { hasCode, UserError } from "../errors.ts";
import { writeFileWhole } from "../files.ts";
import { OBJECTS } from "./layout.ts";
import { readFileOfRun } from "./plain-file.ts";

/** The texts of a run (agents, answers, what was sent and came back), each a file named by its SHA-256. */
export class Objects {
  readonly #folder: string;
  readonly #known = new Map<string, string>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(results: string) {
    this.#folder = join(results, OBJECTS);
  }

  /** Resolves once the text is on disk. */
  async keep(text: string): Promise<string> {
    const hash = sha256(text);
    if (this.#known.has(hash)) return hash;
    const writing = this.#writing.get(hash) ?? this.#write(hash, text);
    this.#writing.set(hash, writing);
    await writing;
    return hash;
  }

  async #write(hash: string, text: string): Promise<void> {
    try {
      await writeFileWhole(join(this.#folder, hash), text);
      this.#known.set(hash, text);
    } finally {
      this.#writing.delete(hash);
    }
  }

  /** Throws a UserError where there is no such text, or one that was changed. */
  async read(hash: string): Promise<string> {
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const path = join(this.#folder, hash);
    const bytes = await readIfThere(path);
    if (bytes === null) throw new UserError(`${path} is missing: the run's journal speaks of it.`);
    if (sha256(bytes) !== hash) {
      throw new UserError(
        `${path} was changed: its content has another SHA-256 than its name says.`,
      );
    }
    const text = bytes.toString("utf8");
    this.#known.set(hash, text);
    return text;
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFileOfRun(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
