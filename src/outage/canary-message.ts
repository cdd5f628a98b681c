import { randomBytes } from 'node:crypto';
import type { ChatEvent, Content } from '@musterhq/chat-port';

const KEY = 'canary:';
const MARK = /\bmark-[0-9a-f]{12}\b/g;

/** What tells one look from every other. */
export const newMark = (): string => `mark-${randomBytes(6).toString('hex')}`;

export const keyFor = (mark: string): string => `${KEY}${mark}`;

/**
 * What the message says, for whoever finds the room. The mark is in the summary too: a platform that stamps edits by the
 * second tells two of them apart by what they say in plain text.
 */
export function canaryMessage(mark: string): Content {
  const say = 'Muster changes this message again and again, and waits to hear of it, to know that this chat works. Nothing to do here. ';
  return {
    summary: say + mark,
    blocks: [
      {
        t: 'p',
        c: [
          { t: 'text', v: say },
          { t: 'code', v: mark },
        ],
      },
    ],
  };
}

/**
 * The marks in an echo of ours; none in anything else. Which message it is, its key says. An edit may come back with the
 * key of its first sending (a platform's metadata can be fixed then), so the mark is read from what it says, too.
 */
export function marksIn(event: ChatEvent): { tenant: string; nonce: string }[] {
  if (event.type !== 'message.created' && event.type !== 'message.edited') return [];
  const { origin, key, content, ref } = event.message;
  if (origin !== 'self' || !key?.startsWith(KEY)) return [];
  const marks = new Set([...key.matchAll(MARK), ...JSON.stringify(content).matchAll(MARK)].map(([mark]) => mark));
  return [...marks].map((nonce) => ({ tenant: ref.room.tenant, nonce }));
}

/** The tenant in which somebody else said or did something just now, if this is that. */
export function spokenIn(event: ChatEvent): string | null {
  if (event.type === 'message.created' || event.type === 'message.edited')
    return event.message.origin === 'self' ? null : event.message.ref.room.tenant;
  return event.type === 'command' || event.type === 'action' ? event.via.user.tenant : null;
}
