/**
 * The evaluator's Python files, which stay under src/. From src/, from what tsc makes of it and from the bundle of the
 * command alike the package's root is two levels up: so only modules at this depth may look for it.
 */
export const SOURCES = new URL("../../src/evaluator/", import.meta.url);
