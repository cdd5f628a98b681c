import { createHash } from 'node:crypto';
import type { Capabilities } from '@musterhq/chat-port';
import { BUTTONS_PER_BLOCK, MESSAGE_BLOCKS, MESSAGE_CHARS, MODAL_FIELDS } from './content/limits.ts';
import { HISTORY_PAGE } from './outbound/history.ts';
import { ROOM_NAME_CHARS } from './outbound/room-name.ts';

const MINUTE = 60_000;

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
    files: 'none',
    history: 'full',
    home: 'none',
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
    historyPage: HISTORY_PAGE,
  },
  // Slack's tiers are minimums for a method in a workspace; posting alone is counted by channel.
  rates: [
    { op: 'send', per: 'room', permits: 1, windowMs: 1_000 },
    { op: 'edit', per: 'tenant', permits: 50, windowMs: MINUTE },
    { op: 'delete', per: 'tenant', permits: 50, windowMs: MINUTE },
    { op: 'react', per: 'tenant', permits: 50, windowMs: MINUTE },
    { op: 'private', per: 'tenant', permits: 100, windowMs: MINUTE },
    { op: 'room', per: 'tenant', permits: 20, windowMs: MINUTE },
    { op: 'history', per: 'tenant', permits: 50, windowMs: MINUTE },
    { op: 'people', per: 'tenant', permits: 50, windowMs: MINUTE },
  ],
  reconcile: 'key',
  echo: 'event',
  formsFrom: ['command', 'action'],
};

/** Slack is the same in every channel. */
export const capabilities: Capabilities = {
  rev: createHash('sha256').update(JSON.stringify(declared)).digest('hex').slice(0, 12),
  ...declared,
};
