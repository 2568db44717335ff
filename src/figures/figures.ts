/** Every figure of metai: records in, the bytes of a PDF out. Nothing here writes a file. */
export { dgmPublishedResults } from "./dgm-published-results.ts";
export { improvementCurve } from "./improvement-curve.ts";
export { metaiMiniProtocol } from "./metai-mini-protocol.ts";
