import type { ChatEvent } from '@musterhq/chat-port';
import { messageRef, roomRef, userRef } from '../slack-names.ts';
import { isWire, stringOf, textOf, type Wire, wireOf } from '#libs/wire/wire';
import type { Around, Named } from './named.ts';

type RoomChange = Extract<ChatEvent, { type: 'room' }>['change'];

const ROOM_CHANGES: Readonly<Record<string, RoomChange>> = {
  channel_created: 'created',
  channel_rename: 'renamed',
  group_rename: 'renamed',
  channel_archive: 'archived',
  group_archive: 'archived',
  channel_unarchive: 'unarchived',
  group_unarchive: 'unarchived',
  channel_deleted: 'deleted',
  group_deleted: 'deleted',
  channel_left: 'left',
  group_left: 'left',
  channel_shared: 'shared',
};

/** What happens to rooms, and to messages without anybody saying something. Undefined for what is not known. */
export function decodeRoomEvent(type: string, event: Wire, around: Around): Named[] | undefined {
  switch (type) {
    case 'reaction_added':
    case 'reaction_removed':
      return reaction(event, around, type === 'reaction_added');
    case 'pin_added':
    case 'pin_removed':
      return pin(event, around, type === 'pin_added');
    case 'member_joined_channel':
    case 'member_left_channel':
      return member(event, around, type === 'member_joined_channel' ? 'joined' : 'left');
    case 'channel_id_changed':
      return [moved(event, around)];
    case 'app_home_opened':
      return [home(event, around)];
    case 'message_metadata_posted':
    case 'message_metadata_updated':
    case 'message_metadata_deleted':
      // The price of the metadata subscription: each says again what the message's own event said.
      return [];
    case 'app_uninstalled':
      return [removed(type, around)];
    case 'tokens_revoked':
      // A person's own token is no concern of ours: without the bot's, the app is out.
      return Array.isArray(wireOf(event['tokens'])['bot']) ? [removed(type, around)] : [];
  }
  const change = ROOM_CHANGES[type];
  if (!change) return undefined;
  const told = room(event, around, change);
  // Slack puts apps out of what is archived and tells them nothing of it: who brings it back brings back people.
  return change === 'unarchived' ? [told, ourselves(told.lane, 'left', undefined, around)] : [told];
}

function removed(type: string, { whose, stamp }: Around): Named {
  return { id: `tenant:${type}:${stamp}`, lane: 'tenant', event: { type: 'tenant', tenant: whose.tenant, change: 'removed' } };
}

function reaction(event: Wire, { whose, stamp }: Around, added: boolean): Named[] {
  const item = wireOf(event['item']);
  if (item['type'] !== 'message') return [];
  const [channel, ts, emoji, user] = [textOf(item['channel']), textOf(item['ts']), textOf(event['reaction']), textOf(event['user'])];
  // Our own comes back like anybody's, and stands for people who are elsewhere.
  if (user === whose.me.user) return [];
  return [
    {
      id: `${channel}:${ts}:reaction:${emoji}:${user}:${added ? '+' : '-'}:${stamp}`,
      lane: channel,
      event: { type: 'reaction', target: messageRef(roomRef(whose, channel), ts), user: userRef(whose, user), emoji, added },
    },
  ];
}

function pin(event: Wire, { whose, stamp }: Around, added: boolean): Named[] {
  const item = wireOf(event['item']);
  const message = wireOf(item['message']);
  const ts = textOf(message['ts']);
  if (ts === '' || textOf(event['user']) === whose.me.user) return [];
  const channel = textOf(event['channel_id']) || textOf(item['channel']);
  return [
    {
      id: `${channel}:${ts}:pin:${added ? '+' : '-'}:${stamp}`,
      lane: channel,
      event: {
        type: 'pin',
        target: messageRef(roomRef(whose, channel), ts, stringOf(message['thread_ts'])),
        user: userRef(whose, textOf(event['user'])),
        added,
      },
    },
  ];
}

function member(event: Wire, { whose, stamp }: Around, change: 'joined' | 'left'): Named[] {
  const [channel, user] = [textOf(event['channel']), textOf(event['user'])];
  // Of ourselves it says whether anything is heard there.
  if (user === whose.me.user)
    return [ourselves(channel, change === 'joined' ? 'entered' : 'left', stringOf(event['inviter']), { whose, stamp })];
  return [
    {
      id: `${channel}:member:${user}:${change}:${stamp}`,
      lane: channel,
      event: { type: 'member', room: roomRef(whose, channel), user: userRef(whose, user), change },
    },
  ];
}

function ourselves(
  channel: string,
  change: 'entered' | 'left',
  by: string | undefined,
  { whose, stamp }: Pick<Around, 'whose' | 'stamp'>,
): Named {
  return {
    id: `${channel}:${change}:${stamp}`,
    lane: channel,
    event: { type: 'room', room: roomRef(whose, channel), change, ...(by === undefined ? {} : { by: userRef(whose, by) }) },
  };
}

/** Another id for the same channel, with all that is in it. */
function moved(event: Wire, { whose, stamp }: Around): Named {
  const [from, to] = [textOf(event['old_channel_id']), textOf(event['new_channel_id'])];
  return { id: `${from}:moved:${stamp}`, lane: from, event: { type: 'room', room: roomRef(whose, from), change: 'moved', value: to } };
}

/** The channel is an object where its name matters, and a bare id elsewhere. */
function room(event: Wire, { whose, stamp }: Around, change: RoomChange): Named {
  const about = event['channel'];
  const channel = isWire(about) ? textOf(about['id']) : textOf(about);
  const value = isWire(about) ? stringOf(about['name']) : undefined;
  const by = stringOf(event['user']) ?? stringOf(event['actor_id']) ?? (isWire(about) ? stringOf(about['creator']) : undefined);
  return {
    id: `${channel}:${change}:${stamp}`,
    lane: channel,
    event: {
      type: 'room',
      room: roomRef(whose, channel),
      change,
      ...(value === undefined ? {} : { value }),
      ...(by === undefined ? {} : { by: userRef(whose, by) }),
    },
  };
}

function home(event: Wire, { whose, stamp }: Around): Named {
  const user = textOf(event['user']);
  return { id: `home:${user}:${stamp}`, lane: `home:${user}`, event: { type: 'home.opened', user: userRef(whose, user) } };
}
