/** Every timer of the simulator, so that closing leaves none behind. */
export class Waits {
  readonly #open = new Map<NodeJS.Timeout, () => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves true after `ms`, or false when the simulator closes first. */
  sleep(ms: number): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#open.delete(timer);
        resolve(true);
      }, ms);
      this.#open.set(timer, () => resolve(false));
    });
  }

  /** Runs once after `ms`, unless the simulator closes or the returned function is called first. */
  after(ms: number, run: () => void): () => void {
    if (this.#closed) return () => undefined;
    const timer = setTimeout(() => {
      this.#open.delete(timer);
      run();
    }, ms);
    this.#open.set(timer, () => undefined);
    return () => {
      clearTimeout(timer);
      this.#open.delete(timer);
    };
  }

  close(): void {
    this.#closed = true;
    for (const [timer, ended] of this.#open) {
      clearTimeout(timer);
      ended();
    }
    this.#open.clear();
  }
}

/** What is under way now, and a way to wait until nothing is. */
export class UnderWay {
  #count = 0;
  #waiting: (() => void)[] = [];

  async track<T>(work: Promise<T>): Promise<T> {
    const end = this.begin();
    try {
      return await work;
    } finally {
      end();
    }
  }

  begin(): () => void {
    this.#count++;
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      if (--this.#count === 0) for (const go of this.#waiting.splice(0)) go();
    };
  }

  /** Asks again after a turn of the loop, since one piece of work often begins another. */
  async idle(): Promise<void> {
    do {
      if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (this.#count > 0);
  }
}
