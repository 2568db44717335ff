import { CHARACTERS_PER_TOKEN, GROWN_AGENT_TOKENS } from "../../core/estimate.ts";
import { oneLine } from "../../core/one-line.ts";
import { dollars } from "../../core/price.ts";
import type { Fit, PlanReport, SmallestGain } from "./report.ts";
import { alignColumns, colorsFor, thousands, WIDTH, wrap } from "../terminal/style.ts";

const LABEL = 13;

export function printPlan(report: PlanReport): void {
  const color = colorsFor(process.stdout);
  const sections = [
    [color.bold("What it takes"), ...rows(report)],
    ...(report.model === null ? [] : [inLines(ESTIMATE).map(color.dim)]),
    [color.bold("What it can tell"), ...inLines(oneRun(report)), "", ...inLines(POWER)],
    gains(report.smallest_gains, (line) => color.bold(line), report.runs),
    inLines(assumptions(report)).map(color.dim),
  ];
  console.log(sections.map((lines) => lines.join("\n")).join("\n\n"));
}

const ESTIMATE =
  `How the tokens were guessed: ${CHARACTERS_PER_TOKEN} characters a token (OpenAI's rule of thumb), all requests made, none tried again. ` +
  "Low: every prompt is the first one, and every answer is as long as the seed agent. " +
  `High: from the first answer on the agent has ${thousands(GROWN_AGENT_TOKENS)} tokens, in answers and prompts. ` +
  "A model that thinks first is billed for that too, which neither holds.";

const POWER =
  "The smallest true gain in pass rate, over a start that is known, that is found with a chance of 80 % by the exact two-sided binomial test at 5 %, in points of 100:";

function assumptions({ smallest_gains }: PlanReport): string {
  const none = smallest_gains.some(({ gain }) => gain === null)
    ? " A dash: not even a gain up to 100 % would be found."
    : "";
  return (
    "Over a start of 0 % a single pass tells, so that column asks only whether there is one." +
    `${none} Tasks and runs count as independent; the runs share their tasks, so the truth is rather worse.`
  );
}

function rows(report: PlanReport): string[] {
  const { model } = report;
  const asked =
    model === null
      ? []
      : [
          ...row("Model", `${oneLine(model.name, 60)} at ${model.base_url}`),
          ...row("Requests", requests(report)),
          ...row("Tokens", tokens(report)),
          ...row("Cost", cost(report)),
        ];
  return [
    ...(model === null ? row("Requests", "none: this proposer asks no model") : asked),
    ...row("Evaluations", evaluations(report)),
    ...report.budget.flatMap((fit) => row("Budget", inWords(fit))),
  ];
}

function row(label: string, text: string): string[] {
  const lines = wrap(text, WIDTH - LABEL);
  return lines.map((line, index) => (index === 0 ? label : "").padEnd(LABEL) + line);
}

function requests({ runs, generations, candidates, requests }: PlanReport): string {
  const product = [
    counted(runs, "run"),
    counted(generations, "generation"),
    counted(candidates, "candidate"),
  ].join(" × ");
  return `at most ${thousands(requests)} (${product}), retries aside; a perfect score ends a run early`;
}

function tokens({ tokens: { low, high } }: PlanReport): string {
  return (
    `some ${range(low.total, high.total)} (prompts ${range(low.prompt, high.prompt)}, ` +
    `answers ${range(low.completion, high.completion)})`
  );
}

/** A guess has no more than two digits that say anything. */
function range(...ends: [low: number, high: number]): string {
  return ends.map((end) => thousands(Number(end.toPrecision(2)))).join(" to ");
}

function cost({ cost, price }: PlanReport): string {
  if (cost === null || price === null) {
    return "not known: no price of this model at this server is. Give --price-input and --price-output, in dollars a million tokens";
  }
  return (
    `${dollars(cost.low)} to ${dollars(cost.high)}, at ${dollars(price.input)} a million tokens of prompt ` +
    `and ${dollars(price.output)} of answer (${price.source})`
  );
}

function evaluations({ evaluations }: PlanReport): string {
  const { agents, tasks, held_out_agents, held_out_tasks, total } = evaluations;
  const heldOut =
    held_out_agents === 0
      ? ""
      : `, then ${held_out_agents} on ${counted(held_out_tasks, "task")} held out`;
  return `at most ${thousands(total)}: ${counted(agents, "agent")} on ${counted(tasks, "task")}${heldOut}`;
}

function inWords({ of, limit, fits }: Fit): string {
  const budget = of === "tokens" ? `${thousands(limit)} tokens` : dollars(limit);
  if (fits === null) return `${budget}: cannot be kept where no price is known`;
  const verdict = {
    yes: "the high guess stays within it",
    perhaps: "the low guess stays within it, the high one does not",
    no: "not even the low guess stays within it: the runs would end before their time",
  };
  return `${budget}: ${verdict[fits]}`;
}

function oneRun({ one_run: { passed, total, interval } }: PlanReport): string {
  const [low, high] = interval.map((rate) => (rate * 100).toFixed(1));
  return `One agent that passes ${passed} of ${total} has a pass rate of ${low} to ${high} % (95 % Wilson interval).`;
}

function gains(
  all: readonly SmallestGain[],
  mark: (line: string) => string,
  planned: number,
): string[] {
  const counts = [...new Set(all.map(({ runs }) => runs))];
  const columns = all.filter(({ runs }) => runs === counts[0]);
  const heads = columns.map(({ on, tasks, from }) => {
    const set = on === "selection" ? counted(tasks, "task") : `${tasks} held out`;
    return `${set}, from ${from * 100} %`;
  });
  const [header = "", ...lines] = alignColumns([
    ["runs", ...heads],
    ...counts.map((count) => [
      String(count),
      ...all.filter(({ runs }) => runs === count).map(({ gain }) => points(gain)),
    ]),
  ]);
  return [header, ...lines.map((line, index) => (counts[index] === planned ? mark(line) : line))];
}

function points(gain: number | null): string {
  return gain === null ? "–" : (gain * 100).toFixed(1);
}

function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function inLines(text: string): string[] {
  return wrap(text, WIDTH);
}
