import { type Attempt, type MessageRef, done } from '@musterhq/chat-port';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';
import { keyOf } from '../content/own-key.ts';
import { isChannel, isGroupChat, placeOf } from '../conversations.ts';
import type { Graph, GraphAnswer } from './graph.ts';

/** Graph gives no more at once. */
export const PAST_PAGE = 50;
/** A delta goes back eight months, and no eight months have fewer days. */
export const KEPT_MS = 240 * 86_400_000;

export const READS_MESSAGES = 'ChannelMessage.Read.Group';
const READS_CHATS = 'ChatMessage.Read.Chat';

/** A room of Teams, as Graph reads it: a whole channel, one thread of one, or a group chat. */
export interface Reading {
  /** The conversation, without a thread. */
  readonly conversation: string;
  readonly thread?: string;
}

/** Messages as Graph gives them, and the link to those that follow. */
export interface Stretch {
  readonly messages: readonly Wire[];
  readonly next?: string;
}

export interface Span {
  readonly after?: number;
  readonly before?: number;
  readonly top: number;
}

/** Of a room: where each thread of the channel is a room, its conversation names the thread. What is one person's with us is not read. */
export function readingOf(room: string, thread?: string): Reading | undefined {
  const place = placeOf(room);
  if (isGroupChat(place.room)) return { conversation: place.room };
  if (!isChannel(place.room)) return undefined;
  const root = place.thread ?? thread;
  return { conversation: place.room, ...(root !== undefined && { thread: root }) };
}

/** Of a channel without a thread: its threads come with all their replies, and the platform does not go back for ever. */
export const isWholeChannel = ({ conversation, thread }: Reading): boolean => thread === undefined && isChannel(conversation);

const neededFor = ({ conversation }: Reading): string => (isChannel(conversation) ? READS_MESSAGES : READS_CHATS);

/** What was said, read by Graph: one call a stretch. */
export class Past {
  constructor(
    private readonly graph: Graph,
    private readonly team: string,
  ) {}

  read(reading: Reading, { after, before, top }: Span, signal: AbortSignal): Promise<Attempt<Stretch>> {
    const query: Record<string, string> = { $top: String(Math.max(1, Math.min(top, PAST_PAGE))) };
    const { thread } = reading;
    const ask = (more: readonly string[], asked: Record<string, string>): Promise<Attempt<Stretch>> => {
      const path = [...messagesIn(this.team, reading.conversation), ...more];
      return this.graph.call({ method: 'GET', path, query: { ...query, ...asked }, needs: neededFor(reading) }, stretchIn, signal);
    };
    if (thread !== undefined) return ask([thread, 'replies'], {});
    // By when they were said, because what is edited meanwhile would move otherwise.
    const until: Record<string, string> = before === undefined ? {} : { $filter: `createdDateTime lt ${new Date(before).toISOString()}` };
    if (!isWholeChannel(reading)) return ask([], { $orderby: 'createdDateTime desc', ...until });
    // It compares with "later than", and what was said at that moment belongs to it.
    const since: Record<string, string> =
      after === undefined ? {} : { $filter: `lastModifiedDateTime gt ${new Date(after - 1).toISOString()}` };
    return ask(['delta'], { ...since, $expand: 'replies' });
  }

  /** By which key this message was sent, where its card says so. */
  async keyOf({ room, id, thread }: MessageRef, signal: AbortSignal): Promise<Attempt<string | undefined>> {
    const reading = readingOf(room.room, thread);
    if (!reading) return done(undefined);
    const read = await this.message(reading.conversation, id, reading.thread, signal);
    return read.outcome === 'done' ? done(keyOf(read.value)) : read;
  }

  message(conversation: string, id: string, root: string | undefined, signal: AbortSignal): Promise<Attempt<Wire>> {
    const path = messagePath(this.team, conversation, id, root);
    return this.graph.call({ method: 'GET', path, needs: neededFor({ conversation }) }, ({ body }) => body, signal);
  }

  more(link: string, reading: Reading, signal: AbortSignal): Promise<Attempt<Stretch>> {
    return this.graph.follow(link, neededFor(reading), stretchIn, signal);
  }
}

const messagesIn = (team: string, conversation: string): string[] => [
  ...(isChannel(conversation) ? ['teams', team, 'channels', conversation] : ['chats', conversation]),
  'messages',
];

/** Where Graph has one message of a channel, or of a group chat. */
export function messagePath(team: string, conversation: string, id: string, root: string | undefined): string[] {
  const among = messagesIn(team, conversation);
  return root === undefined || root === id ? [...among, id] : [...among, root, 'replies', id];
}

function stretchIn({ body }: GraphAnswer): Stretch | undefined {
  if (!Array.isArray(body.value)) return undefined;
  const next = stringOf(body['@odata.nextLink']);
  return { messages: wiresOf(body.value), ...(next !== undefined && { next }) };
}

export const saidAt = (message: Wire): number => Date.parse(stringOf(message.createdDateTime) ?? '');

/** A person's or an app's words. What was taken away has none, and what Teams itself notes ("Mia joined") is none. */
export const isSaid = (message: Wire): boolean =>
  message.messageType === 'message' && stringOf(message.deletedDateTime) === undefined && !Number.isNaN(saidAt(message));

/**
 * Whether what follows is older still: said only where the order can be seen, because replies have none that is promised.
 */
export function endsBefore(messages: readonly Wire[], after: number | undefined): boolean {
  if (after === undefined || messages.length < 2) return false;
  const times = messages.map(saidAt);
  return times.every((at, n) => at < after && (n === 0 || at <= times[n - 1]!));
}
