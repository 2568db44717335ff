import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = process.env["METAI_TEST_RESULTS"];

const slow = [
  "test/agreement.test.ts",
  "test/cli/api-failures.test.ts",
  "test/cli/budget.test.ts",
  "test/cli/cheats.test.ts",
  "test/cli/demo.test.ts",
  "test/cli/evaluate-stopped.test.ts",
  "test/cli/interrupt.test.ts",
  "test/cli/mutations.test.ts",
  "test/cli/replay.test.ts",
  "test/cli/replicates.test.ts",
  "test/cli/resume-killed.test.ts",
  "test/cli/resume.test.ts",
  "test/cli/search-run.test.ts",
  "test/cli/verify-parts.test.ts",
  "test/cli/verify.test.ts",
  "test/evaluator/cheats-bubblewrap.test.ts",
  "test/evaluator/cheats-process-without-fork.test.ts",
  "test/evaluator/cheats-process.test.ts",
  "test/evaluator/misbehaving-bubblewrap.test.ts",
  "test/evaluator/misbehaving-process-without-fork.test.ts",
  "test/evaluator/misbehaving-process.test.ts",
  "test/evaluator/walls-notes.test.ts",
];

/**
 * Three projects: `main` is what `npm test` runs, in under two minutes; `package` packs and installs, so it
 * needs a package registry; `slow` holds thousands of model samples against the official verdicts, runs
 * every misbehaving program and every cheat, has servers fail in every way, looks for every note that a task could
 * leave, stops and interrupts evaluations and runs again and again, makes whole runs of the keyless search, several
 * runs side by side and replays, and tampers with runs in every way.
 * METAI_TEST_RESULTS names a file for the results as JSON.
 */
export default defineConfig({
  root,
  test: {
    globalSetup: "test/helpers/setup.ts",
    testTimeout: 120_000, // on a machine where a fork takes milliseconds
    hookTimeout: 120_000,
    maxWorkers: "100%", // most tests wait for processes and clocks
    reporters: [
      "default",
      "./test/helpers/skips.ts",
      ...(results === undefined
        ? []
        : [["json", { outputFile: results }] as ["json", { outputFile: string }]]),
    ],
    projects: [
      {
        extends: true,
        test: {
          name: "main",
          include: ["test/**/*.test.ts"],
          exclude: ["test/package.test.ts", ...slow],
        },
      },
      {
        extends: true,
        test: { name: "package", include: ["test/package.test.ts"], testTimeout: 300_000 },
      },
      {
        extends: true,
        test: { name: "slow", include: slow },
      },
    ],
  },
});
