import { CommanderError } from "@commander-js/extra-typings";

import { packageVersion } from "./commands/package-info.ts";
import { createProgram } from "./commands/program.ts";
import { describeSystemError, Interrupted, UserError } from "./errors.ts";

/** Exit codes: 0 done; 1 the answer is no; 2 bad usage, a missing prerequisite or a failure; 130 interrupted. */
const INTERRUPTED = 130;

const controller = new AbortController();

const program = createProgram(packageVersion(), {
  selfImprove: async (options) => {
    const { runSelfImprove } = await import("./commands/self-improve.ts");
    await runSelfImprove(options, controller.signal);
  },
  plan: async (options) => {
    const { runPlan } = await import("./commands/plan.ts");
    await runPlan(options, controller.signal);
  },
  evaluate: async (samples, options) => {
    const { runEvaluate } = await import("./commands/evaluate.ts");
    await runEvaluate(samples, options, controller.signal);
  },
  demo: async (options) => {
    const { runDemo } = await import("./commands/demo.ts");
    await runDemo(options, controller.signal);
  },
  analyze: async (run, options) => {
    const { runAnalyze } = await import("./commands/analyze.ts");
    await runAnalyze(run, options);
  },
  verify: async (run, options) => {
    const { runVerify } = await import("./commands/verify.ts");
    await runVerify(run, options, controller.signal);
  },
  rebuild: async (run, options) => {
    const { runRebuild } = await import("./commands/rebuild.ts");
    await runRebuild(run, options);
  },
  card: async (run, options) => {
    const { runCard } = await import("./commands/card.ts");
    await runCard(run, options);
  },
  replay: async (run, options) => {
    const { runReplay } = await import("./commands/replay.ts");
    await runReplay(run, options, controller.signal);
  },
  dataPull: async (options) => {
    const { dataPull } = await import("./commands/data.ts");
    await dataPull(options, controller.signal);
  },
  dataVerify: async (options) => {
    const { dataVerify } = await import("./commands/data.ts");
    await dataVerify(options);
  },
  dataShow: async (task, options) => {
    const { dataShow } = await import("./commands/data.ts");
    await dataShow(task, options, controller.signal);
  },
  doctor: async (options) => {
    const { runDoctor } = await import("./commands/doctor.ts");
    await runDoctor(options, controller.signal);
  },
});

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED); // asked twice: at once
    controller.abort(new Interrupted());
  });
}
// A reader that has seen enough (metai ... | head) is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

// Nobody reads the progress any more; the run goes on.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has spoken already
  if (error instanceof Interrupted || controller.signal.aborted) {
    say("Interrupted.");
    return INTERRUPTED;
  }
  if (error instanceof UserError) {
    say(error.message);
    return error.kind === "refused" ? 1 : 2;
  }
  say(describeSystemError(error) ?? `A fault of metai's own; please report it:\n${stackOf(error)}`);
  return 2;
}

function say(message: string): void {
  process.stderr.write(message + "\n");
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
