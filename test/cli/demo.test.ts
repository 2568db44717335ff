import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

import { readScores } from "../../src/store/tables.ts";
import { createFolder, removeFolder } from "../helpers/temporary.ts";
import { contentsOf } from "./folder.ts";
import { type Ended, metai, onlyLine } from "./metai.ts";

const DEMO = ["demo", "--held-out", "5"];

const Summary = z.looseObject({ final_passed: z.int(), run_type: z.literal("search") });
const Report = z.looseObject({
  seed: z.literal(1),
  run: Summary,
  accepted: z.array(
    z.looseObject({
      generation: z.int(),
      put_in: z.array(z.object({ name: z.string(), adds: z.string() })),
      won: z.array(z.string()),
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
    run = await metai(DEMO, { cwd });
  }, 120_000);
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
    expect(run.stdout).toMatch(/^control: the same edits, no selection +\d+\/10/m);
    expect(run.stdout).toMatch(/^control: every part at once +\d+\/10/m);
    expect(run.stdout).toMatch(/does not show invention.*What next.*metai demo --seed 2/s);
    expect(run.stderr).not.toMatch(/^\s*at /m);
  });

  test("leaves the run, its curve and each control as a run of its own", async () => {
    expect(readFileSync(join(folder(), "improvement_curve.pdf")).toString("latin1")).toMatch(
      /^%PDF/,
    );
    const controls = ["no-selection", "every-part"] as const;
    for (const control of controls) {
      const rows = await readScores(join(folder(), "controls", control, "scores.csv"));
      expect(new Set(rows.map((row) => row.control))).toEqual(new Set([control]));
      expect(rows).toHaveLength(control === "every-part" ? 1 : 6);
    }
  });

  test("made again replaces it by the same bytes, leaves what is not metai's, and reports as JSON", async () => {
    const before = agents();
    const mine = join(folder(), "controls", "mine.txt");
    writeFileSync(mine, "mine");
    const again = await metai([...DEMO, "--json", "--quiet"], { cwd });
    expect(again, again.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(agents()).toEqual(before);
    expect(readFileSync(mine, "utf8")).toBe("mine");
    const report = Report.parse(JSON.parse(again.stdout));
    const rows = await readScores(join(folder(), "scores.csv"));
    expect(report.run.final_passed).toBe(rows.at(-1)?.passed);
    expect(report.accepted.map(({ generation }) => generation)).toEqual(
      rows.filter((row) => row.accepted === true).map(({ generation }) => generation),
    );
    for (const { files } of report.accepted) {
      for (const file of files) expect(existsSync(join(cwd, file))).toBe(true);
    }
  });

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
