import type { Readable } from "node:stream";

/**
 * The lines of what a judge writes, one at a time. An evaluation waits for some thousand of them a second, and an
 * async iterator would cost more than all else that is done about an answer.
 */
export class Lines {
  readonly #lines: string[] = [];
  #rest = "";
  #ended = false;
  #wake = () => {};

  constructor(stream: Readable) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      const parts = (this.#rest + text).split("\n");
      this.#rest = parts.pop() ?? "";
      this.#lines.push(...parts);
      this.#wake();
    });
    stream.on("close", () => this.end());
    stream.on("error", () => this.end());
  }

  /** The next line, or null after the last. One waits for it at a time. */
  async next(): Promise<string | null> {
    if (this.#lines.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#lines.shift() ?? null;
  }

  /** Waits for no more lines. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }
}
