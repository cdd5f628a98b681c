import { TooManySearches } from './search.errors.ts';

/** So many at once, and the others in the order in which they came. */
export class AtMost {
  private taken = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly most: number) {}

  /** Returns how to give the turn back. @throws TooManySearches when none is free within so long */
  async take(waitMs: number): Promise<() => void> {
    if (this.taken >= this.most) await this.free(waitMs);
    else this.taken++;
    return () => this.giveBack();
  }

  /** A turn that is given back goes to whoever waits longest, and is never free between the two. */
  private free(waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(mine);
        reject(new TooManySearches());
      }, waitMs);
      this.waiting.add(mine);
    });
  }

  private giveBack(): void {
    const [next] = this.waiting;
    if (next === undefined) this.taken--;
    else {
      this.waiting.delete(next);
      next();
    }
  }
}
