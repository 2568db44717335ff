import { readFile } from "node:fs/promises";
import { z } from "zod";

import { Control, RunType, SandboxLevel, Ties } from "../core/records.ts";
import { UserError } from "../errors.ts";

/**
 * `manifest.json`: what a run was made of, so that it can be understood and made again. Written when the
 * run starts with status `running`, and once more when it ends; a run that was killed still says `running`.
 */
export const Manifest = z.strictObject({
  status: z.enum(["running", "done", "failed", "interrupted"]),
  /** `completed`: all generations ran. `perfect`: stopped early. Null while running or if it failed. */
  ended: z.enum(["completed", "perfect"]).nullable(),
  /** Why it failed, or null. */
  problem: z.string().nullable(),
  run_type: RunType,
  control: Control.nullable(),
  model: z.string(),
  base_url: z.string().nullable(),
  /** UTC, ISO 8601. */
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  settings: z.strictObject({
    generations: z.int(),
    early_stop: z.boolean(),
    /** Children in each generation. */
    candidates: z.int(),
    ties: Ties,
    /** Tasks held out, to be scored when the run is over. */
    held_out: z.int(),
    /** Null where nothing is drawn. */
    seed: z.int().nullable(),
    policy: z.enum(["adaptive", "fixed"]).nullable(),
    /** SHA-256 of the box of parts that the search takes from, or null. */
    box_sha256: z.string().nullable(),
    timeout_seconds: z.number(),
    temperature: z.number().nullable(),
    max_retries: z.int().nullable(),
    request_timeout_seconds: z.number().nullable(),
  }),
  benchmark: z.strictObject({
    name: z.string(),
    tasks: z.int(),
    archive_sha256: z.string().nullable(),
    content_sha256: z.string(),
  }),
  evaluator: z.strictObject({
    sandbox: SandboxLevel,
    sandbox_note: z.string().nullable(),
    python: z.string(),
    workers: z.int(),
    limits: z.record(z.string(), z.number()),
  }),
  /** Cheats that were tried on the evaluator before the run; absent in runs of metai before it tried any. */
  cheats: z.strictObject({ run: z.int(), earned: z.int() }).optional(),
  versions: z.strictObject({ metai: z.string(), node: z.string(), platform: z.string() }),
});
export type Manifest = z.infer<typeof Manifest>;

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
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
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
