/** How much of a source is taken up at a time. */
export interface Window {
  /** Items at work side by side. */
  readonly atWork: number;
  /** Items taken up whose results are not yet given: at work, or done and waiting for an earlier one. */
  readonly items: number;
  /** The sum of their sizes. One item is always taken, however large. */
  readonly size: number;
}

export interface Work<T, R> {
  readonly source: AsyncIterable<T> | Iterable<T>;
  readonly work: (item: T) => Promise<R>;
  readonly sizeOf: (item: T) => number;
  readonly window: Window;
  readonly signal: AbortSignal;
}

/**
 * What `work` makes of each item, in the items' order and in constant memory. Results that come early wait
 * while later items are worked on, so that a slow item holds up nobody else; and a slow source holds up no
 * result. The first failure, of the source, of the work or by the signal, ends it.
 */
export async function* inOrder<T, R>(options: Work<T, R>): AsyncGenerator<R, void> {
  const { signal } = options;
  const queue = new Queue(options);
  const stop = () => queue.fail(signal.reason);
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    for (let next = await queue.next(); next !== null; next = await queue.next()) yield next.value;
  } finally {
    signal.removeEventListener("abort", stop);
    queue.close();
  }
}

interface Entry<R> {
  readonly size: number;
  result: { readonly value: R } | null;
  next: Entry<R> | null;
}

/** The items taken up, as a linked list: there can be many thousands. */
class Queue<T, R> {
  readonly #options: Work<T, R>;
  readonly #source: AsyncIterator<T> | Iterator<T>;
  #first: Entry<R> | null = null;
  #last: Entry<R> | null = null;
  #items = 0;
  #size = 0;
  #atWork = 0;
  #reading = false;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #wake = () => {};

  constructor(options: Work<T, R>) {
    const { source } = options;
    this.#options = options;
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** The result of the first item, or null after the last. */
  async next(): Promise<{ readonly value: R } | null> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#hasRoom()) void this.#read();
      const first = this.#first;
      if (first?.result) {
        this.#first = first.next;
        if (this.#first === null) this.#last = null;
        this.#items--;
        this.#size -= first.size;
        return first.result;
      }
      if (first === null && this.#ended) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Lets go of the source, which may be waiting for something and is not waited for. */
  close(): void {
    this.#failure ??= { error: new Error("closed") };
    if (this.#ended) return;
    Promise.resolve(this.#source.return?.()).catch(() => {});
  }

  #hasRoom(): boolean {
    const { window } = this.#options;
    if (this.#reading || this.#ended || this.#atWork >= window.atWork) return false;
    return this.#items === 0 || (this.#items < window.items && this.#size < window.size);
  }

  /** Takes up items while there is room. */
  async #read(): Promise<void> {
    try {
      while (this.#failure === null && this.#hasRoom()) {
        this.#reading = true;
        const next = await this.#source.next();
        this.#reading = false;
        if (next.done) this.#ended = true;
        else void this.#take(next.value);
      }
      this.#wake();
    } catch (error) {
      this.#ended = true; // a source that threw is over
      this.fail(error);
    }
  }

  async #take(item: T): Promise<void> {
    const entry: Entry<R> = { size: this.#options.sizeOf(item), result: null, next: null };
    if (this.#last) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;
    this.#items++;
    this.#size += entry.size;
    this.#atWork++;
    try {
      entry.result = { value: await this.#options.work(item) };
      this.#atWork--;
      this.#wake();
    } catch (error) {
      this.fail(error);
    }
  }
}
