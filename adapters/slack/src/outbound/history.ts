import { type Attempt, done, type Envelope, type History, type Page, type Pinned, type RoomRef } from '@musterhq/chat-port';
import { edited, said } from '../inbound/decode-message-event.ts';
import { editOf, isSaid } from '../inbound/decode-message.ts';
import type { Named } from '../inbound/named.ts';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import type { SlackIdentity } from '../slack-identity.ts';
import { msOfTs, tsOfMs, type Whose } from '../slack-names.ts';
import { numberOf, textOf, type Wire, wiresOf } from '#libs/wire/wire';
import { type Place, placeOf, writePlace } from './history-cursor.ts';
import { pinnedIn, whoReacted } from './history-marks.ts';

type Query = Parameters<History['page']>[0];
interface Read {
  readonly messages?: unknown;
  readonly has_more?: boolean;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/**
 * The most that Slack gives at once. It recommends 200, for pages that people wait for; after an outage calls are what is short: a
 * hundred rooms of two thousand messages are 300 calls with this, and 1,000 with that. Commercial apps outside its marketplace get 15
 * a minute, whatever they ask for.
 */
export const HISTORY_PAGE = 999;
const RATIONED_PAGE = 15;
const RATIONED_MS = 60_000;
export const HISTORY_RATION = {
  messages: RATIONED_PAGE,
  windowMs: RATIONED_MS,
  whom: 'An app that is distributed outside Slack’s marketplace',
};

/**
 * The past as the same envelopes the events would have been. One call to Slack a page: first the channel, newest
 * first as Slack gives it, then every thread met on the way that has something in the time asked for. Inside a page
 * the order is that of saying.
 *
 * A thread whose root is older than the time asked for is not met: ask for it by `thread`.
 */
export class SlackHistory implements History {
  constructor(
    private readonly client: SlackClient,
    private readonly identity: SlackIdentity,
    private readonly now: () => number,
  ) {}

  async page(q: Query, signal: AbortSignal): Promise<Attempt<Page>> {
    const place = placeOf(q.cursor, q.thread);
    const limit = Math.max(1, Math.min(q.limit, HISTORY_PAGE));
    const answer = await this.client.call<Read>(
      place.thread ? 'conversations.replies' : 'conversations.history',
      {
        channel: q.room.room,
        ...(place.thread ? { ts: place.thread } : {}),
        ...(q.after === undefined ? {} : { oldest: tsOfMs(q.after) }),
        ...(q.before === undefined ? {} : { latest: tsOfMs(q.before) }),
        inclusive: true,
        include_all_metadata: true,
        limit,
        ...(place.cursor ? { cursor: place.cursor } : {}),
      },
      signal,
    );
    if (answer.outcome === 'done') return done(this.pageOf(answer.value, q, place, limit));
    // Deleted since it was met in the channel: nothing of it is left to read, and the others are.
    const isThreadGone = q.thread === undefined && place.thread !== undefined && isSlackError(answer, 'thread_not_found');
    return isThreadGone ? done(this.pageOf({}, q, place, limit)) : answer;
  }

  /** Slack gives all of them at once. A file that was pinned by itself is no message. */
  async pins(room: RoomRef, signal: AbortSignal): Promise<Attempt<Pinned[]>> {
    const answer = await this.client.call<{ items?: unknown }>('pins.list', { channel: room.room }, signal);
    return answer.outcome === 'done' ? done(pinnedIn(answer.value.items, room, this.identity.whose(room.tenant))) : answer;
  }

  private pageOf(read: Read, q: Query, place: Place, limit: number): Page {
    const all = wiresOf(read.messages);
    const within = all.filter((message) => isWithin(message, q) && isSaid(message) && !isRepeated(message, q, place));
    const whose = this.identity.whose(q.room.tenant);
    const next = nextPlace(read, all, q, place);
    const rationed = all.length === RATIONED_PAGE && limit > RATIONED_PAGE && read.has_more === true;
    return {
      envelopes: within.sort(bySaying).flatMap((message) => envelopesOf(message, q.room.room, whose)),
      state: stateOf(within, whose),
      ...(next ? { cursor: writePlace(next) } : {}),
      complete: next === undefined,
      ...(rationed && next ? { notBefore: this.now() + RATIONED_MS } : {}),
    };
  }
}

function envelopesOf(message: Wire, channel: string, whose: Whose): Envelope[] {
  const edit = editOf(message);
  const named: Named[] = [said(message, channel, whose), ...(edit ? [edited(message, channel, whose, edit)] : [])];
  return named.map(({ id, lane, event, at = 0 }) => ({ id, lane, at, redelivery: 0, event }));
}

const bySaying = (a: Wire, b: Wire): number => (textOf(a['ts']) < textOf(b['ts']) ? -1 : 1);

function isWithin(message: Wire, { after, before }: Query): boolean {
  const at = msOfTs(textOf(message['ts']));
  return (after === undefined || at >= after) && (before === undefined || at < before);
}

/** The root stands in the channel already, and a reply shown in the channel too comes with its thread. */
function isRepeated(message: Wire, q: Query, place: Place): boolean {
  if (q.thread !== undefined) return false;
  if (place.thread) return textOf(message['ts']) === place.thread || message['subtype'] === 'thread_broadcast';
  return false;
}

function nextPlace(read: Read, all: readonly Wire[], q: Query, place: Place): Place | undefined {
  const threads = [...place.threads, ...(q.thread === undefined && !place.thread ? threadsIn(all, q) : [])];
  const cursor = read.response_metadata?.next_cursor;
  if (cursor) return { threads, cursor, ...(place.thread ? { thread: place.thread } : {}) };
  const [thread, ...rest] = threads;
  return thread ? { thread, threads: rest } : undefined;
}

function threadsIn(messages: readonly Wire[], { after }: Query): string[] {
  const busy = messages.filter((message) => {
    const latest = textOf(message['latest_reply']);
    return (numberOf(message['reply_count']) ?? 0) > 0 && (after === undefined || latest === '' || msOfTs(latest) >= after);
  });
  return busy.map((message) => textOf(message['ts'])).sort();
}

function stateOf(messages: readonly Wire[], whose: Whose): NonNullable<Page['state']> {
  const reactions = messages
    .map((message) => [textOf(message['ts']), wiresOf(message['reactions']).map(({ name }) => textOf(name))] as const)
    .filter(([, names]) => names.length > 0);
  const pins = messages.filter(({ pinned_to }) => Array.isArray(pinned_to) && pinned_to.length > 0).map((message) => textOf(message['ts']));
  const reactedBy = messages.map((message) => [textOf(message['ts']), whoReacted(message, whose)] as const);
  return {
    reactions: Object.fromEntries(reactions),
    pins,
    reactedBy: Object.fromEntries(reactedBy.filter(([, given]) => given.length > 0)),
  };
}
