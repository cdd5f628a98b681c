/**
 * Lets most work of this process go on side by side, and some of it alone: what may kill the process must not take the
 * blame of others with it. Work alone waits until what is under way has ended; meanwhile nothing else begins.
 *
 * Neither may be asked for inside the other.
 */
export class Turns {
  private beside = 0;
  private ended: () => void = () => undefined;
  private alone: Promise<unknown> | null = null;

  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone) await this.alone;
    this.beside++;
    try {
      return await work();
    } finally {
      this.beside--;
      if (this.beside === 0) this.ended();
    }
  }

  async apart<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone) await this.alone;
    const turn = this.whenQuiet().then(work);
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    this.alone = over;
    try {
      return await turn;
    } finally {
      if (this.alone === over) this.alone = null;
    }
  }

  private whenQuiet(): Promise<void> {
    return this.beside === 0 ? Promise.resolve() : new Promise((resolve) => (this.ended = resolve));
  }
}

/** One for the process: what is guarded is its life. */
export const TURNS = new Turns();
