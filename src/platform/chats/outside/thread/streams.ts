import type { Attempt } from '@musterhq/chat-port';

/** Files that the core has open at once. With one more, the oldest is let go: nobody reads it any more. */
const OPEN_AT_ONCE = 200;
const PIECE_BYTES = 256 * 1024;

type Opened = Attempt<AsyncIterable<Uint8Array>>;

interface Stream {
  readonly reader: AsyncIterator<Uint8Array>;
  readonly life: AbortController;
  /** Read, and not yet asked for. */
  rest: Uint8Array;
}

/** Bytes that the adapter gives, on this side of the line: the core asks for one piece after the other. */
export class Streams {
  private readonly open = new Map<number, Stream>();
  private last = 0;

  /** As it ended, with the number of what can be read in place of the bytes. The adapter's signal lives as long as the reading. */
  async opened(signal: AbortSignal, opening: (signal: AbortSignal) => Promise<Opened> | undefined): Promise<unknown> {
    const life = new AbortController();
    const ended = await whileWaited(signal, life, async () => opening(life.signal));
    if (ended?.outcome !== 'done') return ended;
    const id = ++this.last;
    this.open.set(id, { reader: ended.value[Symbol.asyncIterator](), life, rest: new Uint8Array() });
    const [oldest = id] = this.open.keys();
    if (signal.aborted) this.close(id);
    else if (this.open.size > OPEN_AT_ONCE) this.close(oldest);
    return { ...ended, value: { stream: id } };
  }

  /** Null when there is nothing more. */
  async read(id: number, signal: AbortSignal): Promise<{ readonly base64: string } | null> {
    const stream = this.open.get(id);
    if (!stream) throw new Error('nothing to read');
    try {
      return await whileWaited(signal, stream.life, () => this.next(id, stream));
    } catch (error) {
      this.close(id);
      throw error;
    }
  }

  close(id: number): void {
    const stream = this.open.get(id);
    if (!stream) return;
    this.open.delete(id);
    stream.life.abort();
    // Not waited for: one that hangs would hang here, too.
    void stream.reader.return?.().catch(() => undefined);
  }

  private async next(id: number, stream: Stream): Promise<{ readonly base64: string } | null> {
    if (stream.rest.length === 0) {
      const { done, value } = await stream.reader.next();
      if (done) {
        this.open.delete(id);
        return null;
      }
      stream.rest = value;
    }
    const piece = stream.rest.subarray(0, PIECE_BYTES);
    stream.rest = stream.rest.subarray(piece.length);
    return { base64: Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('base64') };
  }
}

/** What lives longer than one call ends with it when the core gives that up. */
async function whileWaited<T>(signal: AbortSignal, life: AbortController, work: () => Promise<T>): Promise<T> {
  const end = (): void => life.abort();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', end);
  }
}
