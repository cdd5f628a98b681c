import type { NoticeContent } from '#src/notifications/notifications.types';
import type { SurfaceChanged } from './outage.events.ts';
import type { Half } from './outage.types.ts';
import { clock } from './utc-clock.ts';
import type { ConcernedIncident } from './whom-an-outage-concerns.ts';

/** So many rooms fit on a phone; the others are in the list. */
const MOST_ROOMS = 10;

/** What to do, and where. Of a private incident only the number is said: others may read over a shoulder. */
export function downNotice(chat: SurfaceChanged, incidents: readonly ConcernedIncident[], home: string): NoticeContent {
  const rooms = incidents.slice(0, MOST_ROOMS).map(({ reference, title, private: isPrivate }) => ({
    text: isPrivate ? reference : `${reference} ${title}`,
    href: `${home}/i/${reference}`,
  }));
  const where = incidents.length === 0 ? 'No incident goes on there. Declare in Muster if there is one.' : 'Go on in the war room:';
  return {
    title: chat.saidBy ? `${chat.name} is down, says ${chat.saidBy.name}` : `${chat.name} is not answering`,
    paragraphs: [
      `${chat.half ? HALVES[chat.half](chat.name) : ''}${chat.saidBy ? `Muster goes by the word of ${chat.saidBy.name}.` : `Nothing is proven to have arrived in ${chat.name} since ${clock(new Date(chat.goodAt))}.`} What is written in Muster is kept, and goes there when it is back.`,
      ...(chat.admits ? [`${chat.name} says so too: ${chat.admits.title}.`] : []),
      where,
    ],
    links: [
      ...rooms,
      ...(rooms.length === incidents.length && rooms.length > 0 ? [] : [{ text: 'All incidents', href: `${home}/` }]),
      ...(chat.admits?.href === undefined ? [] : [{ text: `What ${chat.name} says`, href: chat.admits.href }]),
    ],
    of: { id: chat.instance, name: chat.name },
  };
}

export const overNotice = (chat: SurfaceChanged, at: Date, home: string): NoticeContent => ({
  title: `${chat.name} answers again`,
  paragraphs: [
    `${chat.name} is relied on again since ${clock(at)}. What was said meanwhile there and in Muster has been exchanged; each room says what could not be had.`,
  ],
  links: [{ text: 'All incidents', href: `${home}/` }],
  of: { id: chat.instance, name: chat.name },
});

const HALVES: Readonly<Record<Half, (name: string) => string>> = {
  send: (name) => `What is said in ${name} is still heard in Muster. `,
  events: (name) => `${name} takes messages, and tells Muster nothing of what is said there. `,
};
