import { join } from "node:path";

import type { EventOf } from "../core/journal.ts";
import { RunRecord } from "../core/run-record.ts";
import type { JournalLine } from "./journal.ts";
import {
  agentFile,
  CANDIDATES,
  candidateFile,
  childFile,
  CHILDREN,
  HELD_OUT_OUTCOMES,
  MANIFEST,
  SCORES,
  TASK_OUTCOMES,
  transcriptFile,
  TRANSCRIPTS,
} from "./layout.ts";
import { manifestOf } from "./manifest.ts";
import type { Objects } from "./objects.ts";
import { candidatesCsv, outcomesCsv, scoresCsv } from "./tables.ts";
import { candidateRows, heldOutRows, outcomeRows, scoreRows } from "../core/run-tables.ts";

/** A file of the results folder, whole or longer by a line. `path` is below the folder. */
export type FileChange =
  | { readonly path: string; readonly content: string }
  | { readonly path: string; readonly line: string };

/**
 * Every file of a results folder but the journal and its objects, made from the journal line by line: the one
 * place that knows which, for a run at work as for one that is rebuilt or verified.
 */
export class DerivedFiles {
  readonly record = new RunRecord();
  readonly #objects: Pick<Objects, "read">;
  #startedAt = "";

  constructor(objects: Pick<Objects, "read">) {
    this.#objects = objects;
  }

  /** What the next line of the journal changes. Throws what `Objects.read` throws. */
  async apply({ event, time, sha256 }: JournalLine): Promise<FileChange[]> {
    this.record.apply(event);
    switch (event.type) {
      case "run-started":
        this.#startedAt = time;
        return this.#manifest(null);
      case "run-resumed":
        return this.#manifest(null);
      case "run-ended":
        return this.#manifest({ event, time, head: sha256 });
      case "request":
      case "response":
      case "request-failed":
        return this.#transcript(event);
      case "candidate":
        return this.#candidate(event);
      case "decision":
        return this.#chosen(event);
      case "generation-closed":
        return this.#closed(event);
      case "held-out-scored":
        return [
          { path: HELD_OUT_OUTCOMES, content: outcomesCsv(heldOutRows(this.record)) },
          this.#scores(),
        ];
      case "preregistered":
      case "outcome":
      case "judged":
      case "held-out-opened":
      case "held-out-outcome":
        return [];
    }
  }

  get #hasOnlyChildren(): boolean {
    return this.record.started?.facts.settings.candidates === 1;
  }

  async #transcript(
    event: EventOf<"request" | "response" | "request-failed">,
  ): Promise<FileChange[]> {
    const { generation, child, entry_sha256 } = event;
    if (entry_sha256 === null) return [];
    const name = transcriptFile(generation, this.#hasOnlyChildren ? null : child);
    return [{ path: join(TRANSCRIPTS, name), line: await this.#objects.read(entry_sha256) }];
  }

  /** An only child is the candidate. */
  async #candidate(event: EventOf<"candidate">): Promise<FileChange[]> {
    const { generation, child, agent_sha256 } = event;
    if (agent_sha256 === null) return [];
    const content = await this.#objects.read(agent_sha256);
    if (generation === 0) return [{ path: agentFile(0), content }];
    const path = this.#hasOnlyChildren
      ? candidateFile(generation)
      : join(CHILDREN, childFile(generation, child));
    return [{ path, content }];
  }

  async #chosen({ generation, child }: EventOf<"decision">): Promise<FileChange[]> {
    const agent = this.record.child(generation, child)?.candidate?.agent_sha256 ?? null;
    if (this.#hasOnlyChildren || agent === null) return [];
    return [{ path: candidateFile(generation), content: await this.#objects.read(agent) }];
  }

  /** The row of scores comes last: where it stands, everything it speaks of is on disk. */
  async #closed({ generation, agent_sha256 }: EventOf<"generation-closed">): Promise<FileChange[]> {
    const { record } = this;
    return [
      { path: agentFile(generation), content: await this.#objects.read(agent_sha256) },
      { path: TASK_OUTCOMES, content: outcomesCsv(outcomeRows(record)) },
      { path: CANDIDATES, content: candidatesCsv(candidateRows(record)) },
      this.#scores(),
    ];
  }

  #scores(): FileChange {
    return { path: SCORES, content: scoresCsv(scoreRows(this.record)) };
  }

  /** None for a journal from elsewhere that ends or resumes what never began. */
  #manifest(end: Parameters<typeof manifestOf>[2]): FileChange[] {
    const { started } = this.record;
    if (started === null) return [];
    const manifest = manifestOf(started.facts, this.#startedAt, end);
    return [{ path: MANIFEST, content: JSON.stringify(manifest, null, 2) + "\n" }];
  }
}

/** All files that a journal comes to, by their path below the results folder. */
export async function deriveFiles(
  lines: readonly JournalLine[],
  objects: Pick<Objects, "read">,
): Promise<ReadonlyMap<string, string>> {
  const derived = new DerivedFiles(objects);
  const files = new Map<string, string>();
  for (const line of lines) {
    for (const change of await derived.apply(line)) {
      const { path } = change;
      if ("content" in change) files.set(path, change.content);
      else files.set(path, `${files.get(path) ?? ""}${change.line}\n`);
    }
  }
  return files;
}
