import type { RunEvent } from "../../loop/events.ts";
import { liveLine } from "../terminal/live-line.ts";
import type { Progress } from "../run/progress.ts";
import { colorsFor, isLive } from "../terminal/style.ts";

export interface ReplicatesProgress {
  /** Of one of the runs, by the name of its folder. */
  readonly of: (name: string) => Progress;
  /** Clears what is being redrawn. To be called however the runs end. */
  readonly stop: () => void;
}

export interface ReplicatesProgressOptions {
  readonly quiet: boolean;
  /** How many there are. */
  readonly runs: number;
  /** Generations of each. */
  readonly generations: number;
}

/**
 * Tells runs that go on side by side on standard error: a line for each generation that is over, with its run's
 * name, and on a terminal a line below them that says where every run is.
 */
export function createReplicatesProgress(options: ReplicatesProgressOptions): ReplicatesProgress {
  if (options.quiet) {
    return { of: () => ({ onEvent: () => {}, stop: () => {} }), stop: () => {} };
  }
  const { runs, generations } = options;
  const color = colorsFor(process.stderr);
  const live = isLive(process.stderr) ? liveLine(process.stderr) : null;
  const atWork = new Map<string, string>();
  let ended = 0;

  const state = () => {
    const where = [...atWork].map(([name, what]) => `${name} ${what}`);
    return [`${ended} of ${runs} runs ended`, ...where].join("; ");
  };
  const say = (name: string, text: string) => {
    live?.clear();
    console.error(`${color.dim(name)}  ${text}`);
    live?.show(state);
  };

  const tell = (name: string, event: RunEvent): void => {
    switch (event.type) {
      case "generation-started":
        atWork.set(name, `generation ${event.generation}/${generations}`);
        break;
      case "request-retried": {
        const of = `try ${event.attempt} of ${event.maxAttempts}`;
        const wait = `${(event.delayMs / 1000).toFixed(0)} s`;
        say(name, color.yellow(`${event.reason} (${of}); trying again in ${wait}`));
        break;
      }
      case "generation-closed": {
        const { generation, passed, total, decision, accepted } = event.row;
        const paint = accepted === true ? color.green : (text: string) => text;
        const where = `generation ${generation} of ${generations}`;
        say(name, `${color.dim(where)}  ${paint(decision)}; standing ${passed}/${total}`);
        break;
      }
      case "held-out-judged":
        atWork.set(name, `held out ${event.done}/${event.of}`);
        if (event.done === event.of) say(name, "held-out tasks scored");
        break;
      case "request-started":
      case "answered":
      case "evaluation-started":
      case "task-judged":
        break;
    }
  };

  const of = (name: string): Progress => {
    atWork.set(name, "begins");
    live?.show(state);
    return {
      onEvent: (event) => tell(name, event),
      stop: () => {
        atWork.delete(name);
        ended++;
      },
    };
  };
  return { of, stop: () => live?.clear() };
}
