import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { SOURCES } from "../sources.ts";
import { TASK_NAMES, type TaskName } from "./tasks.ts";

/** An attack on the evaluator: one small Python file. */
export interface Cheat {
  /** For example "equality/equals_everything". */
  readonly name: string;
  readonly family: string;
  readonly source: string;
  /** What it tries, in one line. */
  readonly tries: string;
  /** Judged in this order, by one worker; it earns something if it passes the last. */
  readonly tasks: readonly TaskName[];
  /** Whether it is an agent, or else a solution. */
  readonly agent: boolean;
  /** What it could do to the machine where bubblewrap does not wall it in, or null. */
  readonly harmful: string | null;
  /** Why it takes long, or null. */
  readonly slow: string | null;
  /** Why the level `process` cannot stop it, or null. */
  readonly process: string | null;
  /** Where that is so; empty for everywhere. */
  readonly processWhere: readonly Where[];
  /** What it earns where solution and test share one interpreter; null before that was recorded. */
  readonly official: OfficialResult | null;
}

const WHERE = ["linux", "posix", "ordinary-user", "root", "no-landlock"] as const;
export type Where = (typeof WHERE)[number];

const OfficialResult = z.enum(["passed", "failed", "timed out", "broke the harness"]);
export type OfficialResult = z.infer<typeof OfficialResult>;

/** What the cheats earn under the official harness's scheme, as test/bench/official-cheats.mjs saw it. */
const Official = z.strictObject({
  /** The commit of openai/human-eval. */
  harness: z.string(),
  python: z.string(),
  /** The day it was recorded. */
  date: z.iso.date(),
  earned: z.record(z.string(), OfficialResult),
});
export type Official = z.infer<typeof Official>;

export interface Catalogue {
  readonly cheats: readonly Cheat[];
  readonly official: Official;
}

/** Where the Python files lie, from src/ and from dist/ alike: both are one level below the package's root. */
const FOLDER = fileURLToPath(new URL("cheats/", SOURCES));

/** Reads every cheat, by family and name. Throws where one does not say what it is. */
export async function readCatalogue(folder = FOLDER): Promise<Catalogue> {
  const text = await readFile(join(folder, "official.json"), "utf8");
  const official = Official.parse(JSON.parse(text));
  const entries = await readdir(folder, { withFileTypes: true });
  const families = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const cheats = await Promise.all(
    families.toSorted().map((family) => readFamily(folder, family, official)),
  );
  return { cheats: cheats.flat(), official };
}

async function readFamily(folder: string, family: string, official: Official): Promise<Cheat[]> {
  const names = await readdir(join(folder, family));
  const files = names.filter((name) => name.endsWith(".py")).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const name = `${family}/${basename(file, ".py")}`;
      const cheat = parseCheat(name, await readFile(join(folder, family, file), "utf8"));
      return { ...cheat, official: official.earned[name] ?? null };
    }),
  );
}

const FIELDS = ["task", "agent", "harmful", "slow", "process", "process-where"];

/**
 * Reads what a file says of itself in its docstring: a line on what it tries, then what else there is to
 * say, then a paragraph of fields, one a line. Throws for a field that there is not, and for no task.
 */
export function parseCheat(name: string, source: string): Omit<Cheat, "official"> {
  const wrong = (why: string) => new Error(`The cheat ${name} is not well described: ${why}.`);
  const docstring = /^"""([^\\]*?)"""\n/.exec(source)?.[1];
  if (docstring === undefined) throw wrong("it does not begin with a plain docstring");
  const paragraphs = docstring.trim().split(/\n\s*\n/);
  const [tries = "", ...more] = paragraphs[0]?.split("\n") ?? [];
  if (paragraphs.length < 2 || more.length > 0 || !/\S\.$/.test(tries)) {
    throw wrong("it needs a first line that ends in a full stop, and then fields");
  }
  const fields = new Map<string, string>();
  for (const line of paragraphs.at(-1)?.split("\n") ?? []) {
    const [, field = "", value = ""] = /^([a-z-]+): +(\S.*)$/.exec(line.trimEnd()) ?? [];
    if (!FIELDS.includes(field)) throw wrong(`"${line}" is no field`);
    if (fields.has(field)) throw wrong(`it has the field ${field} twice`);
    fields.set(field, value);
  }
  const agent = fields.get("agent");
  if (agent !== undefined && agent !== "yes") throw wrong(`agent: ${agent}`);
  if (fields.has("process-where") && !fields.has("process")) throw wrong("where, but not why");
  return {
    name,
    family: name.split("/")[0] ?? "",
    source,
    tries,
    tasks: wordsOf(fields.get("task"), TASK_NAMES, wrong),
    agent: agent === "yes",
    harmful: fields.get("harmful") ?? null,
    slow: fields.get("slow") ?? null,
    process: fields.get("process") ?? null,
    processWhere: fields.has("process-where")
      ? wordsOf(fields.get("process-where"), WHERE, wrong)
      : [],
  };
}

function wordsOf<T extends string>(
  text: string | undefined,
  known: readonly T[],
  wrong: (why: string) => Error,
): readonly T[] {
  if (text === undefined) throw wrong("it names no task");
  return text.split(/[\s,]+/).map((word) => {
    const found = known.find((one) => one === word);
    if (found === undefined) throw wrong(`"${word}" is none of ${known.join(", ")}`);
    return found;
  });
}

/** Whether a cheat is known to earn a pass at level `process`, on this system. */
export function passesAtProcess(cheat: Cheat, landlock: boolean): boolean {
  if (cheat.process === null) return false;
  const root = process.getuid?.() === 0;
  const here: Readonly<Record<Where, boolean>> = {
    linux: process.platform === "linux",
    posix: process.platform !== "win32",
    "ordinary-user": !root,
    root,
    "no-landlock": !landlock,
  };
  return cheat.processWhere.every((where) => here[where]);
}
