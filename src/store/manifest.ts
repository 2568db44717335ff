import { z } from "zod";

import { type EventOf, RunFacts, Sha256 } from "../core/journal.ts";
import { hasCode, UserError } from "../errors.ts";
import { readFileOfRun } from "./plain-file.ts";

/**
 * `manifest.json`: what a run was made of and how it ended, drawn from its journal. Written when the run
 * starts with status `running`, and once more when it ends; a run that was killed still says `running`.
 */
export const Manifest = z.strictObject({
  status: z.enum(["running", "done", "failed", "interrupted"]),
  /**
   * `completed`: all generations ran. `perfect`: stopped early. `budget`: what it may use is used up. Null
   * while running or if it failed.
   */
  ended: z.enum(["completed", "perfect", "budget"]).nullable(),
  /** Why it failed or may use no more, or null. */
  problem: z.string().nullable(),
  /** UTC, ISO 8601. */
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  /** SHA-256 of the journal's last line, once the run has ended. */
  head_sha256: Sha256.nullable(),
  ...RunFacts.shape,
});
export type Manifest = z.infer<typeof Manifest>;

/** The manifest of a run that is at work, or that ended with this line of its journal. */
export function manifestOf(
  facts: RunFacts,
  startedAt: string,
  end: {
    readonly event: EventOf<"run-ended">;
    readonly time: string;
    readonly head: string;
  } | null,
): Manifest {
  const ended = end?.event.ended ?? null;
  const stopped = ended === "failed" || ended === "interrupted";
  return {
    status: ended === null ? "running" : stopped ? ended : "done",
    ended: stopped ? null : ended,
    problem: end?.event.problem ?? null,
    started_at: startedAt,
    ended_at: end?.time ?? null,
    head_sha256: end?.head ?? null,
    ...facts,
  };
}

/** Null where there is no such file. Throws a UserError for anything that is no manifest. */
export async function readManifest(path: string): Promise<Manifest | null> {
  const text = await readIfThere(path);
  if (text === null) return null;
  const manifest = Manifest.safeParse(parseJson(text));
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  const field = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new UserError(
    `${path} is no manifest of a run (${field}${issue?.message}): put back the one that the run wrote, or run again.`,
  );
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return (await readFileOfRun(path)).toString("utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

/** Undefined for what is no JSON, which no manifest is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
