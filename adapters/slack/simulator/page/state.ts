import type { FileCabinet } from '../files/file-cabinet.ts';
import type { SlackMessage } from '../objects.ts';
import type { World } from '../person.ts';
import type { Room } from '../room.ts';
import { type ShownFile, shownFile } from './file.ts';

/** More than anybody scrolls back in a practice. */
const MOST_MESSAGES = 300;

/** Everything the page shows to one person in one channel. Falls back to the first person and the first channel they are in. */
export function pageState(world: World, as: string | null, channel: string | null): object {
  const { workspace, interactions } = world;
  const people = [...workspace.users.values()];
  const me = people.find((u) => u.id === as || u.name === as) ?? people.find((u) => !u.is_bot);
  const rooms = [...workspace.rooms.values()].filter((r) => r.kind === 'channel' || (me !== undefined && r.members.has(me.id)));
  const room =
    rooms.find((r) => r.id === channel || r.name === channel) ?? rooms.find((r) => me !== undefined && r.members.has(me.id)) ?? rooms[0];
  const names = Object.fromEntries(people.map((u) => [u.id, u.real_name]));
  return {
    team: workspace.team.name,
    broken: world.faults.silent() ? 'Broken on purpose: people here read each other, and nothing reaches the app.' : '',
    me: { id: me?.id ?? '' },
    people: people.map((u) => ({ id: u.id, realName: u.real_name, bot: u.is_bot })),
    names,
    channelNames: Object.fromEntries([...workspace.rooms.values()].map((r) => [r.id, r.name])),
    channels: rooms.map((r) => summary(r, me?.id)).sort((a, b) => a.name.localeCompare(b.name)),
    channel: room
      ? { ...summary(room, me?.id), topic: room.topic.value, bookmarks: room.bookmarks }
      : { id: '', name: 'no channel yet', topic: '', bookmarks: [], archived: false, member: false },
    messages: room
      ? lines(room, me ? interactions.shownTo(me.id, room.id) : [], (m) => line(m, names, workspace.app.name, world.files)).map(flat)
      : [],
    views: me ? interactions.views.of(me.id) : [],
    shortcuts: world.gestures.ofMessages.map(({ name, callbackId }) => ({ name, callbackId })),
  };
}

/** A message as the page draws it. */
interface Line {
  readonly key: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly author: string;
  readonly message: Pick<SlackMessage, 'text' | 'blocks' | 'user' | 'subtype' | 'reactions'> & { readonly files?: readonly ShownFile[] };
  readonly marks: { readonly app: boolean; readonly edited: boolean; readonly pinned: boolean; readonly private: boolean };
  readonly replies?: readonly Line[];
}

function summary(
  room: Room,
  me: string | undefined,
): { id: string; name: string; private: boolean; archived: boolean; member: boolean; lastTs: string } {
  return {
    id: room.id,
    name: room.name,
    private: room.kind !== 'channel',
    archived: room.archived,
    member: me !== undefined && room.members.has(me),
    lastTs: room.lastTs ?? '',
  };
}

/** Roots in the order of time, each with its replies; what only this person sees among them. */
function lines(room: Room, shown: readonly SlackMessage[], toLine: (m: SlackMessage) => Line): Line[] {
  const all = [...[...room.messages.values()].slice(-MOST_MESSAGES), ...shown]
    .map(toLine)
    .sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
  const isReply = (l: Line): boolean => l.threadTs !== undefined && l.threadTs !== l.ts;
  const roots = all.filter((l) => !isReply(l) || !all.some((r) => r.ts === l.threadTs));
  return roots.map((root) => ({ ...root, replies: all.filter((l) => isReply(l) && l.threadTs === root.ts) }));
}

/** Anybody may do with these what they may with others. */
const PLAIN: readonly unknown[] = [undefined, 'bot_message', 'file_share'];

function line(m: SlackMessage, names: Record<string, string>, appName: string, cabinet: FileCabinet): Line {
  const fromApp = m.bot_id !== undefined;
  const author = m.username ?? (fromApp ? appName : m.user === 'USLACKBOT' ? 'Slackbot' : (names[m.user ?? ''] ?? 'Somebody'));
  const { ts, text, blocks, user, subtype, reactions, files } = m;
  const marks = { app: fromApp, edited: m.edited !== undefined, pinned: m.pinned_to !== undefined, private: m.is_ephemeral === true };
  const message = {
    text,
    ...(blocks ? { blocks } : {}),
    ...(user ? { user } : {}),
    ...(subtype && !PLAIN.includes(subtype) ? { subtype } : {}),
    ...(files?.length ? { files: files.map((file) => shownFile(cabinet, file)) } : {}),
    ...(reactions ? { reactions } : {}),
  };
  return { key: `${marks.private ? 'e' : 'm'}${ts}`, ts, threadTs: m.thread_ts, author, message, marks };
}

function flat({ message, marks, replies, ...line }: Line): object {
  return { ...line, ...message, ...marks, replies: (replies ?? []).map(flat) };
}
