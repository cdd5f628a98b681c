import { AdapterFailed } from './outside.errors.ts';

/** Bytes that are lent to an adapter in a thread, which asks for one piece after the other. */
export class Sources {
  private readonly lent = new Map<number, AsyncIterator<Uint8Array>>();
  private last = 0;

  /** Under this number, for as long as it is used. */
  async lend<T>(bytes: AsyncIterable<Uint8Array>, use: (source: number) => Promise<T>): Promise<T> {
    const source = ++this.last;
    const reader = bytes[Symbol.asyncIterator]();
    this.lent.set(source, reader);
    try {
      return await use(source);
    } finally {
      this.lent.delete(source);
      void reader.return?.().catch(() => undefined);
    }
  }

  /** Null when there is nothing more. */
  async next(source: unknown): Promise<Uint8Array | null> {
    const reader = this.lent.get(Number(source));
    if (!reader) throw new AdapterFailed('There is nothing to read any more.');
    const { done, value } = await reader.next();
    // A view would cross with all that is behind it.
    return done ? null : Uint8Array.from(value);
  }
}
