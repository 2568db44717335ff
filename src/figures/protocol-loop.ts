import { type BoxStyle, type BoxText, arrow, drawBox } from "./boxes.ts";
import type { Rect } from "./marks.ts";
import { type Canvas, MARGIN } from "./page.ts";
import { partyStyle } from "./protocol-parties.ts";
import { textStyle, write, writeLines } from "./text.ts";

const { fact, aside, heading } = textStyle;

interface Step {
  readonly rect: Rect;
  readonly style: BoxStyle;
  readonly text: BoxText;
}

const BOX_HEIGHT = 48;
const UPPER = { y: 26, height: BOX_HEIGHT };
const LOWER = { y: 112, height: BOX_HEIGHT };
const COLUMNS = [
  { x: MARGIN, width: 92 },
  { x: 124, width: 106 },
  { x: 256, width: 116 },
  { x: 398, width: 100 },
] as const;

const STEPS = {
  seed: {
    rect: { ...COLUMNS[0], ...UPPER },
    style: partyStyle.metai,
    text: {
      title: "Seed agent",
      body: [["generation 0, evaluated on the 10 tasks as every candidate is", fact]],
    },
  },
  parent: {
    rect: { ...COLUMNS[1], ...UPPER },
    style: partyStyle.metai,
    text: {
      title: "Parent agent",
      body: [
        ["one Python file, with its outcome on each task", fact],
        ["inspectable target system", aside],
      ],
    },
  },
  prompt: {
    rect: { ...COLUMNS[2], ...UPPER },
    style: partyStyle.metai,
    text: {
      title: "Prompt",
      body: [["parent’s source, contract, task prompts, outcomes; no tests", fact]],
    },
  },
  model: {
    rect: { ...COLUMNS[3], ...UPPER },
    style: partyStyle.model,
    text: {
      title: "Model",
      body: [
        ["rewrites the agent", fact],
        ["meta-level modifier", aside],
      ],
    },
  },
  candidate: {
    rect: { ...COLUMNS[3], ...LOWER },
    style: partyStyle.metai,
    text: {
      title: "Candidate agent",
      body: [["one Python file; an answer without one is rejected", fact]],
    },
  },
  evaluation: {
    rect: { ...COLUMNS[2], ...LOWER },
    style: partyStyle.judge,
    text: {
      title: "Evaluate on 10 tasks",
      body: [["judge | suspect; a fresh suspect for every task", fact]],
    },
  },
  selection: {
    rect: { ...COLUMNS[1], ...LOWER },
    style: partyStyle.metai,
    text: {
      title: "Strictly more passes?",
      body: [
        ["candidate against parent", fact],
        ["feedback-directed selection", aside],
      ],
    },
  },
} as const satisfies Record<string, Step>;

/** Draws one generation as a cycle of boxes, each in the style of the party that acts there. */
export function drawLoop(canvas: Canvas): void {
  for (const { rect, style, text } of Object.values<Step>(STEPS)) {
    drawBox(canvas, rect, text, style);
  }
  const { seed, parent, prompt, model, candidate, evaluation, selection } = STEPS;
  connect(canvas, seed, parent);
  connect(canvas, parent, prompt);
  connect(canvas, prompt, model);
  const down = model.rect.x + model.rect.width / 2;
  arrow(canvas, { x: down, y: model.rect.y + BOX_HEIGHT }, { x: down, y: candidate.rect.y });
  connect(canvas, candidate, evaluation);
  connect(canvas, evaluation, selection);
  drawDecision(canvas, selection.rect, parent.rect);
}

/** An arrow between two boxes of one row. */
function connect(canvas: Canvas, { rect: from }: Step, { rect: to }: Step): void {
  const y = from.y + from.height / 2;
  const rightwards = from.x < to.x;
  const start = rightwards ? from.x + from.width : from.x;
  const end = rightwards ? to.x : to.x + to.width;
  arrow(canvas, { x: start, y }, { x: end, y });
}

/** The two ways back to the parent, which close the loop. */
function drawDecision(canvas: Canvas, selection: Rect, parent: Rect): void {
  const [foot, tip] = [selection.y, parent.y + BOX_HEIGHT];
  const [yes, no] = [parent.x + 11, parent.x + parent.width - 11];
  arrow(canvas, { x: yes, y: foot }, { x: yes, y: tip });
  arrow(canvas, { x: no, y: foot }, { x: no, y: tip }, { dashed: true });
  const middle = (foot + tip) / 2;
  const accepted = ["yes: accepted, the candidate", "becomes the parent"];
  writeLines(canvas, accepted, { x: yes - 6, y: middle - 2.5, align: "right" }, fact, 9);
  writeLines(
    canvas,
    ["no: rejected,", "the parent stays"],
    { x: no + 6, y: middle - 2.5 },
    fact,
    9,
  );
  const between = { x: (yes + no) / 2, y: middle - 2.5, align: "centre" } as const;
  write(canvas, "next generation", between, heading);
  write(canvas, "recursive continuation", { ...between, y: between.y + 9 }, aside);
}
