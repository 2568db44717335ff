import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { ScoreRow } from "../../src/core/records.ts";
import { readScores } from "../../src/store/tables.ts";
import { textOf } from "../figures/pdf.ts";
import { unusedPort } from "../helpers/api-server.ts";
import { createFolder, removeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { type Ended, ended, metai, onlyLine, startMetai } from "./metai.ts";

/** Two runs of five generations of eight, where others share the processors. */
const PATIENCE = 240_000;

const Run = z.looseObject({
  control: z.string().nullable(),
  benchmark: z.string(),
  seed_passed: z.int(),
  final_passed: z.int(),
  total: z.int(),
  held_out: z.looseObject({ total: z.int(), final_passed: z.int() }).nullable(),
  generations: z.array(ScoreRow),
});
const Report = z.strictObject({
  seed: z.int(),
  run: Run,
  accepted: z.array(
    z.looseObject({
      generation: z.int(),
      passed: z.int(),
      won: z.array(z.string()),
      lost: z.array(z.string()),
      files: z.tuple([z.string(), z.string()]),
    }),
  ),
  controls: z.strictObject({ no_selection: Run, every_part: Run }),
  curve: z.string(),
  seconds: z.strictObject({ first_improvement: z.number().nullable(), all: z.number() }),
});

describe("metai demo", () => {
  let cwd: string;
  let results: string;
  /** What the first run said, and left. */
  let first: Ended;
  let before: Record<string, string>;
  /** The second, in the same folder, with --json. */
  let second: Ended;

  beforeAll(async () => {
    cwd = await createFolder();
    results = join(cwd, "results", "demo");
    const demo = ["demo", "--seed", "1", "--held-out", "5"];
    first = await metai(demo, { cwd, timeout: PATIENCE });
    before = contentsOf(results);
    writeFileSync(join(results, "mine.txt"), "not metai's");
    writeFileSync(join(results, "controls", "mine.txt"), "nor this");
    writeFileSync(join(results, "agent_gen9.py"), "# of an earlier, longer run\n");
    second = await metai([...demo, "--json", "--quiet"], { cwd, timeout: PATIENCE });
  }, PATIENCE);
  afterAll(() => removeFolder(cwd));

  test("tells the lineage, both controls, where the curve is, and what next", async () => {
    expect(first.code, first.stderr).toBe(0);
    const { stdout } = first;
    const rows = await readScores(join(results, "scores.csv"));
    expect(rows.map(({ generation }) => generation)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { generation, passed, accepted } of rows) {
      expect(stdout).toMatch(new RegExp(`^${generation} +${passed}/10 `, "m"));
      const heading = `Accepted in generation ${generation}: won HumanEval/`;
      expect(stdout.includes(heading)).toBe(accepted === true);
    }
    expect(rows.at(-1)?.passed).toBeGreaterThan(rows[0]?.passed ?? 10);
    expect(stdout).toMatch(/^this run +\d+\/10, interval .* {2}\d\/5, interval /m);
    expect(stdout).toMatch(/^control: the same edits, no selection +\d+\/10, interval /m);
    expect(stdout).toMatch(/^control: every part at once +\d+\/10, interval /m);
    expect(stdout).toContain(`The curve is ${join("results", "demo", "improvement_curve.pdf")},`);
    expect(stdout).toMatch(/^What next\n +npx metai demo --seed 2 /m);
    expect(first.stderr).toContain("control: the same edits without selection");
  });

  test("leaves the run, its curve, and each control as a run of its own", async () => {
    const text = textOf(Buffer.from(before["improvement_curve.pdf"] ?? "", "latin1"));
    expect(text).toContain("Search run on HumanEval");
    expect(text).toContain("control: no selection");
    expect(text).toContain("control: every part at once");
    expect(readManifest(results)).toMatchObject({ status: "done", run_type: "search" });
    for (const [control, rows] of [
      ["no-selection", 6],
      ["every-part", 1],
    ] as const) {
      const folder = join(results, "controls", control);
      const scores = await readScores(join(folder, "scores.csv"));
      expect(scores.map((row) => `${row.run_type} ${row.control}`)).toEqual(
        Array(rows).fill(`search ${control}`),
      );
      expect(scores.every((row) => row.held_out_total === null)).toBe(true);
      expect(readManifest(folder)).toMatchObject({ status: "done", control });
    }
  });

  test("replaces its last run by the same bytes, and leaves what is not its own", () => {
    expect(second, second.stderr).toMatchObject({ code: 0, stderr: "" });
    const after = contentsOf(results);
    expect(after["mine.txt"]).toBe("not metai's");
    expect(after["controls/mine.txt"]).toBe("nor this");
    expect(Object.keys(after).filter((name) => !name.endsWith("mine.txt"))).toEqual(
      Object.keys(before),
    );
    const agents = Object.entries(after).filter(([name]) => name.endsWith(".py"));
    expect(agents.length).toBeGreaterThan(80); // forty children, and as many without selection
    for (const [name, source] of agents) expect(source === before[name], name).toBe(true);
  });

  test("--json says what the files say", async () => {
    const report = Report.parse(JSON.parse(second.stdout));
    const rows = await readScores(join(results, "scores.csv"));
    expect(report).toMatchObject({ seed: 1, run: { control: null, benchmark: "HumanEval" } });
    expect(report.run.generations).toEqual(rows);
    expect(report.run).toMatchObject({
      seed_passed: rows[0]?.passed,
      final_passed: rows.at(-1)?.passed,
      held_out: { total: 5, final_passed: rows.at(-1)?.held_out_passed },
    });
    const accepted = rows.filter((row) => row.accepted === true);
    expect(report.accepted.map(({ generation }) => generation)).toEqual(
      accepted.map(({ generation }) => generation),
    );
    for (const { passed, won, lost, files, generation } of report.accepted) {
      expect(won.length - lost.length).toBe(passed - (rows[generation - 1]?.passed ?? 0));
      expect(files.every((file) => existsSync(join(cwd, file)))).toBe(true);
    }
    const controls = { "no-selection": "no_selection", "every-part": "every_part" } as const;
    for (const [folder, name] of Object.entries(controls)) {
      const scores = await readScores(join(results, "controls", folder, "scores.csv"));
      expect(report.controls[name].generations).toEqual(scores);
    }
  });

  test("--results with a run in it is refused in a line and left alone", async () => {
    const here = contentsOf(cwd);
    const args = ["demo", "--results", join("results", "demo"), "--held-out", "none"];
    const refused = await metai(args, { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(/already holds a run.*--reset-results/);
    expect(contentsOf(cwd)).toEqual(here);
  });
});

/** No copy, no cache, and an address at which nobody listens. */
async function noHumanEval(home: string) {
  const nowhere = `http://127.0.0.1:${await unusedPort()}`;
  return {
    METAI_HUMANEVAL: undefined,
    METAI_HUMANEVAL_URL: nowhere,
    HOME: home,
    XDG_CACHE_HOME: join(home, "cache"),
    LOCALAPPDATA: home,
  };
}

describe("where HumanEval cannot be had", () => {
  test("the demo says so and uses Fresh", async () => {
    const cwd = await temporaryFolder();
    const command = startMetai(["demo", "--held-out", "none"], {
      cwd,
      env: await noHumanEval(cwd),
    });
    const results = join(cwd, "results", "demo");
    // The whole run would be long, and which tasks it is on stands in its first file.
    await vi.waitFor(() => readManifest(results), { timeout: 30_000, interval: 100 });
    command.kill("SIGINT");
    const { stderr } = ended(await command);
    expect(stderr).toContain("HumanEval cannot be had here, so the demo uses Fresh");
    expect(readManifest(results)).toMatchObject({ benchmark: { name: "Fresh" } });
  });

  test("a demo that was told to use it is refused", async () => {
    const cwd = await temporaryFolder();
    const env = await noHumanEval(cwd);
    const run = await metai(["demo", "--benchmark", "humaneval", "--quiet"], { cwd, env });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).not.toContain("Fresh");
    expect(Object.keys(contentsOf(cwd)).filter((name) => name.endsWith(".py"))).toEqual([]);
  });
});
