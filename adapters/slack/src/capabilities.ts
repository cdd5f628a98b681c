import { createHash } from 'node:crypto';
import type { Capabilities } from '@musterhq/chat-port';
import { BUTTONS_PER_BLOCK, FILE_BYTES, MESSAGE_BLOCKS, MESSAGE_CHARS, MODAL_FIELDS } from './content/limits.ts';
import { HISTORY_PAGE, HISTORY_RATION } from './outbound/history.ts';
import { ROOM_NAME_CHARS } from './outbound/room-name.ts';
import { ratesByTier } from './slack-tiers.ts';

const declared: Omit<Capabilities, 'rev'> = {
  features: {
    card: 'full',
    buttons: 'full',
    selects: 'full',
    inputs: 'full',
    table: 'partial',
    edit: 'full',
    delete: 'full',
    react: 'full',
    private: 'full',
    forms: 'full',
    files: 'full',
    history: 'full',
    'history.react': 'partial',
    home: 'full',
    'mention.user': 'full',
    'mention.everyone': 'full',
    'room.create': 'full',
    'room.rename': 'full',
    'room.topic': 'full',
    'room.archive': 'full',
    'room.members': 'full',
    'room.pin': 'full',
    'room.bookmark': 'full',
    'event.edit': 'full',
    'event.delete': 'full',
    'event.react': 'full',
    'event.pin': 'full',
    'event.member': 'full',
    'event.room': 'full',
    'people.email': 'full',
  },
  threads: 'roots',
  limits: {
    textChars: MESSAGE_CHARS,
    blocks: MESSAGE_BLOCKS,
    buttons: BUTTONS_PER_BLOCK,
    formFields: MODAL_FIELDS,
    roomName: { max: ROOM_NAME_CHARS, allow: 'a-z0-9_-' },
    fileBytes: FILE_BYTES,
    historyPage: HISTORY_PAGE,
    historyRation: HISTORY_RATION,
  },
  // Slack's tiers are minimums for a method in a workspace; posting alone is counted by channel.
  rates: [{ op: 'send', per: 'room', permits: 1, windowMs: 1_000 }, ...ratesByTier()],
  reconcile: 'key',
  echo: 'event',
  formsFrom: ['command', 'action'],
};

/** Slack is the same in every channel. */
export const capabilities: Capabilities = {
  rev: createHash('sha256').update(JSON.stringify(declared)).digest('hex').slice(0, 12),
  ...declared,
};
