import { layCaption } from "./caption.ts";
import {
  DGM_BENCHMARKS,
  DGM_CITATION,
  type PublishedBenchmark,
  type PublishedRun,
} from "./dgm-published-values.ts";
import { type Rect, hatchedRect, line } from "./marks.ts";
import { type Canvas, MARGIN, PAPER_FIGURE_DATE, TEXT_WIDTH, drawPage } from "./page.ts";
import { colour } from "./palette.ts";
import { textStyle, write } from "./text.ts";

interface Row {
  readonly run: PublishedRun;
  readonly label: string;
  readonly drawBar: (canvas: Canvas, bar: Rect) => void;
  /** Below the top of the panels, in points; the ablations stand apart from the endpoints. */
  readonly top: number;
}

const ROWS: readonly Row[] = [
  { run: "initial", label: "initial agent", drawBar: drawOutline, top: 3 },
  { run: "dgm", label: "DGM, 80 iterations", drawBar: drawSolid, top: 20 },
  {
    run: "withoutExploration",
    label: "DGM without open-ended exploration",
    drawBar: drawHatched,
    top: 43,
  },
  {
    run: "withoutSelfImprovement",
    label: "DGM without self-improvement",
    drawBar: drawHatched,
    top: 60,
  },
  { run: "greedy", label: "DGM greedy", drawBar: drawHatched, top: 77 },
];

const PANEL = { left: 148, top: 54, bottom: 147, width: 102, pitch: 122 };
const BAR_HEIGHT = 11;
/** From the top of a bar to the baseline of the text beside it. */
const BAR_BASELINE = 8.1;
const AXIS = { end: 60, ticks: [0, 20, 40, 60] };

const TITLE = "Darwin Gödel Machine: published results";
const CAPTION =
  `Published values, not a new run: ${DGM_CITATION}. ` +
  "All are drawn as published and without intervals, because the published table mixes denominators: 20.0 is 12 of 60 tasks, " +
  "while 23.0 and 39.7 are no whole number of 60. The two Polyglot columns are different task sets, and their scores do not compare.";

/** Draws the published endpoints and ablations of the Darwin Gödel Machine, as wide as a page's text. */
export async function dgmPublishedResults(): Promise<Uint8Array> {
  const metadata = {
    title: TITLE,
    subject: `Published values, not a new run: ${DGM_CITATION}`,
    date: PAPER_FIGURE_DATE,
  };
  return drawPage(metadata, (canvas) => {
    const caption = layCaption(canvas, CAPTION, PANEL.bottom + 43);
    const draw = () => {
      write(canvas, TITLE, { x: MARGIN, y: 14 }, textStyle.title);
      for (const { label, top } of ROWS) {
        const at = {
          x: PANEL.left - 8,
          y: PANEL.top + top + BAR_BASELINE,
          align: "right",
        } as const;
        write(canvas, label, at, textStyle.body);
      }
      for (const [index, benchmark] of DGM_BENCHMARKS.entries()) {
        drawPanel(canvas, benchmark, PANEL.left + index * PANEL.pitch);
      }
      caption.draw();
    };
    return { size: { width: TEXT_WIDTH, height: caption.pageHeight }, draw };
  });
}

function drawPanel(canvas: Canvas, benchmark: PublishedBenchmark, left: number): void {
  write(canvas, benchmark.name, { x: left, y: PANEL.top - 19 }, textStyle.heading);
  write(canvas, benchmark.source, { x: left, y: PANEL.top - 9 }, textStyle.note);
  for (const row of ROWS) drawValue(canvas, row, benchmark.percent[row.run], left);
  drawAxes(canvas, left);
}

function drawValue(canvas: Canvas, row: Row, percent: number | undefined, left: number): void {
  const y = PANEL.top + row.top;
  const baseline = y + BAR_BASELINE;
  if (percent === undefined) {
    write(canvas, "not published", { x: left + 5, y: baseline }, textStyle.aside);
    return;
  }
  const width = (percent / AXIS.end) * PANEL.width;
  row.drawBar(canvas, { x: left, y, width, height: BAR_HEIGHT });
  write(canvas, percent.toFixed(1), { x: left + width + 4, y: baseline }, textStyle.body);
}

function drawAxes(canvas: Canvas, left: number): void {
  const corner = { x: left, y: PANEL.bottom };
  line(canvas, { x: left, y: PANEL.top }, corner);
  line(canvas, corner, { x: left + PANEL.width, y: corner.y });
  for (const tick of AXIS.ticks) {
    const foot = { x: left + (tick / AXIS.end) * PANEL.width, y: PANEL.bottom };
    line(canvas, foot, { ...foot, y: foot.y + 2.5 });
    write(canvas, String(tick), { ...foot, y: foot.y + 10.5, align: "centre" }, textStyle.fact);
  }
  const label = { x: left + PANEL.width / 2, y: PANEL.bottom + 21, align: "centre" } as const;
  write(canvas, "% of tasks resolved", label, textStyle.fact);
}

function drawOutline(canvas: Canvas, { x, y, width, height }: Rect): void {
  canvas.rect(x, y, width, height).lineWidth(0.8).fillAndStroke(colour.white, colour.ink);
}

function drawSolid(canvas: Canvas, { x, y, width, height }: Rect): void {
  canvas.rect(x, y, width, height).fill(colour.blue);
}

function drawHatched(canvas: Canvas, bar: Rect): void {
  hatchedRect(canvas, bar, { fill: colour.orangePale, ink: colour.orange });
}
