/** Something that one at a time may have, in the order in which they asked. */
export interface Turns {
  /** Resolves when it is the caller's turn. Rejects with the signal's reason, the place in the queue given up. */
  take(signal: AbortSignal): Promise<void>;
  /** To be called once by each whose turn it was. */
  give(): void;
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  return {
    take(signal) {
      if (!isTaken) {
        isTaken = true;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const go = () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(signal.reason);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        waiting.push(go);
      });
    },
    give() {
      const next = waiting.shift();
      if (next) next();
      else isTaken = false;
    },
  };
}
