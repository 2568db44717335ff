import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { Registration } from "../../core/registration.ts";
import { messageOf, UserError } from "../../errors.ts";

/** A file that is registered before a run, as it is. */
export interface RegisteredFile {
  readonly name: string;
  readonly text: string;
}

/** Throws a UserError where the file is no configuration that a run could be held to. */
export async function readRegistration(path: string): Promise<RegisteredFile> {
  const text = new TextDecoder().decode(await readFile(path));
  parseRegistration(path, text);
  return { name: basename(path), text };
}

/** The configuration in the text of such a file. Throws a UserError that names the field where it is none. */
export function parseRegistration(name: string, text: string): Registration {
  const parsed = Registration.safeParse(parseJson(name, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.length ? `${issue.path.join(".")}: ` : "";
  throw new UserError(
    `${name} is no configuration to register (${field}${issue?.message}): ` +
      `it may hold any part of a run's manifest.json, and a note.`,
  );
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${name} is no JSON: ${messageOf(error)}.`, { cause: error });
  }
}
