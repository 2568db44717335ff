import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";

import { createProgram } from "../src/commands/program.ts";
import { resolveDemo } from "../src/config/demo.ts";
import { resolvePlan } from "../src/config/plan.ts";
import {
  type Environment,
  resolveBenchmark,
  resolveChoice,
  resolveEvaluate,
  resolveModel,
  resolveSelfImprove,
} from "../src/config.ts";

/** What a command line and an environment come to: the object that a command works from. */
async function resolved(argv: readonly string[], env: Environment = {}): Promise<object> {
  let result: object | undefined;
  const parsed = async (options: object) => void (result = options);
  const program = createProgram("0.0.0", {
    selfImprove: (options) => parsed(resolveSelfImprove(options, env)),
    plan: (options) => parsed(resolvePlan(options, env)),
    evaluate: (samples, options) => parsed(resolveEvaluate(samples, options, env)),
    demo: (options) => parsed(resolveDemo(options, env)),
    analyze: (run, options) => parsed({ run, ...options }),
    verify: (run, options) => parsed({ run, ...options }),
    rebuild: (run, options) => parsed({ run, ...options }),
    replay: (run, options) => parsed({ run, ...options }),
    card: (run, options) => parsed({ run, ...options }),
    dataPull: (options) => parsed({ ...options, resolved: resolveBenchmark(options, env) }),
    dataVerify: (options) => parsed({ ...options, resolved: resolveBenchmark(options, env) }),
    dataShow: (task, options) =>
      parsed({ ...options, task, resolved: resolveChoice(options, env) }),
    doctor: (options) =>
      parsed({
        ...options,
        resolved: { ...resolveBenchmark(options, env), ...resolveModel(options, env) },
      }),
  });
  await program.parseAsync(argv, { from: "user" });
  if (result === undefined) throw new Error(`no command ran for ${argv.join(" ")}`);
  return result;
}

const OPENAI = {
  kind: "openai",
  apiKey: undefined,
  baseUrl: undefined,
  model: "gpt-4.1-mini",
  temperature: undefined,
  maxRetries: 5,
  requestTimeoutSeconds: 300,
};
const SEARCH = { kind: "search", seed: 1, policy: "adaptive" };
const EVALUATOR = { python: undefined, sandbox: "auto", timeout: 3, workers: undefined };
const BENCHMARK = { dataDir: "data", path: undefined, env: {} };
const HUMANEVAL = { kind: "humaneval", ...BENCHMARK };
const DATA = { data: "data", resolved: BENCHMARK };

const PRICE = {
  inputPerMillion: 0.5,
  outputPerMillion: 2,
  source: "--price-input and --price-output",
};
const priced = (fields: object) => ({
  spending: { price: { ...PRICE, ...fields }, limits: LIMITS },
});
const LIMITS = { maxTokens: null, maxCost: null, maxMinutes: null };
const UNLIMITED = { price: null, limits: LIMITS };
const limited = (limits: object) => ({
  spending: { price: null, limits: { ...LIMITS, ...limits } },
});

const DEMO_RUN = {
  generations: 5,
  candidates: 8,
  earlyStop: true,
  ties: "parent",
  control: null,
  spending: UNLIMITED,
  heldOut: "all",
  proposer: SEARCH,
  evaluator: EVALUATOR,
  results: "results/demo",
  quiet: false,
};
const DEMO = {
  benchmark: HUMANEVAL,
  orFresh: true,
  run: DEMO_RUN,
  resetResults: true,
  json: false,
};

/** Each command without options, in an empty environment. */
const DEFAULTS: Readonly<Record<string, object>> = {
  "self-improve": {
    generations: 5,
    earlyStop: true,
    proposer: OPENAI,
    candidates: 1,
    ties: "parent",
    control: null,
    replicates: null,
    heldOut: "all",
    evaluator: EVALUATOR,
    benchmark: HUMANEVAL,
    results: "results",
    earlierRun: "refuse",
    preregister: null,
    spending: UNLIMITED,
    quiet: false,
    json: false,
  },
  plan: {
    runs: 1,
    generations: 5,
    candidates: 1,
    proposer: OPENAI,
    benchmark: HUMANEVAL,
    heldOut: "all",
    price: null,
    maxTokens: null,
    maxCost: null,
    json: false,
  },
  "evaluate s.jsonl": {
    samples: "s.jsonl",
    k: [1, 10, 100],
    benchmark: HUMANEVAL,
    evaluator: EVALUATOR,
    output: undefined,
    restart: false,
    table: false,
    quiet: false,
    json: false,
  },
  demo: DEMO,
  analyze: { run: "results", figures: "figures" },
  "verify r": { run: "r", data: "data", sandbox: "auto" },
  rebuild: { run: "results" },
  "card r": { run: "r" },
  "replay r --results n": { run: "r", results: "n", sandbox: "auto", data: "data" },
  "data pull": DATA,
  "data verify": DATA,
  "data show": { data: "data", task: undefined, resolved: HUMANEVAL },
  doctor: {
    data: "data",
    results: "results",
    sandbox: "auto",
    resolved: { ...BENCHMARK, apiKey: undefined, baseUrl: undefined, model: "gpt-4.1-mini" },
  },
};

type Row = readonly [options: string, changes: object];

const dataRows = (command: string, resolved: object = BENCHMARK): Row[] => [
  [`${command} --data d`, { data: "d", resolved: { ...resolved, dataDir: "d" } }],
  [`${command} --humaneval h.gz`, { humaneval: "h.gz", resolved: { ...resolved, path: "h.gz" } }],
  [`${command} --json`, { json: true }],
];

const openaiRow = (options: string, changes: object): Row => [
  `self-improve ${options}`,
  { proposer: { ...OPENAI, ...changes } },
];

const evaluatorRow = (options: string, changes: object): Row => [
  `self-improve ${options}`,
  { evaluator: { ...EVALUATOR, ...changes } },
];

const demoRow = (options: string, changes: object, others: object = {}): Row => [
  `demo ${options}`,
  { ...others, run: { ...DEMO_RUN, ...changes } },
];

const doctorModel = (changes: object) => ({
  ...BENCHMARK,
  apiKey: undefined,
  baseUrl: undefined,
  model: "gpt-4.1-mini",
  ...changes,
});

/** Every option of every command, and what it changes of the defaults. */
const TABLE: readonly Row[] = [
  ["self-improve --generations 7", { generations: 7 }],
  ["self-improve --no-early-stop", { earlyStop: false }],
  ["self-improve --mock", { proposer: { kind: "mock" } }],
  ["self-improve --proposer search", { proposer: SEARCH, candidates: 8 }],
  ["self-improve --seed 7 --proposer search", { proposer: { ...SEARCH, seed: 7 }, candidates: 8 }],
  [
    "self-improve --policy fixed --proposer search",
    { proposer: { ...SEARCH, policy: "fixed" }, candidates: 8 },
  ],
  ["self-improve --runs 3", { replicates: { runs: 3, seed: 1 } }],
  ["self-improve --candidates 64", { candidates: 64 }],
  ["self-improve --ties smaller", { ties: "smaller" }],
  ["self-improve --control no-selection", { control: "no-selection" }],
  ["self-improve --held-out 20", { heldOut: 20 }],
  openaiRow("--model m", { model: "m" }),
  openaiRow("--base-url http://b/v1", { baseUrl: "http://b/v1" }),
  openaiRow("--temperature 0.7", { temperature: 0.7 }),
  openaiRow("--max-retries 0", { maxRetries: 0 }),
  openaiRow("--request-timeout 1.5", { requestTimeoutSeconds: 1.5 }),
  ["self-improve --results r", { results: "r" }],
  ["self-improve --reset-results", { earlierRun: "replace" }],
  ["self-improve --preregister f.json", { preregister: "f.json" }],
  ["self-improve --max-tokens-total 9", limited({ maxTokens: 9 })],
  ["self-improve --max-cost 0.5", limited({ maxCost: 0.5 })],
  ["self-improve --max-minutes 1.5", limited({ maxMinutes: 1.5 })],
  ["self-improve --price-input 1 --price-output 2", priced({ inputPerMillion: 1 })],
  [
    "self-improve --price-output 0 --price-input 3",
    priced({ inputPerMillion: 3, outputPerMillion: 0 }),
  ],
  ["self-improve --resume", { earlierRun: "resume" }],
  ["self-improve --benchmark fresh", { benchmark: { kind: "shipped", name: "fresh" } }],
  ["self-improve --data d", { benchmark: { ...HUMANEVAL, dataDir: "d" } }],
  ["self-improve --humaneval h.gz", { benchmark: { ...HUMANEVAL, path: "h.gz" } }],
  evaluatorRow("--python /p", { python: "/p" }),
  evaluatorRow("--sandbox process", { sandbox: "process" }),
  evaluatorRow("--timeout 1.5", { timeout: 1.5 }),
  evaluatorRow("--workers 4", { workers: 4 }),
  ["self-improve --quiet", { quiet: true }],
  ["self-improve --json", { json: true }],

  ["plan --runs 7", { runs: 7 }],
  ["plan --generations 7", { generations: 7 }],
  ["plan --candidates 4", { candidates: 4 }],
  ["plan --proposer search", { proposer: SEARCH, candidates: 8 }],
  ["plan --mock", { proposer: { kind: "mock" } }],
  ["plan --model m", { proposer: { ...OPENAI, model: "m" } }],
  ["plan --base-url http://b/v1", { proposer: { ...OPENAI, baseUrl: "http://b/v1" } }],
  ["plan --price-input 0.5 --price-output 2", { price: PRICE }],
  ["plan --price-output 2 --price-input 0.5", { price: PRICE }],
  ["plan --max-tokens-total 20000", { maxTokens: 20_000 }],
  ["plan --max-cost 1.5", { maxCost: 1.5 }],
  ["plan --held-out 20", { heldOut: 20 }],
  ["plan --benchmark fresh", { benchmark: { kind: "shipped", name: "fresh" } }],
  ["plan --data d", { benchmark: { ...HUMANEVAL, dataDir: "d" } }],
  ["plan --humaneval h.gz", { benchmark: { ...HUMANEVAL, path: "h.gz" } }],
  ["plan --json", { json: true }],

  ["evaluate s.jsonl --k 5,1,5", { k: [1, 5] }],
  ["evaluate s.jsonl --benchmark fresh", { benchmark: { kind: "shipped", name: "fresh" } }],
  ["evaluate s.jsonl --problem-file p.jsonl", { benchmark: { kind: "file", path: "p.jsonl" } }],
  ["evaluate s.jsonl --problem_file p.jsonl", { benchmark: { kind: "file", path: "p.jsonl" } }],
  ["evaluate s.jsonl --n_workers 4", { evaluator: { ...EVALUATOR, workers: 4 } }],
  ["evaluate s.jsonl --output o.jsonl", { output: "o.jsonl" }],
  ["evaluate s.jsonl --restart", { restart: true }],
  ["evaluate s.jsonl --table", { table: true }],
  ["evaluate s.jsonl --data d", { benchmark: { ...HUMANEVAL, dataDir: "d" } }],
  ["evaluate s.jsonl --humaneval h.gz", { benchmark: { ...HUMANEVAL, path: "h.gz" } }],
  ["evaluate s.jsonl --python /p", { evaluator: { ...EVALUATOR, python: "/p" } }],
  ["evaluate s.jsonl --sandbox process", { evaluator: { ...EVALUATOR, sandbox: "process" } }],
  ["evaluate s.jsonl --timeout 1.5", { evaluator: { ...EVALUATOR, timeout: 1.5 } }],
  ["evaluate s.jsonl --workers 4", { evaluator: { ...EVALUATOR, workers: 4 } }],
  ["evaluate s.jsonl --quiet", { quiet: true }],
  ["evaluate s.jsonl --json", { json: true }],

  demoRow("--seed 7", { proposer: { ...SEARCH, seed: 7 } }),
  demoRow("--held-out 20", { heldOut: 20 }),
  demoRow("--results r", { results: "r" }, { resetResults: false }),
  demoRow("--reset-results --results r", { results: "r" }),
  ["demo --benchmark fresh", { benchmark: { kind: "shipped", name: "fresh" }, orFresh: false }],
  ["demo --data d", { benchmark: { ...HUMANEVAL, dataDir: "d" } }],
  ["demo --humaneval h.gz", { benchmark: { ...HUMANEVAL, path: "h.gz" } }],
  demoRow("--python /p", { evaluator: { ...EVALUATOR, python: "/p" } }),
  demoRow("--sandbox process", { evaluator: { ...EVALUATOR, sandbox: "process" } }),
  demoRow("--timeout 1.5", { evaluator: { ...EVALUATOR, timeout: 1.5 } }),
  demoRow("--workers 4", { evaluator: { ...EVALUATOR, workers: 4 } }),
  demoRow("--quiet", { quiet: true }),
  ["demo --json", { json: true }],

  ["analyze --results r", { run: "r" }],
  ["analyze --figures f", { figures: "f" }],
  ["analyze --allow-mock", { allowMock: true }],
  ["analyze --paper-figures", { paperFigures: true }],
  ["analyze --skip-curve", { skipCurve: true }],

  [`verify r --head ${"AB".repeat(32)}`, { head: "ab".repeat(32) }],
  ["verify r --data d", { data: "d" }],
  ["verify r --humaneval h.gz", { humaneval: "h.gz" }],
  ["verify r --benchmark b.jsonl", { benchmark: "b.jsonl" }],
  ["verify r --python /p", { python: "/p" }],
  ["verify r --sandbox process", { sandbox: "process" }],
  ["verify r --timeout 1.5", { timeout: 1.5 }],
  ["verify r --workers 4", { workers: 4 }],
  ["verify r --quiet", { quiet: true }],
  ["verify r --json", { json: true }],

  ["rebuild --results r", { run: "r" }],
  ["rebuild --allow-mock", { allowMock: true }],

  ["replay r --results m", { results: "m" }],
  ...(
    [
      ["--reset-results", { resetResults: true }],
      ["--python /p", { python: "/p" }],
      ["--sandbox process", { sandbox: "process" }],
      ["--workers 4", { workers: 4 }],
      ["--data d", { data: "d" }],
      ["--humaneval h.gz", { humaneval: "h.gz" }],
      ["--benchmark fresh", { benchmark: "fresh" }],
      ["--quiet", { quiet: true }],
      ["--json", { json: true }],
    ] as const
  ).map(([options, changes]): Row => [`replay r ${options} --results n`, changes]),
  ["card r --output f.md", { output: "f.md" }],

  ...dataRows("data pull"),
  ["data pull --force", { force: true }],
  ...dataRows("data verify"),
  ...dataRows("data show", HUMANEVAL),
  [
    "data show --benchmark fresh",
    { benchmark: "fresh", resolved: { kind: "shipped", name: "fresh" } },
  ],
  ["data show --test", { test: true }],
  ["data show HumanEval/3", { task: "HumanEval/3" }],

  ["doctor --model m", { model: "m", resolved: doctorModel({ model: "m" }) }],
  [
    "doctor --base-url http://b/v1",
    { baseUrl: "http://b/v1", resolved: doctorModel({ baseUrl: "http://b/v1" }) },
  ],
  ["doctor --results r", { results: "r" }],
  ["doctor --cheats", { cheats: true }],
  ["doctor --python /p", { python: "/p" }],
  ["doctor --sandbox bubblewrap", { sandbox: "bubblewrap" }],
  ["doctor --data d", { data: "d", resolved: doctorModel({ dataDir: "d" }) }],
  ["doctor --humaneval h.gz", { humaneval: "h.gz", resolved: doctorModel({ path: "h.gz" }) }],
  ["doctor --json", { json: true }],
];

test.for(Object.entries(DEFAULTS))("metai %s has these defaults", async ([command, expected]) => {
  expect(await resolved(command.split(" "))).toEqual(expected);
});

test.for(TABLE)("metai %s", async ([line, changes]) => {
  const [command] = Object.keys(DEFAULTS).filter((name) =>
    line.startsWith(`${name.split(" --")[0]} `),
  );
  const expected = { ...DEFAULTS[command ?? ""], ...changes };
  expect(await resolved(line.split(" "))).toEqual(expected);
  expect(expected).not.toEqual(DEFAULTS[command ?? ""]);
});

test.for(["analyze", "verify", "rebuild", "card", "replay --results n"])(
  "metai %s reads the run in results, or the one that is named",
  async (command) => {
    const [verb = "", ...options] = command.split(" ");
    expect(await resolved([verb, ...options])).toMatchObject({ run: "results" });
    expect(await resolved([verb, "r", ...options])).toMatchObject({ run: "r" });
    await expect(resolved([verb, "", ...options])).rejects.toThrow(/./);
  },
);

test("the table has every option of every command", () => {
  const program = createProgram("0.0.0", {
    selfImprove: async () => {},
    plan: async () => {},
    evaluate: async () => {},
    demo: async () => {},
    analyze: async () => {},
    verify: async () => {},
    rebuild: async () => {},
    replay: async () => {},
    card: async () => {},
    dataPull: async () => {},
    dataVerify: async () => {},
    dataShow: async () => {},
    doctor: async () => {},
  });
  const tested = TABLE.map(
    ([line]) => /^.*? --[a-z_-]+/.exec(line)?.[0].replace(/ (?:s\.jsonl|r) --/, " --") ?? line,
  );
  expect(optionsOf(program).toSorted()).toEqual(
    tested.filter((line) => line.includes(" --")).toSorted(),
  );
});

/** Every option below a command, each as "self-improve --model". */
function optionsOf(command: CommandUnknownOpts, name = ""): string[] {
  const own = command.options.map((option) => `${name}${option.long}`);
  const below = command.commands.flatMap((verb) => optionsOf(verb, `${name}${verb.name()} `));
  return name === "" ? below : [...own, ...below];
}

describe("what rewrites the agent", () => {
  test.for<[string, object]>([
    ["--proposer mock", { proposer: { kind: "mock" } }],
    ["--mock --proposer mock", { proposer: { kind: "mock" } }],
    ["--proposer openai", { proposer: OPENAI }],
    ["--proposer search --candidates 2", { proposer: SEARCH, candidates: 2 }],
    ["--held-out none", { heldOut: 0 }],
    [
      "--control same --proposer search",
      {
        proposer: { kind: "null", inPlaceOf: "search", control: "same" },
        control: "same",
        candidates: 8,
      },
    ],
    [
      "--control random-edit --seed 3",
      {
        proposer: { kind: "null", inPlaceOf: "openai", control: "random-edit", seed: 3 },
        control: "random-edit",
      },
    ],
    [
      "--proposer search --seed 4 --runs 3",
      {
        proposer: { ...SEARCH, seed: 4 },
        candidates: 8,
        replicates: { runs: 3, seed: 4 },
      },
    ],
    [
      "--mock --seed 4 --runs 99",
      { proposer: { kind: "mock" }, replicates: { runs: 99, seed: 4 } },
    ],
  ])("%s", async ([options, changes]) => {
    const expected = { ...DEFAULTS["self-improve"], ...changes };
    expect(await resolved(["self-improve", ...options.split(" ")])).toEqual(expected);
  });

  test.for<[string, RegExp]>([
    ["--mock --proposer search", /^--mock is short for --proposer mock/],
    ["--mock --seed 2", /^--seed cannot be used with --proposer mock/],
    ["--seed 2", /^--seed cannot be used with --proposer openai/],
    [`--seed ${Number.MAX_SAFE_INTEGER} --runs 2`, /^--seed \d+: the seeds of 2 runs/],
    ["--runs 2 --policy fixed", /^--policy cannot be used with --proposer openai/],
    ["--policy fixed", /^--policy cannot be used with --proposer openai/],
    ["--proposer search --model m", /^--model cannot be used with --proposer search/],
    ["--proposer search --control same --seed 1", /^--seed cannot .* --control same/],
    ["--control random-edit --max-retries 1", /^--max-retries cannot .* --control random-edit/],
  ])("%s is refused: it would do nothing", async ([options, message]) => {
    await expect(resolved(["self-improve", ...options.split(" ")])).rejects.toThrow(message);
  });
});

test.for(["--price-input 1", "--price-output 1"])("%s alone is no price", async (options) => {
  await expect(resolved(["plan", ...options.split(" ")])).rejects.toThrow(/a price has both/);
});

test("a price is refused where no model is asked", async () => {
  const argv = ["plan", "--mock", "--price-input", "1", "--price-output", "1"];
  await expect(resolved(argv)).rejects.toThrow(/cannot be used with --proposer mock/);
});

describe("--benchmark", () => {
  test.for([
    ["humaneval", HUMANEVAL],
    ["fresh", { kind: "shipped", name: "fresh" }],
    ["Fresh", { kind: "shipped", name: "fresh" }],
    ["practice", { kind: "shipped", name: "practice" }],
    ["mine.jsonl", { kind: "file", path: "mine.jsonl" }],
    ["./fresh", { kind: "file", path: "./fresh" }],
  ] as const)("%s", async ([name, benchmark]) => {
    expect(await resolved(["self-improve", "--benchmark", name])).toMatchObject({ benchmark });
  });

  test("refuses a copy of HumanEval where another benchmark is asked for", async () => {
    const argv = ["self-improve", "--benchmark", "fresh", "--humaneval", "h.gz"];
    await expect(resolved(argv)).rejects.toThrow(/--humaneval has no part in --benchmark fresh/);
  });
});

describe("the environment", () => {
  const KEY = "sk-1234567890";
  const given = {
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: "http://e/v1",
    OPENAI_MODEL: "from-environment",
    METAI_HUMANEVAL: "e.gz",
  };

  test("gives what no option gives", async () => {
    const expected = { apiKey: KEY, baseUrl: "http://e/v1", model: "from-environment" };
    expect(await resolved(["self-improve"], given)).toMatchObject({
      proposer: { kind: "openai", ...expected },
      benchmark: { path: undefined, env: given },
    });
    expect(await resolved(["doctor"], given)).toMatchObject({ resolved: expected });
  });

  test("gives way to an option", async () => {
    const argv = ["self-improve", "--model", "m", "--base-url", "http://o/v1"];
    expect(await resolved(argv, given)).toMatchObject({
      proposer: { apiKey: KEY, baseUrl: "http://o/v1", model: "m" },
    });
  });

  test("that is empty is as none", async () => {
    const empty = { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", OPENAI_MODEL: "" };
    expect(await resolved(["self-improve"], empty)).toMatchObject({ proposer: OPENAI });
  });

  test("has no part in a mock run", async () => {
    expect(await resolved(["self-improve", "--mock"], given)).toMatchObject({
      proposer: { kind: "mock" },
    });
  });
});
