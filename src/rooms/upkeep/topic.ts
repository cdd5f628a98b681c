import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import type { CardFacts } from '../say/card.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What fits everywhere: of the chats with topics, Slack takes the least. */
export const TOPIC_CHARS = 250;

/** What stands over a chat's room: how bad it is, who leads, what it is about, and where the war room is. */
export function topicOf(
  { title, severity, status, category, lead }: Pick<CardFacts, 'title' | 'severity' | 'status' | 'category' | 'lead'>,
  warRoom: string,
): string {
  const before = isOpenCategory(category) ? `${severity} · ${lead === null ? 'nobody leads' : `led by ${lead}`} · ` : `${status} · `;
  const after = ` · war room: ${warRoom}`;
  return `${before}${fitting(title.replace(/\s+/g, ' '), TOPIC_CHARS - before.length - after.length)}${after}`;
}

function fitting(text: string, chars: number): string {
  if (text.length <= chars) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > chars - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
