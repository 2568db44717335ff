import { layCaption } from "./caption.ts";
import { drawLoop } from "./protocol-loop.ts";
import { PARTIES_BOTTOM, drawParties } from "./protocol-parties.ts";
import { MARGIN, PAPER_FIGURE_DATE, TEXT_WIDTH, drawPage } from "./page.ts";
import { textStyle, write } from "./text.ts";

const TITLE = "The protocol of a metai run";
const REFERENCE = "Li, Li and Li, “From 0-to-1 to 1-to-N”, arXiv:2606.09663";
const CAPTION =
  "Procedure, not measurement. Only plain data crosses the wall: no object of the suspect’s ever meets a test. " +
  "A run ends after its last generation and, by default, once every task passes. " +
  `In italics: the four criteria of recursive self-design in ${REFERENCE}.`;

/** Draws how a run proceeds and which party knows what, as wide as a page's text. */
export async function metaiMiniProtocol(): Promise<Uint8Array> {
  const metadata = {
    title: TITLE,
    subject: `Procedure, not measurement. Criteria of recursive self-design: ${REFERENCE}`,
    date: PAPER_FIGURE_DATE,
  };
  return drawPage(metadata, (canvas) => {
    const caption = layCaption(canvas, CAPTION, PARTIES_BOTTOM + 20);
    const draw = () => {
      write(canvas, TITLE, { x: MARGIN, y: 14 }, textStyle.title);
      drawLoop(canvas);
      drawParties(canvas);
      caption.draw();
    };
    return { size: { width: TEXT_WIDTH, height: caption.pageHeight }, draw };
  });
}
