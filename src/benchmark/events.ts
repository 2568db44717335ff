/** What happens on the way to a verified copy of HumanEval. */
export type BenchmarkEvent =
  | { readonly type: "download-started"; readonly address: string }
  | { readonly type: "download-failed"; readonly address: string; readonly problem: string }
  | { readonly type: "cache-unusable"; readonly path: string; readonly problem: string }
  | { readonly type: "cache-not-written"; readonly path: string; readonly problem: string }
  | { readonly type: "written" | "restored"; readonly path: string };

/** The event as one line for standard error. */
export function describeBenchmarkEvent(event: BenchmarkEvent): string {
  if (event.type === "download-started") return `Downloading HumanEval from ${event.address}`;
  if (event.type === "download-failed") {
    return `Nothing usable from ${event.address}: ${event.problem}`;
  }
  if (event.type === "cache-unusable") {
    return `Passing over the damaged cache file ${event.path}: ${event.problem}`;
  }
  if (event.type === "cache-not-written") {
    return `The download was not kept in the cache, at ${event.path}: ${event.problem}`;
  }
  return event.type === "written"
    ? `Wrote ${event.path}`
    : `Restored ${event.path}, which was not as it should be`;
}
