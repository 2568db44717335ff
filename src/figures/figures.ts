/** Every figure of metai: records in, the bytes of a PDF out. Nothing here writes a file. */
export { dgmPublishedResults } from "./dgm-published-results.ts";
export { improvementCurve } from "./improvement-curve.ts";
export { replicatesCurve } from "./replicates-curve.ts";
export type { CurveOptions } from "./curve-facts.ts";
export type { ReplicateRun, ReplicatesOptions } from "./replicates-facts.ts";
export type { RunEnd } from "./run-end.ts";
export { metaiMiniProtocol } from "./metai-mini-protocol.ts";
