import type { Answer } from '../connector-rules.ts';
import type { Conversation, KeptMessage } from '../conversations.ts';
import { type Asked, graphError, list } from './asked.ts';
import { type Whose, chatMessage, lastTouched } from './message-shape.ts';

const MOST = 50;
const USUAL = 20;
/** How long a delta goes back. */
export const DELTA_MS = 8 * 30 * 86_400_000;

export interface Listing {
  readonly whose: Whose;
  readonly asked: Asked;
  /** Where the request went, for its next link. */
  readonly url: string;
  readonly now: number;
  /** What was said later than this ago is not in the lists yet. */
  readonly lagMs: number;
  /** However many are asked for. */
  readonly most: number;
}

/** What stands in a conversation and what was taken away from it, by number. Numbers run ahead of the clock where much is said at once. */
const everythingIn = ({ messages, removed }: Conversation, { now, lagMs }: Listing): KeptMessage[] =>
  [...messages, ...removed].filter(({ id }) => lagMs === 0 || Number(id) <= now - lagMs).sort((a, b) => Number(a.id) - Number(b.id));

/** The threads of a channel in which something was said or changed since, each with all its replies. Oldest first. */
export function delta(conversation: Conversation, listing: Listing): Answer {
  const { query } = listing.asked;
  const given = /lastModifiedDateTime gt (\S+)$/.exec(query.get('$filter') ?? '')?.[1];
  if (query.has('$filter') && given === undefined)
    return graphError(400, 'BadRequest', 'Only lastModifiedDateTime with gt can be filtered.');
  const since = Math.max(given === undefined ? -Infinity : Date.parse(given), listing.now - DELTA_MS);
  const all = everythingIn(conversation, listing);
  const rootOf = ({ id, thread }: KeptMessage): string => thread ?? id;
  const threads = all.filter((message) => rootOf(message) === message.id && Number(message.id) > afterOf(query));
  const changed = threads.filter(({ id }) => all.some((message) => rootOf(message) === id && lastTouched(message) > since));
  const shape = (root: KeptMessage): object => ({
    ...chatMessage(root, listing.whose),
    ...(query.get('$expand') === 'replies' && {
      replies: all.filter((one) => one.thread === root.id && one.id !== root.id).map((one) => chatMessage(one, listing.whose)),
    }),
  });
  const page = changed.slice(0, sizeOf(listing));
  const isLast = page.length === changed.length;
  return list(page.map(shape), {
    [isLast ? '@odata.deltaLink' : '@odata.nextLink']: linkOf(listing, isLast ? { $deltatoken: 'd' } : { $skiptoken: page.at(-1)!.id }),
  });
}

/** Newest first: the replies of a thread, or all that was said in a chat. */
export function newestFirst(conversation: Conversation, thread: string | undefined, listing: Listing): Answer {
  const { query } = listing.asked;
  // A filter that the order is not of is passed over.
  const filter = query.get('$orderby') === 'createdDateTime desc' ? query.get('$filter') : null;
  const end = /createdDateTime lt (\S+)$/.exec(filter ?? '')?.[1];
  const before = Math.min(afterOf(query) === -Infinity ? Infinity : afterOf(query), end === undefined ? Infinity : Date.parse(end));
  const all = everythingIn(conversation, listing).filter((one) => thread === undefined || (one.thread === thread && one.id !== thread));
  const left = all.filter(({ id }) => Number(id) < before).reverse();
  const page = left.slice(0, sizeOf(listing));
  const next = page.length < left.length ? { '@odata.nextLink': linkOf(listing, { $skiptoken: page.at(-1)!.id }) } : {};
  return list(
    page.map((message) => chatMessage(message, listing.whose)),
    next,
  );
}

const afterOf = (query: URLSearchParams): number => (query.has('$skiptoken') ? Number(query.get('$skiptoken')) : -Infinity);

const sizeOf = ({ asked, most }: Listing): number => Math.min(Number(asked.query.get('$top') ?? USUAL), MOST, most);

/** With what was asked for: whoever follows it says nothing of their own. */
function linkOf({ asked, url }: Listing, token: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams([...asked.query].filter(([name]) => !name.endsWith('token')));
  for (const [name, value] of Object.entries(token)) query.set(name, value);
  return `${url}/${asked.path.map(encodeURIComponent).join('/')}?${query.toString()}`;
}
