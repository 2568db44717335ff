import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { dgmPublishedResults, metaiMiniProtocol } from "../../src/figures/figures.ts";
import { fontsOf, infoOf, linesOf, sizeOf, textOf, wordsOffPage } from "./pdf.ts";

describe.each([
  ["dgm_published_results.pdf", dgmPublishedResults],
  ["metai_mini_protocol.pdf", metaiMiniProtocol],
])("%s", (name, draw) => {
  test("the committed file is what is drawn today", async () => {
    const committed = await readFile(new URL(`../../figures/${name}`, import.meta.url));
    expect(committed.equals(await draw())).toBe(true);
  });

  test("one page, as wide as a text, with every word on it and its fonts embedded", async () => {
    const pdf = await draw();
    expect(sizeOf(pdf).width).toBe(7 * 72);
    expect(infoOf(pdf)).toMatch(/Pages:\s+1\n/);
    expect(wordsOffPage(pdf)).toEqual([]);
    expect(fontsOf(pdf).filter(({ embedded }) => !embedded)).toEqual([]);
  });
});

describe("dgm_published_results.pdf", () => {
  const figure = dgmPublishedResults();

  // Columns: SWE-bench Verified, the Polyglot subset, full Polyglot.
  test.each([
    "initial agent 20.0 14.0 14.2",
    "DGM, 80 iterations 50.0 38.0 30.7",
    "DGM without open-ended exploration 23.0 14.0 not published",
    "DGM without self-improvement 39.0 28.0 not published",
    "DGM greedy 39.7 30.0 not published",
  ])("%s", async (row) => {
    expect(linesOf(await figure)).toContain(row);
  });

  test("says what it is: published values, whose, on which task sets", async () => {
    const text = textOf(await figure);
    expect(text).toContain("Published values, not a new run");
    expect(text).toContain("Darwin Gödel Machine");
    expect(text).toContain("arXiv:2505.22954v3");
    expect(text).toContain("Polyglot, 50-task subset");
    expect(text).toContain("Polyglot, full benchmark");
    expect(text).toContain("20.0 is 12 of 60 tasks");
  });
});

describe("metai_mini_protocol.pdf", () => {
  test("says that it is procedure, and whose criteria it names", async () => {
    const text = textOf(await metaiMiniProtocol());
    expect(text).toContain("Procedure, not measurement");
    expect(text).toContain("“From 0-to-1 to 1-to-N”, arXiv:2606.09663");
    for (const criterion of [
      "inspectable target system",
      "meta-level modifier",
      "feedback-directed selection",
      "recursive continuation",
    ]) {
      expect(text).toContain(criterion);
    }
  });
});
