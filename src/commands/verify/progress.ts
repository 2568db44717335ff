import { liveLine } from "../terminal/live-line.ts";
import { isLive, thousands } from "../terminal/style.ts";

export interface VerifyProgress {
  readonly judged: () => void;
  /** Clears what is being redrawn. To be called however it ends. */
  readonly stop: () => void;
}

/** Tells on standard error how far an evaluation of `total` outcomes has come; one line where that is no terminal. */
export function createVerifyProgress(total: number, quiet: boolean): VerifyProgress {
  if (quiet) return { judged: () => {}, stop: () => {} };
  const live = isLive(process.stderr) ? liveLine(process.stderr) : null;
  let done = 0;
  const line = () => `judging again ${thousands(done)} of ${thousands(total)} outcomes`;
  if (live === null) console.error(`judging ${thousands(total)} outcomes again`);
  live?.show(line);
  return { judged: () => void done++, stop: () => live?.clear() };
}
