import { liveLine } from "../terminal/live-line.ts";
import { isLive, thousands } from "../terminal/style.ts";

export interface EvaluateProgress {
  /** Results that an earlier evaluation had, and how many of them passed. */
  readonly start: (kept: number, passed: number) => void;
  readonly judged: (passed: boolean) => void;
  /** Clears what is being redrawn. To be called however the evaluation ends. */
  readonly stop: () => void;
}

const PLAIN_INTERVAL_MS = 5000;

/** Tells an evaluation on standard error: a line that lives on a terminal, else a line now and then. */
export function createEvaluateProgress(total: number, quiet: boolean): EvaluateProgress {
  if (quiet) return { start: () => {}, judged: () => {}, stop: () => {} };
  const live = isLive(process.stderr) ? liveLine(process.stderr) : null;
  let timer: NodeJS.Timeout | undefined;
  let done = 0;
  let passed = 0;
  let before = 0;
  let started = 0;

  const line = () => {
    const seconds = (performance.now() - started) / 1000;
    const rate = seconds > 0 ? (done - before) / seconds : 0;
    const left = rate > 0 ? `, ${duration((total - done) / rate)} left` : "";
    const share = Math.floor((100 * done) / total);
    const counts = `${thousands(done)} of ${thousands(total)} samples (${share} %)`;
    return `${counts}, ${thousands(passed)} passed, ${rate.toFixed(rate < 10 ? 1 : 0)}/s${left}`;
  };
  return {
    start: (kept, keptPassed) => {
      done = before = kept;
      passed = keptPassed;
      started = performance.now();
      if (kept > 0) console.error(`Going on after ${thousands(kept)} results.`);
      live?.show(line);
      if (!live) timer = setInterval(() => console.error(line()), PLAIN_INTERVAL_MS);
    },
    judged: (isPass) => {
      done++;
      if (isPass) passed++;
    },
    stop: () => {
      live?.clear();
      clearInterval(timer);
    },
  };
}

/** A number of seconds in the two units that matter. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
