import type { Capabilities, RoomRef } from '@musterhq/chat-port';
import { isChannel } from './conversations.ts';
import { PAYLOAD_BYTES, TEXT_CHARS } from './content/limits.ts';

/** Without Graph: no rooms, no history, no look-up of people, and nothing that finds a lost send again. */
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

export const capabilitiesOf = (room?: RoomRef): Capabilities => (room && !isChannel(room.room) ? CHAT : CHANNEL);
