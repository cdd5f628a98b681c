import type { Capabilities, RoomRef } from '@musterhq/chat-port';
import { isChannel, isThread } from './conversations.ts';
import { PAYLOAD_BYTES, TEXT_CHARS } from './content/limits.ts';

/** Without Graph: no rooms but threads, no history, no look-up of people, and nothing that finds a lost send again. */
const CHANNEL: Capabilities = {
  rev: 'channel-1',
  features: {
    card: 'full',
    buttons: 'partial',
    table: 'partial',
    edit: 'full',
    delete: 'full',
    forms: 'full',
    'event.edit': 'full',
    'event.delete': 'full',
    'event.member': 'full',
    'event.room': 'partial',
  },
  threads: 'roots',
  limits: { textChars: TEXT_CHARS, payloadBytes: PAYLOAD_BYTES },
  rates: [
    { op: 'send', per: 'room', permits: 7, windowMs: 1_000 },
    { op: 'send', per: 'room', permits: 60, windowMs: 30_000 },
    { op: 'send', per: 'room', permits: 1_800, windowMs: 3_600_000 },
    { op: '*', per: 'tenant', permits: 30, windowMs: 1_000 },
  ],
  reconcile: 'none',
  echo: 'none',
  formsFrom: ['action'],
};

const CHAT: Capabilities = { ...CHANNEL, rev: 'chat-1', threads: 'none' };

const ROOMS: Capabilities['features'] = { 'room.create': 'partial', 'room.rename': 'full', 'room.topic': 'full' };
const { 'event.member': _members, 'event.room': _rooms, ...OF_A_THREAD } = CHANNEL.features;

/** A thread that is a room. Nobody is in one but by being in its team, and Teams tells of the channel only. */
const THREAD: Capabilities = { ...CHANNEL, rev: 'thread-1', threads: 'none', features: { ...OF_A_THREAD, ...ROOMS } };

/** Of rooms in general, those that incidents get: threads, where there is a channel for them. */
export function capabilitiesOf(room: RoomRef | undefined, hasRooms: boolean): Capabilities {
  if (room === undefined) return hasRooms ? THREAD : CHANNEL;
  if (isChannel(room.room)) return CHANNEL;
  return hasRooms && isThread(room.room) ? THREAD : CHAT;
}
