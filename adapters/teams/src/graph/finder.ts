import type { Attempt, Messages, Receipt, Send } from '@musterhq/chat-port';
import { type Wire, stringOf, textOf, wireOf } from '#libs/wire/wire';
import { keyOf } from '../content/own-key.ts';
import { KEPT_MS, PAST_PAGE, type Past, type Stretch, endsBefore, isWholeChannel, readingOf, saidAt } from './past.ts';

/** Our clock and Microsoft's need not agree, and a message is looked for from before it can have been said. */
const BEFORE_MS = 60_000;
const PAGES = 20;

/**
 * Finds a send again by the key in its card. It is absent only where that is certain: everything since was read, and whatever of ours
 * stands there carries another key. One of ours without a key, or one that was taken away, might be it. That what was just said is
 * not in Graph's lists yet is the core's to wait for: it believes no absence before its time of settling is over.
 */
export class Finder {
  constructor(
    private readonly past: Past,
    private readonly appId: string,
    private readonly now: () => number,
  ) {}

  readonly find: NonNullable<Messages['reconcile']> = async ({ key, room, thread, onlyFor }: Send, since, signal) => {
    const after = since - BEFORE_MS;
    const reading = readingOf(room.room, thread);
    if (onlyFor || !reading || (isWholeChannel(reading) && after < this.now() - KEPT_MS)) return 'cannot-tell';
    let isCertain = true;
    let read: Attempt<Stretch> = await this.past.read(reading, { after, top: PAST_PAGE }, signal);
    for (let page = 1; ; page += 1) {
      if (read.outcome !== 'done') return 'cannot-tell';
      const { messages, next } = read.value;
      // What goes without a thread begins one, so what is beneath the others is not looked at.
      for (const message of messages.filter((one) => this.isOurs(one) && saidAt(one) >= after)) {
        const its = keyOf(message);
        if (its === key) return { found: receiptOf(message, room, thread) };
        if (its === undefined) isCertain = false;
      }
      const isOver = next === undefined || (!isWholeChannel(reading) && endsBefore(messages, after));
      if (isOver) return isCertain ? 'absent' : 'cannot-tell';
      if (page === PAGES) return 'cannot-tell';
      read = await this.past.more(next, reading, signal);
    }
  };

  private isOurs({ from }: Wire): boolean {
    return stringOf(wireOf(wireOf(from).application).id) === this.appId;
  }
}

const receiptOf = (message: Wire, room: Send['room'], thread: string | undefined): Receipt => ({
  message: { room, id: textOf(message.id), ...(thread !== undefined && { thread }) },
  at: saidAt(message),
});
