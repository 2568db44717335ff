/** All that is timed: `npm run bench`, and `npm run bench -- --official PATH` beside the official harness. */
await import("./start-up.mjs");
console.log();
await import("./evaluator.mjs");
console.log();
await import("./candidate.mjs");
