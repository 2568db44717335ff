import { describe, expect, test } from "vitest";
import type { CandidateRow, ScoreRow } from "../../src/core/records.ts";
import { UserError } from "../../src/errors.ts";
import { improvementCurve, type RunEnd } from "../../src/figures/figures.ts";
import { fontsOf, infoOf, linesOf, sizeOf, textOf, wordsOffPage } from "./pdf.ts";
import { mockRunOf, runOf } from "./rows.ts";

const draw = (rows: readonly ScoreRow[]) => improvementCurve(rows, { allowMock: false });
const face = async (rows: readonly ScoreRow[]) => textOf(await draw(rows));

describe("what a curve says of its run", () => {
  test("model, tasks, run type, sandbox and date", async () => {
    const text = await face(runOf(1, [4, 7, 6, 10]));
    for (const fact of [
      "Self-improvement run on HumanEval",
      "gpt-4.1-mini",
      "https://api.openai.com/v1",
      "first 10 HumanEval tasks",
      "api: over the OpenAI protocol",
      "bubblewrap",
      "2026-03-01 UTC",
      "tasks passed, of 10",
      "generation",
      "95% Wilson interval",
    ]) {
      expect(text).toContain(fact);
    }
  });

  test("the benchmark, whichever it is", async () => {
    const text = await face(runOf(1, [4], { benchmark: "Fresh" }));
    expect(text).toContain("Self-improvement run on Fresh");
    expect(text).toContain("first 10 Fresh tasks");
    expect(text).not.toContain("HumanEval");
  });

  test("a model that answers under the name that was asked for is not repeated", async () => {
    expect(await face(runOf(1, [4]))).not.toContain("answered by");
  });

  test("a run without an answer is the seed agent's, and no self-improvement", async () => {
    const pdf = await draw(runOf(1, [], { response_model: null }));
    expect(textOf(pdf)).toContain("Seed agent on HumanEval: no answer received");
    expect(textOf(pdf)).toContain("none was received");
    expect((textOf(pdf) + infoOf(pdf)).toLowerCase()).not.toContain("self-improvement");
    expect(await face(runOf(1, [null], { response_model: null }))).not.toContain("no answer");
  });

  test("the controls that were made beside it, if they are of the same experiment", async () => {
    const search = { run_type: "search", model: "search seed 1", base_url: null } as const;
    const run = runOf(0, [2, 4], search);
    const controls = [
      runOf(0, [1, 0], { ...search, control: "no-selection" }),
      runOf(1, [], { ...search, control: "every-part" }),
    ];
    const text = textOf(await improvementCurve(run, { allowMock: false, controls }));
    expect(text).toContain("control: no selection");
    expect(text).toContain("control: every part at once");
    expect(await face(run)).not.toContain("control");
    const strangers = [
      runOf(0, [1], { ...search, control: "no-selection", benchmark: "Fresh" }),
      runOf(0, [1], search),
      runOf(0, [1], { control: "no-selection" }),
    ];
    for (const stranger of strangers) {
      const drawn = improvementCurve(run, { allowMock: false, controls: [stranger] });
      await expect(drawn).rejects.toThrow(/controls .* belong to another experiment/);
    }
  });

  test.each<[RunEnd["how"], string]>([
    ["completed", "after generation 2 of 5"],
    ["perfect", "after generation 2 of 5: perfect score, stopped early"],
    ["failed", "failed after generation 2 of 5"],
    ["interrupted", "interrupted after generation 2 of 5"],
    ["unfinished", "not finished after generation 2 of 5"],
  ])("how it ended: %s", async (how, words) => {
    const end = { how, generations: 5 };
    const pdf = await improvementCurve(runOf(1, [4, 10]), { allowMock: false, end });
    expect(linesOf(pdf)).toContain(`ended ${words}`);
    expect(wordsOffPage(pdf)).toEqual([]);
  });

  test("that no record tells how it ended", async () => {
    expect(linesOf(await draw(runOf(1, [4])))).toContain("ended not recorded");
  });

  test("that its answers are those of another run, which is named by its journal's head", async () => {
    const replayOf = "3f5a".repeat(16);
    const replayed = await improvementCurve(runOf(1, [4]), { allowMock: false, replayOf });
    expect(linesOf(replayed).join(" ")).toMatch(
      /answers replayed from the run of journal head 3f5a3f5a3f5a3f5a/,
    );
    expect(wordsOffPage(replayed)).toEqual([]);
    expect(await face(runOf(1, [4]))).not.toContain("replayed");
  });

  test("another server and another answering model are named", async () => {
    const text = await face(
      runOf(1, [4], { response_model: "qwen2.5-coder", base_url: "http://127.0.0.1:11434/v1" }),
    );
    expect(text).toContain("answered by");
    expect(text).toContain("qwen2.5-coder");
    expect(text).toContain("http://127.0.0.1:11434/v1");
  });

  test("the process level is called no security boundary", async () => {
    const text = await face(runOf(1, [4], { sandbox: "process" }));
    expect(text).toContain("process (no security boundary)");
  });

  test("a run over midnight has two dates", async () => {
    const [first, second] = runOf(1, [4]);
    if (first === undefined || second === undefined) throw new Error("expected two rows");
    const text = await face([first, { ...second, timestamp: "2026-03-02T00:01:00.000Z" }]);
    expect(text).toContain("2026-03-01 to 2026-03-02 UTC");
  });

  test("the legend explains the candidates that there are, and no others", async () => {
    const entries = ["accepted candidate", "rejected candidate", "invalid candidate, no score"];
    const shown = async (rows: ScoreRow[]) => {
      const text = await face(rows);
      return entries.filter((entry) => text.includes(entry));
    };
    expect(await shown(runOf(1, []))).toEqual([]);
    expect(await shown(runOf(1, [3, 5]))).toEqual(["accepted candidate"]);
    expect(await shown(runOf(1, [1, 0]))).toEqual(["rejected candidate"]);
    expect(await shown(runOf(1, [null]))).toEqual(["invalid candidate, no score"]);
    expect(await shown(runOf(1, [3, 2, null]))).toEqual(entries);
  });

  test("a model's name in another script stays readable as code points", async () => {
    expect(await face(runOf(1, [], { model: "通义-7B" }))).toContain("U+901AU+4E49-7B");
  });
});

const SEARCH = { run_type: "search", model: "search seed 1", base_url: null } as const;
const child = (generation: number, number: number, passed: number | null) => ({
  generation,
  child: number,
  status: passed === null ? ("invalid" as const) : ("evaluated" as const),
  passed,
  total: 10,
  reason: "",
  agent_sha256: null,
  chosen: number === 1,
  duration_ms: 1,
});

describe("a search run", () => {
  test("is called keyless, and no self-improvement of a model", async () => {
    const pdf = await draw(runOf(1, [4], SEARCH));
    expect(textOf(pdf)).toContain("Search run on HumanEval: keyless, no model");
    expect((textOf(pdf) + infoOf(pdf)).toLowerCase()).not.toContain("self-improvement");
  });

  test("has a ring for each child beside the candidate that has a score", async () => {
    const rows = runOf(1, [4, 5], SEARCH);
    const drawn = (children: readonly CandidateRow[]) =>
      improvementCurve(rows, { allowMock: false, children });
    const only = [child(1, 1, 4), child(2, 1, 5)];
    const none = await drawn(only);
    const unscored = await drawn([...only, child(1, 2, null)]);
    const one = await drawn([...only, child(1, 2, 3)]);
    const other = await drawn([...only, child(1, 2, 2)]);
    expect(textOf(none)).not.toContain("other children");
    expect(textOf(unscored)).not.toContain("other children");
    expect(textOf(one)).toContain("other children");
    expect(Buffer.compare(one, other)).not.toBe(0);
  });

  test("shows the held-out share on an axis of its own, with its interval", async () => {
    const rows = runOf(1, [4], { ...SEARCH, held_out_passed: 15, held_out_total: 154 });
    const pdf = await draw(rows);
    expect(textOf(pdf)).toContain("share of 154 held-out tasks");
    expect(linesOf(pdf)).toContain(
      "held out 15 of 154 passed (6 to 15 %); seed 15; scored after the run",
    );
    expect(textOf(pdf)).toContain("100 %");
    expect(await face(runOf(1, [4], SEARCH))).not.toContain("held");
    expect(wordsOffPage(pdf)).toEqual([]);
  });

  test.each(["no-selection", "same", "random-edit"] as const)(
    "that is a control says so: %s",
    async (control) => {
      const pdf = await draw(runOf(1, [4], { ...SEARCH, control }));
      expect(textOf(pdf)).toContain(`CONTROL run on HumanEval: ${control}`);
      expect(linesOf(pdf).some((line) => line.startsWith(`control ${control}: `))).toBe(true);
      expect(wordsOffPage(pdf)).toEqual([]);
    },
  );

  test("is not drawn together with a control", async () => {
    const [seed, ...others] = runOf(1, [4], SEARCH);
    if (seed === undefined) throw new Error("expected a seed");
    await expect(draw([{ ...seed, control: "same" }, ...others])).rejects.toThrow(/mix controls/);
  });
});

describe("the controls beside a run", () => {
  const run = runOf(1, [4, 6], SEARCH);
  const noSelection = (passed: number, fields: Partial<ScoreRow> = {}) =>
    runOf(1, [passed, passed], { ...SEARCH, control: "no-selection", ...fields });
  const everyPart = (passed: number) => runOf(passed, [], { ...SEARCH, control: "every-part" });
  const beside = (...controls: ScoreRow[][]) =>
    improvementCurve(run, { allowMock: false, controls });

  test("are named in the legend each where it is there", async () => {
    const names = [
      "control: no selection",
      "control: every part at once",
      "control: unchanged",
      "control: null edits",
    ];
    const shown = async (...controls: ScoreRow[][]) => {
      const text = textOf(await beside(...controls));
      return names.filter((name) => text.includes(name));
    };
    expect(await shown([], [])).toEqual([]); // no such folder
    expect(await shown(noSelection(2))).toEqual(names.slice(0, 1));
    expect(await shown(everyPart(2))).toEqual(names.slice(1, 2));
    const others = [
      noSelection(1, { control: "same" }),
      noSelection(1, { control: "random-edit" }),
      noSelection(1),
    ];
    expect(await shown(...others)).toEqual(names.filter((name) => !name.includes("every")));
  });

  test("that ask no model stand beside runs of a model; what was selected by one does not", async () => {
    const asked = runOf(1, [4, 6]);
    const drawn = (controls: ScoreRow[][]) =>
      improvementCurve(asked, { allowMock: false, controls });
    const same = textOf(await drawn([noSelection(1, { control: "same" })]));
    expect(same).toContain("control: unchanged");
    await expect(drawn([noSelection(1)])).rejects.toThrow(/belong to another experiment/);
  });

  test("of which there are several are drawn as their mean", async () => {
    const several = await beside(noSelection(2), noSelection(4));
    expect(textOf(several)).toContain("control: no selection, 2 runs");
    const differing = await beside(noSelection(2), noSelection(5));
    expect(Buffer.compare(several, differing)).not.toBe(0);
    expect(Buffer.compare(several, await beside(noSelection(1), noSelection(5)))).toBe(0);
  });

  test("are drawn where they passed", async () => {
    const pages = [
      await beside(noSelection(2), everyPart(3)),
      await beside(noSelection(5), everyPart(3)),
      await beside(noSelection(2), everyPart(7)),
    ];
    expect(new Set(pages.map((page) => Buffer.from(page).toString("latin1"))).size).toBe(3);
    for (const page of pages) expect(wordsOffPage(page)).toEqual([]);
  });

  test("leave the run a run, and no control", async () => {
    const text = textOf(await beside(noSelection(2), everyPart(3)));
    expect(text).toContain("Search run on HumanEval: keyless, no model");
    expect(text).not.toContain("CONTROL");
  });

  test.each<[string, ScoreRow[]]>([
    ["another number of tasks", noSelection(2, { total: 20 })],
    ["another run type", noSelection(2, { run_type: "mock" })],
    ["another seed agent", noSelection(2, { agent_sha256: "1".repeat(64) })],
  ])("are refused where they are of %s", async (_, rows) => {
    const error = await beside(rows).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("belong to another experiment"),
    });
  });
});

describe("the page", () => {
  const long = "hf.co/an-organisation/A-Model-Whose-Name-Goes-On-70B-Instruct-GGUF:Q4_K_M";
  test.each([
    ["one generation", runOf(0, [])],
    ["a perfect run that stopped early", runOf(1, [4, 7, 6, 10])],
    [
      "50 generations",
      runOf(
        0,
        Array.from({ length: 50 }, (_, index) => index % 7),
      ),
    ],
    ["the whole benchmark", runOf(12, [40, null, 164], { total: 164 })],
    [
      "a long model name",
      runOf(1, [2], { model: long, base_url: `http://${"gpu-node.".repeat(9)}` }),
    ],
    ["a long name of a file", runOf(0, [1], { benchmark: `${"my-own-tasks-".repeat(9)}.jsonl` })],
    ["a name without a place to break", runOf(1, [2], { model: "x".repeat(900) })],
  ])("%s: one column wide, with every word on it", async (_, rows) => {
    const pdf = await draw(rows);
    expect(sizeOf(pdf).width).toBeCloseTo(3.4 * 72, 1);
    expect(wordsOffPage(pdf)).toEqual([]);
  });

  test("every font is embedded", async () => {
    const fonts = fontsOf(await draw(runOf(1, [4])));
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter(({ embedded }) => !embedded)).toEqual([]);
  });

  test("the same rows give the same bytes, in whatever order and whenever drawn", async () => {
    const rows = runOf(1, [4, null, 7]);
    const first = await draw(rows);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await draw(rows)).toEqual(first);
    expect(await draw(rows.toReversed())).toEqual(first);
  });

  test("the file is dated by the last generation", async () => {
    const info = infoOf(await draw(runOf(1, [4], { timestamp: "2026-03-05T06:07:08.000Z" })));
    expect(info).toContain("2026-03-05T06:07:08Z");
    expect(info).toMatch(/Title:\s+Self-improvement run on HumanEval/);
    expect(info).toMatch(/Author:\s+metai/);
  });
});

describe("a mock run", () => {
  test("is marked, and called plumbing", async () => {
    const text = textOf(await improvementCurve(mockRunOf(1, [3, 2, null]), { allowMock: true }));
    expect(text).toContain("MOCK");
    expect(text).toContain("scripted answers");
    expect(text).toContain("plumbing, not self-improvement");
    expect(text).not.toContain("api");
  });

  test("is marked before its first answer, too", async () => {
    const text = textOf(await improvementCurve(mockRunOf(1, []), { allowMock: true }));
    expect(text).toContain("MOCK run: no answer received");
    expect(text).not.toContain("scripted answers");
  });

  test("is not what an api run is marked as", async () => {
    const text = textOf(await improvementCurve(runOf(1, [3]), { allowMock: true }));
    expect(text.toLowerCase()).not.toContain("mock");
  });
});

describe("refusals", () => {
  test.each([
    ["no rows", [], "no scores to draw"],
    ["a mock run", mockRunOf(1, [2]), "--allow-mock"],
    ["mixed run types", [...runOf(1, [2]), ...mockRunOf(1, [2])], "mix run types (api, mock)"],
    [
      "mixed benchmarks",
      [...runOf(1, []), ...runOf(1, [], { benchmark: "Fresh" })],
      "mix benchmarks (HumanEval, Fresh)",
    ],
    ["mixed task counts", [...runOf(1, []), ...runOf(1, [], { total: 20 })], "(10, 20)"],
  ])("%s", async (_, rows, part) => {
    const error = await draw(rows).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ kind: "refused", message: expect.stringContaining(part) });
  });

  test("mixed run types stay refused when mock is allowed", async () => {
    const rows = [...runOf(1, [2]), ...mockRunOf(1, [2])];
    await expect(improvementCurve(rows, { allowMock: true })).rejects.toThrow("mix run types");
  });
});
