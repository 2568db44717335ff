import { type BoxStyle, type BoxText, arrow, drawBox } from "./boxes.ts";
import { hatchedRect } from "./marks.ts";
import { type Canvas, MARGIN } from "./page.ts";
import { colour } from "./palette.ts";
import { textStyle, write, writeLines } from "./text.ts";

const { fact, note, heading } = textStyle;

/** How each party's boxes look. */
export const partyStyle = {
  model: { fill: colour.orangePale, ink: colour.orange, width: 1.1, dashed: true },
  metai: { fill: colour.bluePale, ink: colour.blue, width: 0.9 },
  judge: { fill: colour.white, ink: colour.ink, width: 1.1 },
  suspect: { fill: colour.vermilionPale, ink: colour.vermilion, width: 0.9 },
} as const satisfies Record<string, BoxStyle>;

const PARTY_TOP = 198;
const PARTY_HEIGHT = 68;
export const PARTIES_BOTTOM = PARTY_TOP + PARTY_HEIGHT;

const PARTIES: readonly { x: number; width: number; style: BoxStyle; text: BoxText }[] = [
  {
    x: MARGIN,
    width: 80,
    style: partyStyle.model,
    text: {
      title: "Model",
      body: [
        ["behind an API", note],
        ["is sent: the prompt", fact],
        ["never: a test", fact],
      ],
    },
  },
  {
    x: 124,
    width: 94,
    style: partyStyle.metai,
    text: {
      title: "metai",
      body: [
        ["Node, trusted", note],
        ["knows: the key, the tasks with their tests, all results", fact],
      ],
    },
  },
  {
    x: 260,
    width: 84,
    style: partyStyle.judge,
    text: {
      title: "Judge",
      body: [
        ["Python, trusted", note],
        ["knows: one task’s test at a time", fact],
        ["never: the key", fact],
      ],
    },
  },
  {
    x: 404,
    width: 94,
    style: partyStyle.suspect,
    text: {
      title: "Suspect",
      body: [
        ["Python, sandboxed", note],
        ["knows: the agent, or the solution under test", fact],
        ["never: a test, an expected value, the key", fact],
      ],
    },
  },
];

/** What passes between neighbours: `out` away from metai, `back` towards it. */
const CROSSINGS = [
  { out: ["prompt"], back: ["answer"], leftwards: true, wall: false },
  { out: ["agent,", "one task"], back: ["outcome"], leftwards: false, wall: false },
  {
    out: ["prompt, or one", "call’s arguments"],
    back: ["one value"],
    leftwards: false,
    wall: true,
  },
] as const;

/** Draws the four parties, what each knows, and what passes between them. */
export function drawParties(canvas: Canvas): void {
  write(canvas, "Who knows what", { x: MARGIN, y: PARTY_TOP - 9 }, heading);
  for (const { x, width, style, text } of PARTIES) {
    const rect = { x, y: PARTY_TOP, width, height: PARTY_HEIGHT };
    drawBox(canvas, rect, text, style, { fromTop: true });
  }
  for (const [index, crossing] of CROSSINGS.entries()) {
    const [before, after] = [PARTIES[index], PARTIES[index + 1]];
    if (before !== undefined && after !== undefined) {
      drawCrossing(canvas, crossing, before.x + before.width, after.x);
    }
  }
}

function drawCrossing(
  canvas: Canvas,
  { out, back, leftwards, wall }: (typeof CROSSINGS)[number],
  left: number,
  right: number,
): void {
  const middle = PARTY_TOP + PARTY_HEIGHT / 2;
  const centre = (left + right) / 2;
  const [start, end] = leftwards ? [right - 3, left + 3] : [left + 3, right - 3];
  arrow(canvas, { x: start, y: middle - 4 }, { x: end, y: middle - 4 });
  arrow(canvas, { x: end, y: middle + 4 }, { x: start, y: middle + 4 });
  const above = { x: centre, y: middle - 9 - (out.length - 1) * 9, align: "centre" } as const;
  writeLines(canvas, out, above, fact, 9);
  writeLines(canvas, back, { x: centre, y: middle + 14, align: "centre" }, fact, 9);
  if (!wall) return;
  drawWall(canvas, centre, { top: middle - 27, bottom: middle + 19 });
}

/** The wall between judge and suspect has one opening, where the two arrows pass. */
function drawWall(
  canvas: Canvas,
  x: number,
  opening: { readonly top: number; readonly bottom: number },
): void {
  write(canvas, "wall", { x, y: PARTY_TOP - 9, align: "centre" }, heading);
  for (const [top, bottom] of [
    [PARTY_TOP - 4, opening.top],
    [opening.bottom, PARTIES_BOTTOM + 4],
  ] as const) {
    const bar = { x: x - 3.5, y: top, width: 7, height: bottom - top };
    hatchedRect(canvas, bar, { fill: colour.white, ink: colour.ink, gap: 2.6 });
  }
}
