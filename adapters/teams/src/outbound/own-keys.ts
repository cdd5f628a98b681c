import { type AdapterContext, type Attempt, type MessageRef, done, refused } from '@musterhq/chat-port';
import type { Past } from '../graph/past.ts';

/** How long a message of ours is changed without being read first. */
const KEPT_MS = 30 * 86_400_000;

/**
 * With which key each message of ours was sent. Changing a message replaces its card, and the key in it, so the key has to be known then.
 * It is kept as it is sent; where that was lost or is long ago, the message is read.
 */
export class OwnKeys {
  constructor(
    private readonly ctx: Pick<AdapterContext, 'kv' | 'log'>,
    private readonly past: Pick<Past, 'keyOf'>,
  ) {}

  async keep(message: MessageRef, key: string): Promise<void> {
    await this.ctx.kv.set(nameOf(message), key, KEPT_MS).catch((error: unknown) => {
      this.ctx.log.warn({ error }, 'the key of a message could not be kept, it will be read when the message is changed');
    });
  }

  /** Undefined where it has none, or where nobody may read it. Not done, and nothing was changed, where it may have one. */
  async of(message: MessageRef, signal: AbortSignal): Promise<Attempt<string | undefined>> {
    const kept = await this.ctx.kv.get(nameOf(message)).catch(() => null);
    if (kept !== null) return done(kept);
    const read = await this.past.keyOf(message, signal);
    if (read.outcome === 'done') return read;
    return UNREADABLE.has(read.fault.code) ? done(undefined) : refused(read.fault);
  }
}

const UNREADABLE: ReadonlySet<string> = new Set(['not-found', 'forbidden']);

const nameOf = ({ room, id }: MessageRef): string => `said:${room.room}:${id}`;
