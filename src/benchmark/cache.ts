import { join, resolve } from "node:path";

import envPaths from "env-paths";

import { ARCHIVE_NAME } from "./humaneval.ts";

/** The archive's place in the user's cache folder, or in METAI_CACHE. */
export function cachedArchive(env: NodeJS.ProcessEnv, cacheDir?: string): string {
  const folder =
    cacheDir ?? (env["METAI_CACHE"]?.trim() || envPaths("metai", { suffix: "" }).cache);
  return join(resolve(folder), ARCHIVE_NAME);
}
