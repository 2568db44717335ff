import { UserError } from "../errors.ts";
import { HUMANEVAL } from "./humaneval.ts";

/**
 * Where to download from, in order: the official address and its mirror, both pinned to one commit, or
 * METAI_HUMANEVAL_URL in place of both.
 */
export function archiveAddresses(env: NodeJS.ProcessEnv): readonly string[] {
  const own = env["METAI_HUMANEVAL_URL"]?.trim();
  if (!own) return HUMANEVAL.addresses;
  if (!URL.canParse(own) || !/^https?:$/.test(new URL(own).protocol)) {
    // Not quoted: it may hold a password.
    throw new UserError(
      "METAI_HUMANEVAL_URL is not an http or https address: correct it, or unset it to use the official one.",
    );
  }
  return [own];
}

/** An address fit to print or record: without user, password, query and fragment. */
export function withoutCredentials(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
