import type { Inline } from '@musterhq/chat-port';
import type { Names } from '../names.ts';

export type Atom = Extract<Inline, { t: 'mention' | 'room' | 'emoji' | 'time' }>;

/** How the parts that only a platform can show properly read as plain words. */
export function atomText(atom: Atom, names: Names = {}): string {
  switch (atom.t) {
    case 'mention':
      if (atom.who === 'everyone') return '@everyone';
      if ('group' in atom.who) return `@${atom.who.group}`;
      return `@${names.person?.(atom.who) ?? atom.name ?? atom.who.user}`;
    case 'room':
      return `#${names.room?.(atom.ref) ?? atom.ref.room}`;
    case 'emoji':
      return atom.unicode ?? `:${atom.name}:`;
    case 'time':
      return timeText(atom.at, atom.style);
  }
}

/** Text does not age, so a relative time is written out; and it has no reader's zone, so the zone is said. */
function timeText(at: number, style: 'clock' | 'date' | 'relative'): string {
  const iso = instantText(at);
  if (iso === undefined) return String(at);
  const [date = '', clock = ''] = iso.split('T');
  if (style === 'date') return date;
  if (style === 'clock') return `${clock.slice(0, 5)} UTC`;
  return `${date} ${clock.slice(0, 5)} UTC`;
}

/** ISO 8601, or undefined for a number that is no date: content comes from outside and must never throw here. */
export function instantText(at: number): string | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
