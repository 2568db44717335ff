import { basename } from "node:path";

/** Where a verified copy of HumanEval came from. Paths are as given; addresses hold no credentials. */
export type Source =
  | { readonly kind: "path" | "data-folder" | "cache"; readonly path: string }
  | { readonly kind: "download"; readonly address: string };

const PLACES = {
  path: "--humaneval or METAI_HUMANEVAL",
  "data-folder": "data folder",
  cache: "cache",
} as const;

/** The source in words for the person at the terminal. */
export function describeSource(source: Source): string {
  if (source.kind === "download") return source.address;
  return `${source.path} (${PLACES[source.kind]})`;
}

/** The source for a file that others will read: no folder of this user's. */
export function sourceOnRecord(source: Source): string {
  if (source.kind === "download") return source.address;
  return source.kind === "path" ? `${PLACES.path}: ${basename(source.path)}` : PLACES[source.kind];
}
