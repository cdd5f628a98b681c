import type { Op } from '@musterhq/chat-port';
import type { FaultBook, Struck } from './fault-book.ts';

/** What the fake chat answers to a call, as it would go over a wire. */
export interface Reply {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body?: unknown;
}

/** `sent`: whether the request had left when the connection went. */
export class ConnectionLost extends Error {
  constructor(readonly sent: boolean) {
    super(sent ? 'the connection was reset' : 'the connection was refused');
    this.name = 'ConnectionLost';
  }
}

interface Waiting {
  readonly reset: () => void;
  readonly applyLate?: () => void;
}

/** The line between adapter and fake chat. Every call crosses it once, and this is where it goes wrong. */
export class Line {
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly faults: FaultBook) {}

  /**
   * Applies the call and answers, unless a fault strikes. A call that nobody answers ends by its signal, with the
   * signal's reason, or at `release`. `pretend` answers as well as `apply` does, and does nothing.
   */
  async call(op: Op, room: string | undefined, signal: AbortSignal, apply: () => Reply, pretend = apply): Promise<Reply> {
    signal.throwIfAborted();
    const struck = this.faults.strike(op, room);
    await Promise.resolve();
    return struck ? this.goWrong(struck, signal, apply, pretend) : apply();
  }

  /** Resets what hangs, after applying what was only late. */
  release(): void {
    for (const { reset, applyLate } of this.waiting) {
      applyLate?.();
      reset();
    }
    this.waiting.clear();
  }

  private goWrong({ kind, retryAfterMs }: Struck, signal: AbortSignal, apply: () => Reply, pretend: () => Reply): Reply | Promise<Reply> {
    switch (kind) {
      case 'error-before':
        return { status: 503 };
      case 'error-after':
        apply();
        return { status: 503 };
      case 'silent':
        return this.silence(signal);
      case 'silent-after':
        apply();
        return this.silence(signal);
      case 'late':
        return this.silence(signal, apply);
      case 'refused':
        throw new ConnectionLost(false);
      case 'reset-before':
        throw new ConnectionLost(true);
      case 'reset-after':
        apply();
        throw new ConnectionLost(true);
      case 'rate-limited':
        return { status: 429, ...(retryAfterMs !== undefined && { retryAfterMs }) };
      case 'garbage':
        return { status: 200, body: '<html>' };
      case 'lost':
        return pretend();
      case 'unauthorized':
        return { status: 401 };
    }
  }

  private silence(signal: AbortSignal, apply?: () => Reply): Promise<Reply> {
    return new Promise((_, reject) => {
      const entry: Waiting = { reset: () => reject(new ConnectionLost(true)), ...(apply && { applyLate: () => void apply() }) };
      this.waiting.add(entry);
      signal.addEventListener(
        'abort',
        () => {
          if (!apply) this.waiting.delete(entry);
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
  }
}
