import type { Content } from '@musterhq/chat-port';

/** What waits longer is read among words of another moment. */
const LONG_MS = 60_000;

/** Says when it was written, if that was a while ago: a chat shows the time at which it was sent. */
export function inItsTime(content: Content, written: Date, now: number): Content {
  if (now - written.getTime() < LONG_MS) return content;
  const when = { t: 'time', at: written.getTime(), style: 'clock' } as const;
  return { ...content, blocks: [...content.blocks, { t: 'p', c: [{ t: 'em', c: [{ t: 'text', v: 'Written at ' }, when] }] }] };
}
