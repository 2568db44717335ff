import { stripVTControlCharacters } from "node:util";

/** One line at the bottom of a terminal that is drawn again ten times a second. */
export interface LiveLine {
  readonly show: (text: () => string) => void;
  readonly clear: () => void;
}

const INTERVAL_MS = 100;
const CLEAR = "\r\u001B[2K";

export function liveLine(stream: NodeJS.WriteStream): LiveLine {
  let timer: NodeJS.Timeout | undefined;
  const clear = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    stream.write(CLEAR);
  };
  const show = (text: () => string) => {
    clear();
    const draw = () => {
      const line = stripVTControlCharacters(text()).slice(0, (stream.columns || 80) - 1);
      stream.write(CLEAR + line);
    };
    draw();
    timer = setInterval(draw, INTERVAL_MS);
  };
  return { show, clear };
}
