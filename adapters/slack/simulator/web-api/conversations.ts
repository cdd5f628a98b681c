import type { JsonObject, SlackMessage } from '../objects.ts';
import { toChannel, type Room } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import type { Args } from './args.ts';
import { memberRoom, roomFor, writableRoom, type Method, type Slack } from './call.ts';
import { between, cursorFields, pageBack, pageByKey, pageOn } from './paging.ts';

const create: Method = (args, slack) => {
  const name = args.need('name', 'invalid_name_required');
  return { channel: show(slack.membership.create(name, bot(slack), args.flag('is_private')), slack) };
};

const info: Method = (args, slack) => ({ channel: show(room(args, slack), slack, args.flag('include_num_members')) });

const list: Method = (args, slack) => {
  const types = args.list('types');
  const wanted = types.length === 0 ? ['public_channel'] : types;
  const all = [...slack.workspace.rooms.values()]
    .filter((r) => wanted.includes({ channel: 'public_channel', private: 'private_channel', im: 'im' }[r.kind]))
    .filter((r) => r.kind === 'channel' || r.members.has(bot(slack)))
    .filter((r) => !(args.flag('exclude_archived') && r.archived))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = pageByKey(all, (r) => r.id, args, 100, 1000);
  return { channels: page.items.map((r) => show(r, slack, true)), ...cursorFields(page.next) };
};

const invite: Method = (args, slack) => {
  const at = writableRoom(slack, args.need('channel', 'channel_not_found'));
  const users = args.list('users');
  if (users.length === 0) throw new SlackError('no_user');
  if (users.length > 1000) throw new SlackError('too_many_users');
  const refused = users.map((user) => ({ user, error: refusal(user, at, slack) })).filter((r) => r.error !== undefined);
  const fine = users.filter((user) => !refused.some((r) => r.user === user));
  const first = refused[0]?.error;
  if (first !== undefined && (fine.length === 0 || !args.flag('force'))) {
    // Who was removed from the workspace keeps nobody else out, and is an error all the same.
    if (refused.every(({ user }) => slack.workspace.users.get(user)?.deleted))
      for (const user of fine) slack.membership.join(at, user, bot(slack));
    throw new SlackError(first, { errors: refused.map((r) => ({ ...r, ok: false })) });
  }
  for (const user of fine) slack.membership.join(at, user, bot(slack));
  return { channel: show(at, slack), ...(refused.length > 0 ? { errors: refused.map((r) => ({ ...r, ok: false })) } : {}) };
};

function refusal(user: string, at: Room, slack: Slack): string | undefined {
  if (user === bot(slack)) return 'cant_invite_self';
  const invited = slack.workspace.users.get(user);
  if (!invited) return 'user_not_found';
  if (invited.deleted) return 'cant_invite';
  if (at.members.has(user)) return 'already_in_channel';
  // A guest of one channel has a place in that one.
  const isElsewhere = [...slack.workspace.rooms.values()].some((room) => room.kind !== 'im' && room.members.has(user));
  return invited.is_ultra_restricted && isElsewhere ? 'ura_max_channels' : undefined;
}

const join: Method = (args, slack) => {
  const at = room(args, slack);
  if (at.kind !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
  if (at.archived) throw new SlackError('is_archived');
  if (at.members.has(bot(slack))) {
    return { channel: show(at, slack), warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
  }
  slack.membership.join(at, bot(slack));
  return { channel: show(at, slack) };
};

const leave: Method = (args, slack) => {
  const at = room(args, slack);
  if (!at.members.has(bot(slack))) return { not_in_channel: true };
  slack.membership.leave(at, bot(slack));
  return {};
};

const kick: Method = (args, slack) => {
  const at = memberRoom(slack, args.need('channel', 'channel_not_found'));
  const user = args.need('user', 'user_not_found');
  if (user === bot(slack)) throw new SlackError('cant_kick_self');
  slack.workspace.user(user);
  slack.membership.leave(at, user, bot(slack));
  return { errors: {} };
};

const archive: Method = (args, slack) => {
  const at = room(args, slack);
  if (at.archived) throw new SlackError('already_archived');
  slack.membership.archive(memberRoom(slack, at.id), bot(slack));
  return {};
};

/** A bot cannot: it is in no archived channel, and has to be in it (the method's page, "Bug alert"; slack-go/slack#1066). */
const unarchive: Method = (args, slack) => {
  if (!room(args, slack).archived) throw new SlackError('not_archived');
  throw new SlackError('not_in_channel');
};

const rename: Method = (args, slack) => {
  const at = writableRoom(slack, args.need('channel', 'channel_not_found'));
  slack.membership.rename(at, args.need('name', 'invalid_name_required'), bot(slack));
  return { channel: show(at, slack) };
};

const setTopic: Method = (args, slack) => {
  const at = writableRoom(slack, args.need('channel', 'channel_not_found'));
  slack.membership.setTopic(at, args.text('topic') ?? '', bot(slack));
  return { channel: show(at, slack) };
};

const setPurpose: Method = (args, slack) => {
  const at = writableRoom(slack, args.need('channel', 'channel_not_found'));
  slack.membership.setPurpose(at, args.text('purpose') ?? '', bot(slack));
  return { channel: show(at, slack) };
};

const members: Method = (args, slack) => {
  const page = pageByKey([...room(args, slack).members].sort(), (id) => id, args, 100, 1000);
  return { members: page.items, ...cursorFields(page.next) };
};

const open: Method = (args, slack) => {
  const users = args.list('users');
  const given = args.text('channel');
  if (given !== undefined) return { channel: { id: room(args, slack).id } };
  if (users.length !== 1 || users[0] === undefined)
    throw new SlackError(users.length === 0 ? 'users_list_not_supplied' : 'not_enough_users');
  const im = slack.workspace.directMessage(users[0]);
  return { no_op: true, already_open: true, channel: { id: im.id } };
};

/** Roots of threads and plain messages; replies only when they were also sent to the channel. */
const history: Method = (args, slack) => {
  const at = memberRoom(slack, args.need('channel', 'channel_not_found'));
  const roots = [...at.messages.values()].filter(
    (m) => m.thread_ts === undefined || m.thread_ts === m.ts || m.subtype === 'thread_broadcast',
  );
  // With `oldest` alone, Slack gives the messages nearest to now first, as it always does.
  const page = pageBack([...between(roots, args)].reverse(), args);
  return {
    messages: page.items.map((m) => inHistory(m, args)),
    has_more: page.next !== '',
    pin_count: at.pins.size,
    ...(page.next === '' ? {} : cursorFields(page.next)),
  };
};

const replies: Method = (args, slack) => {
  const at = memberRoom(slack, args.need('channel', 'channel_not_found'));
  const root = at.messages.get(args.need('ts', 'thread_not_found'));
  if (!root) throw new SlackError('thread_not_found');
  const threadTs = root.thread_ts ?? root.ts;
  const all = [...at.messages.values()].filter((m) => m.ts === threadTs || m.thread_ts === threadTs);
  const [head, ...rest] = all;
  // The root always comes along, whatever the bounds say.
  const inBounds = head === undefined ? [] : [head, ...between(rest, args)];
  const page = pageOn(inBounds, args);
  return {
    messages: page.items.map((m) => inHistory(m, args)),
    has_more: page.next !== '',
    ...(page.next === '' ? {} : cursorFields(page.next)),
  };
};

/** Of many who reacted Slack names some, and counts all. It does not say how many it names, only that this may change. */
const NAMED_REACTORS = 50;

function inHistory({ reactions, metadata, ...rest }: SlackMessage, args: Args): JsonObject {
  const named = reactions?.map((reaction) => ({ ...reaction, users: reaction.users.slice(0, NAMED_REACTORS) }));
  return {
    ...rest,
    ...(named ? { reactions: named } : {}),
    ...(metadata && args.flag('include_all_metadata') ? { metadata } : {}),
  } as unknown as JsonObject;
}

function room(args: Args, slack: Slack): Room {
  return roomFor(slack, args.need('channel', 'channel_not_found'));
}

function bot(slack: Slack): string {
  return slack.workspace.app.botUserId;
}

function show(of: Room, slack: Slack, withCount = false): JsonObject {
  const { num_members, ...channel } = toChannel(of, slack.workspace.team.id, bot(slack));
  const im = of.kind === 'im' ? { user: [...of.members].find((m) => m !== bot(slack)) } : {};
  return { ...channel, ...im, ...(withCount ? { num_members } : {}) };
}

export const conversations: Readonly<Record<string, Method>> = {
  'conversations.create': create,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.invite': invite,
  'conversations.join': join,
  'conversations.leave': leave,
  'conversations.kick': kick,
  'conversations.archive': archive,
  'conversations.unarchive': unarchive,
  'conversations.rename': rename,
  'conversations.setTopic': setTopic,
  'conversations.setPurpose': setPurpose,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
};
