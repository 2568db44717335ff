import type { DoctorOptions } from "../../config.ts";
import { UserError } from "../../errors.ts";
import { type Cheat, readCatalogue } from "../../evaluator/cheats/catalogue.ts";
import { type CheatResult, failedControls, isSafe, runCheats } from "../../evaluator/cheats/run.ts";
import { type RunningEvaluator, startEvaluator } from "../../evaluator/evaluator.ts";
import { type CheatsReport, cheatsReport, cheatTable, remarks } from "./cheats-report.ts";
import { liveLine } from "../terminal/live-line.ts";
import { colorsFor, isLive, wrap } from "../terminal/style.ts";

/** For a task, in seconds: many cheats wait until it has passed. Where every suspect is a new interpreter, longer. */
const TIMEOUT_SECONDS = process.platform === "win32" ? 3 : 1;
/** Without a terminal, and at most. */
const WIDTH = { default: 100, most: 120 };

/** Runs the catalogue at the level that a run would have, and says so on standard error. */
export async function checkCheats(
  { python, sandbox }: DoctorOptions,
  signal: AbortSignal,
): Promise<CheatsReport> {
  const { cheats, official } = await readCatalogue();
  const options = { python, sandbox, timeout: TIMEOUT_SECONDS };
  const evaluator = await startEvaluator(options);
  try {
    const single = await startEvaluator({ ...options, workers: 1 });
    try {
      const safe = cheats.filter((cheat) => isSafe(cheat, evaluator.sandbox));
      const leftOut = cheats.filter((cheat) => !isSafe(cheat, evaluator.sandbox));
      const results = await runShown(safe, { evaluator, single, signal });
      await requireControls(evaluator, signal); // afterwards, lest a cheat finds these secrets
      return cheatsReport({ sandbox: evaluator.sandbox, results, leftOut, official });
    } finally {
      await single.close();
    }
  } finally {
    await evaluator.close();
  }
}

async function requireControls(evaluator: RunningEvaluator, signal: AbortSignal): Promise<void> {
  const failed = await failedControls(evaluator, signal);
  if (failed.length === 0) return;
  throw new UserError(
    `The right answer to a cheat's task does not pass here (${failed.join(", ")}), so that cheats show nothing: ` +
      `is this machine very busy?`,
  );
}

async function runShown(
  cheats: readonly Cheat[],
  parts: Pick<Parameters<typeof runCheats>[1], "evaluator" | "single" | "signal">,
): Promise<CheatResult[]> {
  const { sandbox } = parts.evaluator;
  const live = isLive(process.stderr) ? liveLine(process.stderr) : null;
  let done = 0;
  let earned = 0;
  if (live) live.show(() => `cheats  ${done} of ${cheats.length}, ${earned} earned a pass`);
  else console.error(`Running ${cheats.length} cheats at sandbox level ${sandbox}.`);
  try {
    return await runCheats(cheats, {
      ...parts,
      onResult: (result) => {
        done++;
        if (result.earned) earned++;
      },
    });
  } finally {
    live?.clear();
  }
}

/** The table by family, then what it comes to. */
export function printCheats(report: CheatsReport): void {
  const color = colorsFor(process.stdout);
  const columns = process.stdout.columns || WIDTH.default;
  const width = Math.min(columns, WIDTH.most);
  const paint = {
    title: color.dim,
    family: color.bold,
    breach: color.red,
    expected: color.yellow,
    stopped: color.green,
    plain: (text: string) => text,
  };
  console.log();
  for (const line of cheatTable(report, width)) {
    console.log(line.map(({ text, as }) => paint[as](text)).join(""));
  }
  for (const remark of remarks(report)) {
    console.log();
    for (const line of wrap(remark.text, width)) console.log(paint[remark.as](line));
    for (const item of remark.items ?? []) {
      const [first = "", ...rest] = wrap(item, width - 4);
      console.log([`  ${first}`, ...rest.map((line) => `    ${line}`)].join("\n"));
    }
  }
}

/** Throws (exit 1) if a cheat earned a pass that this level should have stopped. */
export function refuseBreaches({ results }: CheatsReport): void {
  const names = results.filter(({ earned, expected }) => earned && !expected);
  if (names.length === 0) return;
  const which = names.map(({ name }) => name).join(", ");
  throw new UserError(
    `No score of this machine can be trusted: ${which} earned a pass. Please report it, with this output.`,
    { kind: "refused" },
  );
}
