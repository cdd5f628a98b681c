import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { nextUpdateDue, type Waiting } from '#libs/war-room-protocol/waiting';
import { age, clock } from '../times.ts';
import type { Sentence } from './sentence.ts';

export function updateWords({ data }: Pick<RoomEventOf<'update.shared'>, 'data'>, by: string): Sentence {
  const { text, severity, status, nextUpdateBy } = data;
  const facts = [severity, status].filter((fact) => fact !== undefined).join(', ');
  const next = nextUpdateBy === undefined ? '' : `next update by ${clock(nextUpdateBy)}`;
  const told = [text ? { said: text } : '', facts, next].filter(Boolean);
  return [`Update${by}`, ...told.flatMap((part, at) => [at === 0 ? ': ' : ' · ', part])];
}

/** "Next update in 12 min", "overdue by 3 min"; null where none is waited for. */
export function nextUpdateWords(waiting: Waiting, now: string): string | null {
  const due = nextUpdateDue(waiting);
  if (due === null) return null;
  return due > now ? `Next update in ${age(now, due)}` : `Overdue by ${age(due, now)}`;
}
