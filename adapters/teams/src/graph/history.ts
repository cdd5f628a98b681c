import { type Attempt, type Envelope, type History, type HistoryQuery, type Page, done, refused } from '@musterhq/chat-port';
import { type Wire, textOf, wiresOf } from '#libs/wire/wire';
import type { Us } from '../inbound/us.ts';
import { asTold, directoryIdsIn } from './as-told.ts';
import type { Directory } from './directory.ts';
import {
  KEPT_MS,
  PAST_PAGE,
  type Past,
  type Reading,
  type Stretch,
  endsBefore,
  isSaid,
  isWholeChannel,
  readingOf,
  saidAt,
} from './past.ts';
import { type PastPlace, pastPlaceOf, writePlace } from './past-place.ts';
import { reactorsIn, stateOf } from './reactions.ts';

/** What of a stretch goes on this page, and what is left for later ones. */
interface Cut {
  readonly messages: readonly Wire[];
  readonly next?: PastPlace;
}

/**
 * The past as the same envelopes that the events would have been, one call to Graph a page. A channel comes thread by thread, those in
 * which something happened since, with their replies; a thread whose replies do not fit on the page is read by itself afterwards.
 */
export class TeamsHistory implements History {
  constructor(
    private readonly us: Us,
    private readonly past: Past,
    private readonly directory: Pick<Directory, 'usersOf'>,
    private readonly now: () => number,
  ) {}

  async page(q: HistoryQuery, signal: AbortSignal): Promise<Attempt<Page>> {
    const room = readingOf(q.room.room, q.thread);
    if (!room) return NO_CHANNEL;
    const place = pastPlaceOf(q.cursor);
    const reading: Reading = place.thread === undefined ? room : { ...room, thread: place.thread };
    const top = Math.min(q.limit, PAST_PAGE);
    const read = await (place.link === undefined
      ? this.past.read(reading, { ...q, top }, signal)
      : this.past.more(place.link, reading, signal));
    if (read.outcome === 'done') return done(await this.pageOf(cutOf(read.value, reading, place, q), room, q, signal));
    // Deleted since it was met in its channel: nothing of it is left to read, and the others are.
    const isThreadGone = place.thread !== undefined && read.outcome === 'refused' && read.fault.code === 'not-found';
    return isThreadGone ? done(await this.pageOf(cutOf({ messages: [] }, reading, place, q), room, q, signal)) : read;
  }

  private async pageOf({ messages, next }: Cut, room: Reading, q: HistoryQuery, signal: AbortSignal): Promise<Page> {
    const userOf = await this.directory.usersOf(
      messages.flatMap((message) => [...directoryIdsIn(message), ...reactorsIn(message)]),
      signal,
    );
    const { tenant } = q.room;
    const { conversation } = room;
    const where = { us: this.us, tenant, conversation, userOf };
    const envelopes: Envelope[] = [...messages].sort(bySaying).flatMap((message) => asTold(message, where, this.now()));
    const keptFrom = this.now() - KEPT_MS;
    const { adapter } = this.us;
    return {
      envelopes,
      state: stateOf(messages, (id) => ({ adapter, tenant, user: userOf(id) })),
      ...(next && { cursor: writePlace(next) }),
      complete: next === undefined,
      ...(isWholeChannel(room) && (q.after ?? -Infinity) < keptFrom && { keptFrom }),
    };
  }
}

function cutOf({ messages, next }: Stretch, reading: Reading, place: PastPlace, q: HistoryQuery): Cut {
  const within = (message: Wire): boolean => isSaid(message) && isWithin(message, q);
  const page = messages.filter(within);
  const threads = [...place.threads];
  if (isWholeChannel(reading))
    for (const root of messages) {
      const replies = wiresOf(root.replies).filter(within);
      const isAllOfIt = root['replies@odata.nextLink'] === undefined;
      if (isAllOfIt && page.length + replies.length <= q.limit) page.push(...replies);
      else threads.push(textOf(root.id));
    }
  const isOver = next === undefined || (!isWholeChannel(reading) && endsBefore(messages, q.after));
  const here = place.thread === undefined ? {} : { thread: place.thread };
  if (!isOver) return { messages: page, next: { ...here, threads, link: next } };
  const [thread, ...rest] = threads;
  return thread === undefined ? { messages: page } : { messages: page, next: { thread, threads: rest } };
}

const isWithin = (message: Wire, { after, before }: HistoryQuery): boolean =>
  (after === undefined || saidAt(message) >= after) && (before === undefined || saidAt(message) < before);

const bySaying = (a: Wire, b: Wire): number => saidAt(a) - saidAt(b) || Number(a.id) - Number(b.id);

const NO_CHANNEL = refused({
  code: 'unsupported',
  scope: 'room',
  detail: 'Of Teams, Muster reads channels and group chats back, and no chats of two.',
});
