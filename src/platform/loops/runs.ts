/** Work that goes on beside a loop, one run at a time for each key. */
export class Runs {
  private readonly underWay = new Map<string, Promise<void>>();

  has(key: string): boolean {
    return this.underWay.has(key);
  }

  /** `failed` hears of what goes wrong in it. Only for a key that has none. */
  start(key: string, run: () => Promise<unknown>, failed: (error: unknown) => void): void {
    const going = run()
      .then(() => undefined, failed)
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, going);
  }

  /** When what is under way has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.underWay.values());
  }
}
