import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { verifyRuns } from "../../src/commands/verify.ts";
import { verdictOf } from "../../src/commands/verify/report.ts";
import type { EventOf } from "../../src/core/journal.ts";
import { humanEvalArchive } from "../helpers/humaneval.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { metai, onlyLine } from "./metai.ts";
import { edit, editLines, first, forge, journalOf, keep } from "./tamper.ts";

const SMALL = ["--generations", "2", "--candidates", "3", "--held-out", "5", "--quiet"];
let cwd: string;

beforeAll(async () => {
  cwd = await createFolder();
  for (const [folder, proposer] of [
    ["mock", "mock"],
    ["search", "search"],
  ] as const) {
    const args = ["self-improve", "--proposer", proposer, ...SMALL, "--results", folder];
    const run = await metai(args, { cwd });
    if (run.code !== 0) throw new Error(run.stderr);
  }
  const drawn = await metai(["analyze", "--allow-mock", "--results", "mock"], { cwd });
  if (drawn.code !== 0) throw new Error(drawn.stderr);
});
afterAll(() => removeFolder(cwd));

/** A copy of a run, to be changed. */
async function copyOf(run: "mock" | "search"): Promise<string> {
  const folder = join(await temporaryFolder(), "run");
  cpSync(join(cwd, run), folder, { recursive: true });
  return folder;
}

/** Everything that a verification in this process finds, a line each, and whether all holds. */
async function findingsIn(folder: string, options: { head?: string; benchmark?: string } = {}) {
  const data = join(cwd, "data");
  const given = { data, humaneval: humanEvalArchive, sandbox: "auto", quiet: true } as const;
  const where = options.benchmark === undefined ? given : { ...given, humaneval: undefined };
  const runs = await verifyRuns(folder, { ...where, ...options }, new AbortController().signal);
  const lines = runs.flatMap(({ checks }) =>
    checks.flatMap(({ check, findings }) =>
      findings.map(({ where, words }) => `${check} ${where}: ${words}`),
    ),
  );
  return { ok: verdictOf(runs).ok, lines };
}

test.for(["mock", "search"] as const)("a %s run verifies, held to its head", async (run) => {
  const head = journalOf(join(cwd, run)).at(-1)?.sha256 ?? "";
  const verified = await metai(["verify", run, "--head", head, "--quiet"], { cwd });
  expect(verified, verified.stdout).toMatchObject({ code: 0, stderr: "" });
  expect(verified.stdout).not.toMatch(/FAILED/);
  expect(verified.stdout).toMatch(/recursive continuation: generation 2 rewrites the agent that/);
  expect(verified.stdout.trimEnd()).toMatch(new RegExp(`Verified: the run, journal head ${head}$`));
  const json = await metai(["verify", run, "--json", "--quiet"], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, runs: [{ head, ended: "completed" }] });
});

test("what does not hold is named, and the exit code is 1", async () => {
  const folder = await copyOf("mock");
  edit(folder, "scores.csv", "3 > 0", "4 > 0");
  const verified = await metai(["verify", folder], { cwd });
  expect(verified.code).toBe(1);
  expect(verified.stdout).toMatch(
    /files +FAILED.*\n +scores\.csv, line 3, decision: accepted: 4 > 0, the journal says accepted: 3 > 0/,
  );
  expect(onlyLine(verified.stderr)).toMatch(/^NOT verified: one thing does not hold, journal head/);
});

test.for([
  ["no folder", "nothing", 2, /no folder/],
  ["a folder without a run", ".", 1, /no journal/],
] as const)("%s is told in one line", async ([, folder, code, words]) => {
  const verified = await metai(["verify", folder], { cwd });
  expect(verified).toMatchObject({ code, stdout: "" });
  expect(onlyLine(verified.stderr)).toMatch(words);
});

type Tampering = readonly [
  name: string,
  run: "mock" | "search",
  tamper: (folder: string) => void | Promise<void>,
  found: RegExp,
];

const JOURNAL = "journal.jsonl";

/** Files are changed, and the journal is not. */
const FILES: readonly Tampering[] = [
  [
    "one digit in scores.csv",
    "mock",
    (folder) => edit(folder, "scores.csv", /(\n1,.*?),3,10,/, "$1,4,10,"),
    /^files scores\.csv, line 3, passed: 4, the journal says 3$/,
  ],
  [
    "a row of scores.csv dropped",
    "mock",
    (folder) => editLines(folder, "scores.csv", (lines) => lines.slice(0, -1)),
    /^files scores\.csv, line 4: /,
  ],
  [
    "a mock row relabelled api in scores.csv",
    "mock",
    (folder) => edit(folder, "scores.csv", "1,mock,", "1,api,"),
    /^files scores\.csv, line 3, run_type: api, the journal says mock$/,
  ],
  [
    "the manifest relabelled api",
    "mock",
    (folder) => edit(folder, "manifest.json", '"run_type": "mock"', '"run_type": "api"'),
    /^files manifest\.json, line \d+: .*"api".*the journal says.*"mock"/,
  ],
  [
    "another head in the manifest",
    "mock",
    (folder) => edit(folder, "manifest.json", /"head_sha256": "\w/, '"head_sha256": "x'),
    /^files manifest\.json, line \d+: /,
  ],
  [
    "a held-out number",
    "search",
    (folder) => edit(folder, "scores.csv", /,\d,5,bubblewrap|,\d,5,process/, ",5,5,process"),
    /^files scores\.csv, line 2, (held_out_passed|sandbox): /,
  ],
  [
    "a timestamp in scores.csv",
    "mock",
    (folder) => edit(folder, "scores.csv", /,20\d\d-/, ",1999-"),
    /^files scores\.csv, line 2, timestamp: 1999/,
  ],
  [
    "a child in candidates.csv",
    "search",
    (folder) => edit(folder, "candidates.csv", "true", "false"),
    /^files candidates\.csv, line \d+, chosen: false, the journal says true$/,
  ],
  [
    "an outcome in task_outcomes.csv",
    "mock",
    (folder) => edit(folder, "task_outcomes.csv", "failed", "passed"),
    /^files task_outcomes\.csv, line 2, outcome: passed, the journal says failed$/,
  ],
  [
    "an outcome in held_out_outcomes.csv",
    "mock",
    (folder) => edit(folder, "held_out_outcomes.csv", "failed", "passed"),
    /^files held_out_outcomes\.csv, line \d+, outcome: passed, the journal says failed$/,
  ],
  [
    "an edited agent",
    "mock",
    (folder) => writeFileSync(join(folder, "agent_gen1.py"), "def solve(p, e):\n    return p\n"),
    /^files agent_gen1\.py, line 1: /,
  ],
  [
    "an agent that the run has not made",
    "mock",
    (folder) => cpSync(join(folder, "agent_gen1.py"), join(folder, "agent_gen3.py")),
    /^files agent_gen3\.py: the journal knows no such file$/,
  ],
  [
    "a transcript that is gone",
    "mock",
    (folder) => rmSync(join(folder, "transcripts", "gen1_child2.jsonl")),
    /^files transcripts\/gen1_child2\.jsonl: it is missing$/,
  ],
  [
    "an edited prompt in a transcript",
    "search",
    (folder) => edit(folder, "transcripts/gen1_child1.jsonl", '"seed":1', '"seed":2'),
    /^files transcripts\/gen1_child1\.jsonl, line 1: /,
  ],
  [
    "the curve of another run",
    "mock",
    (folder) => edit(folder, "improvement_curve.pdf", "%PDF-1.", "%PDF-9."),
    /^curve improvement_curve\.pdf: /,
  ],
  [
    "an edited answer",
    "mock",
    (folder) => {
      const hash = answerOf(folder);
      writeFileSync(join(folder, "objects", hash), "Nothing.\n");
    },
    /^objects objects\/[0-9a-f]{64}: its content has another SHA-256/,
  ],
  [
    "an answer under another name",
    "mock",
    (folder) => {
      keep(folder, "Nothing.\n");
      rmSync(join(folder, "objects", answerOf(folder)));
    },
    /^objects objects\/[0-9a-f]{64}: it is missing: the journal speaks of it$/,
  ],
];

/** The journal itself is changed. */
const JOURNALS: readonly Tampering[] = [
  [
    "a line dropped",
    "mock",
    (folder) => editLines(folder, JOURNAL, (lines) => lines.toSpliced(7, 1)),
    /^journal journal\.jsonl, line 8: its number is 8: one is missing$/,
  ],
  [
    "two lines swapped",
    "mock",
    (folder) =>
      editLines(folder, JOURNAL, (lines) => lines.toSpliced(4, 2, lines[5] ?? "", lines[4] ?? "")),
    /^journal journal\.jsonl, line 5: /,
  ],
  [
    "a reason",
    "mock",
    (folder) => edit(folder, JOURNAL, '"reason":"', '"reason":"no '),
    /^journal journal\.jsonl, line 3: the line before it is not the one it follows$/,
  ],
  [
    "a time",
    "mock",
    (folder) => edit(folder, JOURNAL, /"time":"20/, '"time":"19'),
    /^journal journal\.jsonl, line 2: the line before it/,
  ],
  [
    "the last lines cut off",
    "mock",
    (folder) => editLines(folder, JOURNAL, (lines) => lines.slice(0, -1)),
    /^end journal\.jsonl, its end: the run is not over/,
  ],
  [
    "half a line at the end",
    "mock",
    (folder) => edit(folder, JOURNAL, /\n$/, '\n{"seq":'),
    /^journal journal\.jsonl, line \d+: it is torn/,
  ],
  [
    "a line added",
    "mock",
    (folder) => editLines(folder, JOURNAL, (lines) => [...lines, lines.at(-1) ?? ""]),
    /^journal journal\.jsonl, line \d+: its number is/,
  ],
  [
    "a space",
    "mock",
    (folder) => edit(folder, JOURNAL, /\}\n$/, " }\n"),
    /^journal journal\.jsonl, line \d+: it is not as metai writes it$/,
  ],
  ["all of it", "mock", (folder) => writeFileSync(join(folder, JOURNAL), ""), /^journal .*empty/],
];

/** The whole chain is made again with right hashes, and all files with it. */
const FORGERIES: readonly Tampering[] = [
  [
    "a mock run relabelled api",
    "mock",
    (folder) =>
      forge(folder, (event) =>
        event.type === "run-started"
          ? { ...event, facts: { ...event.facts, run_type: "api" } }
          : event,
      ),
    /^facts journal\.jsonl, line 1: a run of type api asks a server/,
  ],
  [
    "a mock run relabelled api, with a server and a model",
    "mock",
    (folder) =>
      forge(folder, (event) => {
        if (event.type !== "run-started") return event;
        const api = {
          run_type: "api",
          model: "gpt",
          base_url: "https://api.openai.com/v1",
        } as const;
        return { ...event, facts: { ...event.facts, ...api } };
      }),
    /^requests journal\.jsonl, line \d+: it is no request to a server/,
  ],
  [
    "a search relabelled mock",
    "search",
    (folder) =>
      forge(folder, (event) => {
        if (event.type !== "run-started") return event;
        const mock = { run_type: "mock", model: "mock-script" } as const;
        return { ...event, facts: { ...event.facts, ...mock } };
      }),
    /^answers journal\.jsonl, line \d+: the answer is not the one in the transcript$/,
  ],
  [
    "an outcome made a pass, and its counts with it",
    "mock",
    (folder) => forgePass(folder),
    /^evaluation journal\.jsonl, line \d+: HumanEval\/\d: passed in the journal, \w+ now, 6 times/,
  ],
  [
    "a held-out outcome made a pass, and its score with it",
    "mock",
    (folder) => forgeHeldOut(folder),
    /^evaluation journal\.jsonl, line \d+: HumanEval\/\d+: passed in the journal, \w+ now, 6 times/,
  ],
  [
    "a count",
    "mock",
    (folder) =>
      forge(
        folder,
        first(
          "judged",
          ({ child }) => child === 1,
          (event) => ({ ...event, passed: 9 }),
        ),
      ),
    /^decisions journal\.jsonl, line \d+: it says 9 passed, its outcomes show 3$/,
  ],
  [
    "a decision turned round",
    "mock",
    (folder) =>
      forge(
        folder,
        first(
          "decision",
          ({ accepted }) => !accepted,
          (event) => ({ ...event, accepted: true, words: "accepted: 1 > 0" }),
        ),
      ),
    /^decisions journal\.jsonl, line \d+: accepted: true, from the outcomes it is false$/,
  ],
  [
    "another agent that stands",
    "mock",
    (folder) => {
      const seed = journalOf(folder).flatMap(({ event }) =>
        event.type === "candidate" ? [event.agent_sha256 ?? ""] : [],
      )[0];
      return forge(
        folder,
        first(
          "generation-closed",
          ({ generation }) => generation === 1,
          (event) => ({ ...event, agent_sha256: seed ?? "" }),
        ),
      );
    },
    /^decisions journal\.jsonl, line \d+: agent_sha256: /,
  ],
  [
    "a held-out score",
    "mock",
    (folder) =>
      forge(
        folder,
        first(
          "held-out-scored",
          () => true,
          (event) => ({ ...event, passed: 5 }),
        ),
      ),
    /^decisions journal\.jsonl, line \d+: passed: 5, from the outcomes it is 0$/,
  ],
  [
    "a generation renumbered",
    "mock",
    (folder) =>
      forge(folder, (event) =>
        "generation" in event && event.generation === 2 ? { ...event, generation: 3 } : event,
      ),
    /^order journal\.jsonl, line \d+: it is of generation 3, while generation 2 is open$/,
  ],
  [
    "fewer generations than were to be",
    "mock",
    (folder) =>
      forge(folder, (event) => {
        if (event.type !== "run-started") return event;
        const settings = { ...event.facts.settings, generations: 3 };
        return { ...event, facts: { ...event.facts, settings } };
      }),
    /^order journal\.jsonl, line \d+: the held-out tasks are opened before the last generation/,
  ],
  [
    "a child left out",
    "mock",
    (folder) =>
      forge(folder, (event) =>
        "child" in event && event.child === 2 && event.generation === 1 ? null : event,
      ),
    /^order journal\.jsonl, line \d+: 2 of 3 children are judged$/,
  ],
  [
    "a decision before the children are judged",
    "mock",
    (folder) =>
      forge(
        folder,
        first(
          "judged",
          ({ generation }) => generation === 1,
          () => null,
        ),
      ),
    /^order journal\.jsonl, line \d+: 2 of 3 children are judged$/,
  ],
  [
    "an end that was none",
    "mock",
    (folder) =>
      forge(folder, (event) =>
        event.type === "run-ended" ? { ...event, ended: "perfect" } : event,
      ),
    /^order journal\.jsonl, line \d+: the run is perfect, not completed$/,
  ],
  [
    "a hint in the reason that a model is told",
    "mock",
    (folder) =>
      forge(
        folder,
        first(
          "outcome",
          ({ generation }) => generation === 0,
          (event) => ({ ...event, reason: "HINT: return sorted(x)" }),
        ),
      ),
    /^evaluation journal\.jsonl, line \d+: HumanEval\/\d+: the reason is "HINT/,
  ],
  [
    "tokens of a search, which asks no model",
    "search",
    (folder) =>
      forge(
        folder,
        first(
          "response",
          ({ proposal }) => proposal !== null,
          (event) =>
            event.proposal === null
              ? event
              : { ...event, proposal: { ...event.proposal, prompt_tokens: 5 } },
        ),
      ),
    /^answers journal\.jsonl, line \d+: it counts tokens or names a model, where none was asked$/,
  ],
  [
    "an invented answer",
    "mock",
    (folder) => {
      const answer_sha256 = keep(folder, "```python\ndef solve(p, e):\n    return p\n```\n");
      return forge(
        folder,
        first(
          "response",
          () => true,
          (event) =>
            event.proposal === null
              ? event
              : { ...event, proposal: { ...event.proposal, answer_sha256 } },
        ),
      );
    },
    /^answers journal\.jsonl, line \d+: the answer is not the one in the transcript$/,
  ],
  [
    "an agent that is not in its answer, of the child that was chosen",
    "search",
    (folder) => forgeAgent(folder, ({ child }) => child),
    /^answers journal\.jsonl, line \d+: the candidate is not the Python that its answer holds$/,
  ],
  [
    "an agent that is not in its answer, of a child that was not chosen",
    "search",
    (folder) => forgeAgent(folder, ({ child }) => (child === 1 ? 2 : 1)),
    /^answers journal\.jsonl, line \d+: the candidate is not the Python that its answer holds$/,
  ],
  [
    "another seed of the search",
    "search",
    (folder) =>
      forge(folder, (event) => {
        if (event.type !== "run-started") return event;
        const settings = { ...event.facts.settings, seed: 2 };
        return { ...event, facts: { ...event.facts, settings } };
      }),
    /^requests journal\.jsonl, line \d+: its seed is not the run's$/,
  ],
  [
    "other tasks",
    "mock",
    (folder) =>
      forge(folder, (event) =>
        event.type === "run-started"
          ? { ...event, held_out: event.held_out.with(0, "HumanEval/99") }
          : "task_id" in event && event.task_id === "HumanEval/10"
            ? { ...event, task_id: "HumanEval/99" }
            : event,
      ),
    /^benchmark journal\.jsonl, line 1: the tasks that it holds out are not/,
  ],
  [
    "another benchmark's checksum",
    "mock",
    (folder) =>
      forge(folder, (event) => {
        if (event.type !== "run-started") return event;
        const benchmark = { ...event.facts.benchmark, content_sha256: "0".repeat(64) };
        return { ...event, facts: { ...event.facts, benchmark } };
      }),
    /^benchmark journal\.jsonl, line 1: the run was judged on content with the SHA-256 0{64}/,
  ],
];

describe.each([
  ["files", FILES],
  ["journal", JOURNALS],
  ["chain made again", FORGERIES],
])("%s", (_, tamperings) => {
  test.for(tamperings)("%s", async ([, run, tamper, found]) => {
    const folder = await copyOf(run);
    await tamper(folder);
    const { ok, lines } = await findingsIn(folder);
    expect(ok).toBe(false);
    expect(
      lines.filter((line) => found.test(line)),
      lines.join("\n"),
    ).not.toEqual([]);
  });
});

test("a run that was made up as a whole is caught by the head that was published", async () => {
  const folder = await copyOf("mock");
  const head = journalOf(folder).at(-1)?.sha256 ?? "";
  await forge(
    folder,
    first(
      "judged",
      () => true,
      (event) => ({ ...event, duration_ms: 1 }),
    ),
  );
  expect((await findingsIn(folder)).lines).toEqual([]);
  const { lines } = await findingsIn(folder, { head });
  expect(lines).toEqual([expect.stringMatching(/^head journal\.jsonl, its last line: .* not /)]);
});

test("a run is not verified against another benchmark", async () => {
  const { lines } = await findingsIn(join(cwd, "mock"), { benchmark: "fresh" });
  expect(lines).toEqual(
    expect.arrayContaining([expect.stringMatching(/^benchmark .* Fresh here/)]),
  );
});

function answerOf(folder: string): string {
  const answers = journalOf(folder).flatMap(({ event }) =>
    event.type === "response" ? [event.proposal?.answer_sha256 ?? ""] : [],
  );
  return answers[0] ?? "";
}

/** The seed is said to pass one task more, consistently. */
async function forgePass(folder: string): Promise<void> {
  const task = "HumanEval/0";
  await forge(folder, (event) => {
    if (event.type === "outcome" && event.generation === 0 && event.task_id === task) {
      return { ...event, outcome: "passed", reason: "" };
    }
    if (event.type === "judged" && event.generation === 0) return { ...event, passed: 1 };
    if (event.type === "generation-closed" && event.generation === 0)
      return { ...event, passed: 1 };
    if (event.type === "decision" && event.parent_generation === 0) {
      return { ...event, parent_passed: 1, words: event.words.replace("3 > 0", "3 > 1") };
    }
    return event;
  });
}

/** The seed is said to pass a held-out task, consistently. */
async function forgeHeldOut(folder: string): Promise<void> {
  let agent = "";
  await forge(folder, (event) => {
    if (event.type === "held-out-outcome" && agent === "") {
      agent = event.agent_sha256;
      return { ...event, outcome: "passed", reason: "" };
    }
    if (event.type === "held-out-scored" && event.agent_sha256 === agent) {
      return { ...event, passed: event.passed + 1 };
    }
    return event;
  });
}

/** Another agent stands wherever the run speaks of that of a child, which the last decision tells. */
async function forgeAgent(
  folder: string,
  childOf: (decision: EventOf<"decision">) => number,
): Promise<void> {
  const forged = keep(folder, "def solve(p, e):\n    return p\n");
  const events = journalOf(folder).map(({ event }) => event);
  const decision = events.findLast((event) => event.type === "decision");
  if (decision === undefined) throw new Error("the run decides nothing");
  const child = childOf(decision);
  const candidate = events.find(
    (event) =>
      event.type === "candidate" &&
      event.generation === decision.generation &&
      event.child === child,
  );
  if (candidate?.type !== "candidate") throw new Error(`there is no child ${child}`);
  const of = (hash: string) => (hash === candidate.agent_sha256 ? forged : hash);
  await forge(folder, (event) => {
    if (event.type === "held-out-opened") return { ...event, agents: event.agents.map(of) };
    if (!("agent_sha256" in event) || event.agent_sha256 === null) return event;
    return { ...event, agent_sha256: of(event.agent_sha256) };
  });
}

test("rebuild makes every file again, byte for byte, and tells what it leaves", async () => {
  const folder = await copyOf("search");
  const before = readFileSync(join(folder, "scores.csv"), "utf8");
  for (const name of readdirSync(folder)) {
    if (!["journal.jsonl", "objects"].includes(name))
      rmSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "agent_gen9.py"), "");
  const rebuilt = await metai(["rebuild", "--results", folder], { cwd });
  expect(rebuilt.code, rebuilt.stderr).toBe(0);
  expect(rebuilt.stdout).toMatch(/scores\.csv\n[\s\S]*improvement_curve\.pdf/);
  expect(rebuilt.stderr).toMatch(/not in its journal, and left: agent_gen9\.py/);
  expect(readFileSync(join(folder, "scores.csv"), "utf8")).toBe(before);
  rmSync(join(folder, "agent_gen9.py"));
  expect(await findingsIn(folder)).toEqual({ ok: true, lines: [] });
  const again = await metai(["rebuild", "--results", folder], { cwd });
  expect(again).toMatchObject({ code: 0, stdout: "" });
  expect(onlyLine(again.stderr)).toMatch(/all files are as its journal has them/);
});

test("rebuild makes nothing of a damaged journal", async () => {
  const folder = await copyOf("mock");
  edit(folder, "journal.jsonl", '"reason":"', '"reason":"no ');
  rmSync(join(folder, "scores.csv"));
  const rebuilt = await metai(["rebuild", "--results", folder], { cwd });
  expect(rebuilt).toMatchObject({ code: 1, stdout: "" });
  expect(onlyLine(rebuilt.stderr)).toMatch(/journal\.jsonl, line 3: .*damaged/);
  expect(readdirSync(folder)).not.toContain("scores.csv");
});
