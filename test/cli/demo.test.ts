import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { ScoreRow } from "../../src/core/records.ts";
import { readScores } from "../../src/store/tables.ts";
import { unusedPort } from "../helpers/api-server.ts";
import { textOf } from "../figures/pdf.ts";
import { createFolder, temporaryFolder, removeFolder } from "../helpers/temporary.ts";
import { contentsOf, readManifest } from "./folder.ts";
import { type Ended, ended, metai, onlyLine, startMetai } from "./metai.ts";

const DEMO = ["demo", "--held-out", "5"];
/** A demo takes half a minute, and several times that on a machine with other work. In milliseconds. */
const LONG = 300_000;

const Summary = z.looseObject({
  final_passed: z.int(),
  run_type: z.literal("search"),
  held_out: z.looseObject({ total: z.int(), final_passed: z.int() }).nullable(),
  generations: z.array(ScoreRow),
});
const Report = z.looseObject({
  seed: z.literal(1),
  run: Summary,
  accepted: z.array(
    z.looseObject({
      generation: z.int(),
      put_in: z.array(z.object({ name: z.string(), adds: z.string() })),
      passed: z.int(),
      won: z.array(z.string()),
      lost: z.array(z.string()),
      files: z.tuple([z.string(), z.string()]),
    }),
  ),
  controls: z.object({ no_selection: Summary, every_part: Summary }),
  curve: z.string(),
});

describe("a demo", () => {
  let cwd: string;
  let run: Ended;
  const folder = () => join(cwd, "results", "demo");
  const agents = () =>
    Object.entries(contentsOf(folder())).filter(([name]) => name.endsWith(".py"));

  beforeAll(async () => {
    cwd = await createFolder();
    run = await metai(DEMO, { cwd, timeout: LONG });
  }, LONG);
  afterAll(() => removeFolder(cwd));

  test("tells the lineage, what each change won, the controls and what to do next", async () => {
    expect(run.code, run.stderr).toBe(0);
    const rows = await readScores(join(folder(), "scores.csv"));
    const accepted = rows.filter((row) => row.accepted === true);
    expect(accepted.length).toBeGreaterThan(0);
    for (const { generation, passed, total } of accepted) {
      expect(run.stdout).toMatch(new RegExp(`^${generation} +${passed}/${total} .* \\+`, "m"));
      expect(run.stdout).toMatch(new RegExp(`^Accepted in generation ${generation}: won `, "m"));
    }
    expect(run.stdout).toMatch(/^ {2}\+ # \[part /m);
    expect(run.stdout).toMatch(/^control: no selection, chance edits +\d+\/10/m);
    expect(run.stdout).toMatch(/^ {2}the best of all its children +\d+\/10/m);
    expect(run.stdout).toMatch(/^control: every part at once +\d+\/10/m);
    expect(run.stdout).toMatch(/does not show invention.*What next.*metai demo --seed 2/s);
    expect(run.stderr).not.toMatch(/^\s*at /m);
    expect(run.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("leaves the run, its curve and each control as a run of its own", async () => {
    const text = textOf(readFileSync(join(folder(), "improvement_curve.pdf")));
    expect(text).toMatch(/Search run on HumanEval.*control: no selection/);
    expect(text).toContain("control: every part at once");
    const controls = ["no-selection", "every-part"] as const;
    for (const control of controls) {
      const rows = await readScores(join(folder(), "controls", control, "scores.csv"));
      expect(new Set(rows.map((row) => row.control))).toEqual(new Set([control]));
      expect(rows).toHaveLength(control === "every-part" ? 1 : 6);
    }
    const { settings } = z
      .looseObject({ settings: z.looseObject({ early_stop: z.boolean() }) })
      .parse(readManifest(join(folder(), "controls", "no-selection")));
    expect(settings.early_stop).toBe(false);
  });

  test(
    "made again replaces it by the same bytes, leaves what is not metai's, and reports as JSON",
    async () => {
      const before = agents();
      const mine = join(folder(), "controls", "mine.txt");
      writeFileSync(mine, "mine");
      writeFileSync(join(folder(), "agent_gen9.py"), "# of an earlier, longer run\n");
      const again = await metai([...DEMO, "--json", "--quiet"], { cwd, timeout: LONG });
      expect(again, again.stderr).toMatchObject({ code: 0, stderr: "" });
      expect(agents()).toEqual(before);
      expect(readFileSync(mine, "utf8")).toBe("mine");
      const report = Report.parse(JSON.parse(again.stdout));
      const rows = await readScores(join(folder(), "scores.csv"));
      expect(report.run.final_passed).toBe(rows.at(-1)?.passed);
      expect(report.accepted.map(({ generation }) => generation)).toEqual(
        rows.filter((row) => row.accepted === true).map(({ generation }) => generation),
      );
      expect(report.run.generations).toEqual(rows);
      const last = rows.at(-1)?.held_out_passed;
      expect(report.run.held_out).toMatchObject({ total: 5, final_passed: last });
      for (const [control, { generations, held_out }] of [
        ["no-selection", report.controls.no_selection],
        ["every-part", report.controls.every_part],
      ] as const) {
        const scores = await readScores(join(folder(), "controls", control, "scores.csv"));
        expect(generations).toEqual(scores);
        expect(held_out).toBeNull();
      }
      for (const { generation, passed, won, lost, files } of report.accepted) {
        expect(won.length - lost.length).toBe(passed - (rows[generation - 1]?.passed ?? 0));
        for (const file of files) expect(existsSync(join(cwd, file))).toBe(true);
      }
    },
    LONG,
  );

  test("in a folder that was named, replaces no earlier run unasked", async () => {
    const refused = await metai([...DEMO, "--results", join("results", "demo")], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(/already holds a run: add --reset-results/);
  });

  test("that cannot be made leaves the earlier one as it was", async () => {
    const before = contentsOf(folder());
    const refused = await metai(["demo", "--held-out", "999", "--quiet"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(onlyLine(refused.stderr)).toMatch(/^--held-out 999: HumanEval has only 154/);
    expect(contentsOf(folder())).toEqual(before);
  });
});

test("a demo where HumanEval cannot be had says so and is a run on Fresh", async () => {
  const cwd = await temporaryFolder();
  const env = {
    METAI_HUMANEVAL: undefined,
    METAI_HUMANEVAL_URL: `http://127.0.0.1:${await unusedPort()}`,
    METAI_CACHE: join(cwd, "cache"),
  };
  const command = startMetai(["demo", "--held-out", "none"], { cwd, env });
  const results = join(cwd, "results", "demo");
  // The whole run would be long, and which tasks it is on stands in its first file.
  await vi.waitFor(() => readManifest(results), { timeout: 30_000, interval: 100 });
  command.kill("SIGINT");
  const { stderr } = ended(await command);
  expect(stderr).toContain("HumanEval cannot be had here, so the demo uses Fresh");
  expect(readManifest(results)).toMatchObject({ benchmark: { name: "Fresh" } });
});
