import type { ActedTeams } from '../acted-teams.ts';
import type { Activity } from '../activities.ts';
import type { Conversation, KeptMessage } from '../conversations.ts';

/** More than anybody scrolls back in a practice. */
const MOST_MESSAGES = 300;
const TITLE_CHARS = 60;

export interface Asked {
  readonly as: string | null;
  /** A channel, or one of its threads. */
  readonly room: string | null;
}

/** Everything the page shows to one person: a channel's threads, or one of them. */
export function pageState(acted: ActedTeams, rooms: readonly Conversation[], { as, room: asked }: Asked): object {
  const [id = '', named] = (asked ?? '').split(THREAD);
  const channel = rooms.find((one) => one.id === id) ?? rooms[0];
  const all = (channel?.messages ?? []).slice(-MOST_MESSAGES);
  const roots = all.filter((message) => message.thread === message.id);
  const thread = roots.some((root) => root.id === named) ? named : undefined;
  const shown = all.filter((message) => (thread === undefined ? message.thread === message.id : message.thread === thread));
  return {
    broken: acted.isBroken ? 'Broken on purpose: people here read each other, and Teams and the app do not hear each other.' : '',
    me: acted.people.find((name) => name === as) ?? acted.people[0] ?? '',
    people: acted.people,
    channels: rooms.map((one) => ({ id: one.id, name: nameOf(one) })),
    channel: channel?.id ?? '',
    thread: thread ?? null,
    threads: roots.map((root) => ({ id: root.id, title: titleOf(root), replies: all.filter((m) => m.thread === root.id).length - 1 })),
    messages: shown.map((message) => line(acted, message)),
  };
}

export const THREAD = ';messageid=';

/** `19:incidents1@thread.tacv2` was made as "incidents". */
const nameOf = ({ id }: Conversation): string => id.replace(/^19:/, '').replace(/\d*@.*$/, '');

function line(acted: ActedTeams, message: KeptMessage): object {
  const by = acted.authorOf(message);
  return {
    id: message.id,
    thread: message.thread,
    by: by ?? 'Muster',
    app: by === null,
    at: Number(message.id),
    edited: acted.isEdited(message),
    ...(message.activity ? { cards: cardsOf(message.activity) } : { text: message.text }),
  };
}

const cardsOf = ({ attachments }: Activity): Activity[] =>
  ((attachments ?? []) as { content?: Activity }[]).flatMap(({ content }) => (content ? [content] : []));

/** Its first words. */
function titleOf({ text, activity }: KeptMessage): string {
  const words = text ?? (activity ? cardsOf(activity).map(wordsOf).join(' ') : '');
  return words.length <= TITLE_CHARS ? words : `${words.slice(0, TITLE_CHARS).trimEnd()}…`;
}

function wordsOf({ body }: Activity): string {
  const [first] = (body ?? []) as { text?: string; inlines?: { text?: string }[] }[];
  return first?.text ?? (first?.inlines ?? []).map(({ text }) => text ?? '').join('');
}
