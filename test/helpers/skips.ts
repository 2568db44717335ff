import type { Reporter, TestModule, Vitest } from "vitest/node";

/**
 * Says aloud what was skipped, so that a machine on which half of the tests cannot run does not look
 * like one on which they pass. With METAI_NO_SKIPS set, a skipped test fails the whole.
 */
export default class SkipsReporter implements Reporter {
  #partial = false;

  onInit({ config }: Vitest): void {
    this.#partial = config.testNamePattern !== undefined; // what -t leaves out was not skipped
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#partial) return;
    const skipped = modules.flatMap((module) => [...module.children.allTests("skipped")]);
    for (const test of skipped) {
      const result = test.result();
      const note = result.state === "skipped" && result.note ? `: ${result.note}` : "";
      console.error(`SKIPPED ${test.module.relativeModuleId} > ${test.fullName}${note}`);
    }
    if (skipped.length > 0 && process.env["METAI_NO_SKIPS"]) {
      console.error(`METAI_NO_SKIPS is set, and ${skipped.length} tests were skipped.`);
      process.exitCode = 1;
    }
  }
}
