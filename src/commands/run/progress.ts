import type { OutcomeKind } from "../../core/records.ts";
import type { RunEvent } from "../../loop/events.ts";
import { liveLine } from "../terminal/live-line.ts";
import { colorsFor, isLive, thousands } from "../terminal/style.ts";

export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** Clears what is being redrawn. To be called however the run ends. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  readonly quiet: boolean;
  readonly generations: number;
  /** Children in each generation. */
  readonly candidates: number;
  /** Task ids, in the order of their marks. */
  readonly tasks: readonly string[];
  readonly model: string;
}

const MARKS: Readonly<Record<OutcomeKind, string>> = {
  passed: ".",
  failed: "F",
  timeout: "T",
  crashed: "C",
  limit: "L",
  invalid: "I",
};

/** Tells a run on standard error: one line a step, and on a terminal a line that lives below them. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.quiet) return { onEvent: () => {}, stop: () => {} };
  const { generations, candidates, tasks, model } = options;
  const several = candidates > 1;
  const color = colorsFor(process.stderr);
  const live = isLive(process.stderr) ? liveLine(process.stderr) : null;
  /** What a line begins with; empty for a run that is one agent alone. */
  let label = "";
  let marks: string[] = [];
  let judged = 0;
  let tokens = 0;
  let requestStarted = 0;

  const say = (text: string) => {
    live?.clear();
    console.error(color.dim(label) + text);
  };
  const tokensSoFar = () => (tokens === 0 ? "" : `, ${thousands(tokens)} tokens so far`);
  const seconds = () => Math.round((performance.now() - requestStarted) / 100) / 10;

  const judging = () =>
    several && judged > 0 ? `judging, ${judged} tasks so far` : `judging [${marks.join("")}]`;

  const onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case "generation-started":
        label = generations === 0 ? "" : `generation ${event.generation} of ${generations}  `;
        judged = 0;
        break;
      case "request-started":
        if (event.child > 1) break; // all are asked for at once
        requestStarted = performance.now();
        if (live) {
          live.show(() => `${label}asking ${model}, ${seconds().toFixed(0)} s${tokensSoFar()}`);
        } else if (event.attempt === 1) {
          say(`asking ${model}${several ? ` for ${candidates} children` : ""}${tokensSoFar()}`);
        }
        break;
      case "request-retried": {
        const again = performance.now() + event.delayMs;
        const left = () => `${Math.max(0, (again - performance.now()) / 1000).toFixed(0)} s`;
        const whose = several ? `child ${event.child}, ` : "";
        const of = `${whose}try ${event.attempt} of ${event.maxAttempts}`;
        say(color.yellow(`${event.reason} (${of}); trying again in ${left()}`));
        live?.show(() => `${label}trying again in ${left()}${tokensSoFar()}`);
        break;
      }
      case "answered": {
        const { usage } = event;
        tokens += usage === null ? 0 : usage.promptTokens + usage.completionTokens;
        if (several) break;
        const spent = usage
          ? `, ${thousands(usage.promptTokens)} + ${thousands(usage.completionTokens)} tokens`
          : "";
        say(`answered after ${seconds()} s${spent}`);
        break;
      }
      case "evaluation-started":
        marks = tasks.map(() => " ");
        live?.show(() => `${label}${judging()}${tokensSoFar()}`);
        break;
      case "task-judged":
        judged += event.child === 0 ? 0 : 1;
        marks[tasks.indexOf(event.outcome.task_id)] = MARKS[event.outcome.outcome];
        break;
      case "generation-closed": {
        const { passed, total, decision, accepted } = event.row;
        const outcomes = event.outcomes.map(({ outcome }) => MARKS[outcome]).join("");
        const paint = accepted === true ? color.green : (text: string) => text;
        const decided = generations === 0 ? "" : `${paint(decision)}; standing `;
        say(`${outcomes && `[${outcomes}] `}${decided}${passed}/${total}`);
        break;
      }
      case "held-out-judged": {
        label = "held out  ";
        const { done, of } = event;
        if (live) live.show(() => `scoring held-out tasks ${done} of ${of}`);
        else if (done === 0) console.error(`scoring ${thousands(of)} held-out tasks`);
        break;
      }
    }
  };
  return { onEvent, stop: () => live?.clear() };
}
