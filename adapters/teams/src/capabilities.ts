import type { Capabilities, RoomRef } from '@musterhq/chat-port';
import { isChannel, isGroupChat, isPersonal, isThread } from './conversations.ts';
import { PAYLOAD_BYTES, TEXT_CHARS } from './content/limits.ts';
import { ALLOWED_IN_NAMES, CHANNEL_NAME_CHARS } from './graph/channel-name.ts';
import { KEPT_MS, PAST_PAGE } from './graph/past.ts';
import { SHELF_FILE_BYTES } from './graph/shelf.ts';
import type { Kind } from './teams-config.ts';

/** Without Graph: no rooms but threads, no history, and nothing that finds a lost send again. */
const CHANNEL: Capabilities = {
  rev: 'channel-4',
  features: {
    card: 'full',
    buttons: 'partial',
    table: 'partial',
    edit: 'full',
    delete: 'full',
    forms: 'full',
    'mention.user': 'full',
    'event.edit': 'full',
    'event.delete': 'full',
    'event.react': 'partial',
    'event.member': 'full',
    'event.room': 'partial',
  },
  threads: 'roots',
  limits: { textChars: TEXT_CHARS, payloadBytes: PAYLOAD_BYTES },
  rates: [
    { op: 'send', per: 'room', permits: 7, windowMs: 1_000 },
    { op: 'send', per: 'room', permits: 8, windowMs: 2_000 },
    { op: 'send', per: 'room', permits: 60, windowMs: 30_000 },
    { op: 'send', per: 'room', permits: 1_800, windowMs: 3_600_000 },
    { op: '*', per: 'tenant', permits: 30, windowMs: 1_000 },
  ],
  reconcile: 'none',
  echo: 'none',
  formsFrom: ['action'],
};

const CHAT: Capabilities = { ...CHANNEL, rev: 'chat-4', threads: 'none' };

/** With one person alone: all that is said there is for them. */
const { 'event.member': _here, 'event.room': _this, ...OF_TWO } = CHANNEL.features;
const PERSONAL: Capabilities = { ...CHAT, rev: 'personal-2', features: { ...OF_TWO, private: 'full' } };

const ROOMS: Capabilities['features'] = {
  'people.email': 'partial',
  'room.create': 'partial',
  'room.rename': 'full',
  'room.topic': 'full',
};
const { 'event.member': _members, 'event.room': _rooms, ...OF_A_THREAD } = CHANNEL.features;

/** A thread that is a room. Nobody is in one but by being in its team, and Teams tells of the channel only. */
const THREAD: Capabilities = { ...CHANNEL, rev: 'thread-4', threads: 'none', features: { ...OF_A_THREAD, ...ROOMS } };

/** A channel that is a room. Whoever is in its team is in it. */
const ROOM_CHANNEL: Capabilities = {
  ...CHANNEL,
  rev: 'room-channel-3',
  features: { ...CHANNEL.features, ...ROOMS, 'room.create': 'full', 'room.archive': 'full' },
  limits: { ...CHANNEL.limits, roomName: { max: CHANNEL_NAME_CHARS, allow: ALLOWED_IN_NAMES }, kept: { ms: KEPT_MS } },
  rates: [...CHANNEL.rates, { op: 'room', per: 'tenant', permits: 4, windowMs: 1_000 }],
};

/** Read by Graph, which an app may ask four times a second about a team. Our own key stands in our messages. */
const readBack = (of: Capabilities): Capabilities => ({
  ...of,
  rev: `${of.rev}-read-2`,
  features: { ...of.features, history: 'full', 'history.react': 'full' },
  limits: { ...of.limits, historyPage: PAST_PAGE },
  rates: [...of.rates, { op: 'history', per: 'tenant', permits: 4, windowMs: 1_000 }],
  reconcile: 'key',
  echo: 'read-back',
});

/** Where the organisation lets Muster put files into the folders of its channels. Bringing one takes two calls. */
const withFiles = (of: Capabilities): Capabilities => ({
  ...of,
  rev: `${of.rev}-files-1`,
  features: { ...of.features, files: 'full' },
  limits: { ...of.limits, fileBytes: SHELF_FILE_BYTES },
  rates: [...of.rates, { op: 'file', per: 'tenant', permits: 2, windowMs: 1_000 }],
});

/** A group chat that is a room. In it is whoever was let in; it has a title and no topic, and is never archived. */
const ROOM_CHAT: Capabilities = {
  ...CHAT,
  rev: 'room-chat-1',
  features: { ...CHAT.features, 'people.email': 'partial', 'room.create': 'partial', 'room.rename': 'full', 'room.members': 'full' },
  rates: [...CHAT.rates, { op: 'room', per: 'tenant', permits: 4, windowMs: 1_000 }],
};

const READ_CHANNEL = readBack(ROOM_CHANNEL);
const READ_THREAD = readBack(THREAD);
const READ_CHAT = readBack(ROOM_CHAT);
/** As before, but that a private incident is a chat, and a chat whose answer was lost is not found again. */
const READ_CHANNEL_OR_CHAT: Capabilities = {
  ...READ_CHANNEL,
  rev: `${READ_CHANNEL.rev}-or-chat`,
  features: { ...READ_CHANNEL.features, 'room.create': 'partial' },
};
const WITH_FILES = { channel: withFiles(READ_CHANNEL), channelOrChat: withFiles(READ_CHANNEL_OR_CHAT), thread: withFiles(READ_THREAD) };

export interface Has {
  /** What incidents get, where there is a channel for it. */
  readonly kind?: Kind;
  /** Its team is known, and Graph can be asked about it. */
  readonly isRead: boolean;
  /** Files may be put into its channels. */
  readonly hasFiles: boolean;
  /** Private ones get a chat, or all do. */
  readonly hasChats: boolean;
}

/** Of rooms in general, those that incidents get. */
export function capabilitiesOf(room: RoomRef | undefined, { kind, isRead, hasFiles, hasChats }: Has): Capabilities {
  const ofThreads = hasFiles ? WITH_FILES.thread : isRead ? READ_THREAD : THREAD;
  const ofChannels = hasFiles ? WITH_FILES.channel : READ_CHANNEL;
  if (room === undefined) {
    if (kind === undefined) return CHANNEL;
    if (kind === 'channel') return !hasChats ? ofChannels : hasFiles ? WITH_FILES.channelOrChat : READ_CHANNEL_OR_CHAT;
    return kind === 'chat' ? READ_CHAT : ofThreads;
  }
  if (isPersonal(room.room)) return PERSONAL;
  if (isGroupChat(room.room)) return hasChats ? READ_CHAT : CHAT;
  if (isChannel(room.room)) return kind === 'channel' ? READ_CHANNEL : CHANNEL;
  return kind !== undefined && kind !== 'channel' && isThread(room.room) ? ofThreads : CHAT;
}
