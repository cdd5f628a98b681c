import type { RoomCommand } from '#libs/war-room-protocol/commands';

const A_MESSAGE = '018f4d2e-9b1c-7a3d-8e5f-0123456789ab';

/** What a right one looks like, for whoever sent a wrong one. */
const BODIES: { readonly [T in RoomCommand['type']]: Extract<RoomCommand, { type: T }>['body'] } = {
  message: { text: 'We look into it' },
  edit: { messageId: A_MESSAGE, text: 'We are rolling back' },
  delete: { messageId: A_MESSAGE },
  react: { messageId: A_MESSAGE, emoji: '+1', on: true },
  'say-again': { messageId: A_MESSAGE },
  pin: { messageId: A_MESSAGE, on: true },
  entry: { text: 'The deploy went out', at: '2026-11-21T14:05:00Z' },
  'edit-entry': { entryId: A_MESSAGE, text: 'The deploy went out', at: '2026-11-21T14:06:00Z' },
  hide: { itemId: A_MESSAGE, on: true },
  command: { text: '/status identified' },
  apply: { offerId: A_MESSAGE },
  severity: { to: 'SEV1', reason: 'all customers' },
  status: { to: 'fixing' },
  lead: { to: 'me' },
  role: { role: 'comms', to: 'me' },
  leave: {},
  join: { observer: true },
  add: { person: 'Ana Ruiz' },
  'add-team': { team: 'Payments' },
  remove: { person: 'Ana Ruiz' },
  privacy: { private: true },
  update: { text: 'Rolling back', severity: 'SEV2', nextUpdateIn: 20 },
  snooze: { minutes: 45 },
  skip: {},
  resolve: { learned: 'We alert on pool saturation now' },
  reopen: {},
  rename: { title: 'Checkout fails for everybody' },
  summary: { summary: 'Pool of shard 7 is used up' },
  kind: { to: 'near_miss' },
  accept: {},
  decline: { reason: 'Planned work' },
  merge: { into: 'INC-1' },
  announce: {},
};

const isType = (type: unknown): type is RoomCommand['type'] => typeof type === 'string' && Object.hasOwn(BODIES, type);

/** One of the type that was asked for, or a message. */
export function exampleFor(asked: unknown): object {
  const given = (asked as { readonly type?: unknown } | null | undefined)?.type;
  const type = isType(given) ? given : 'message';
  return { id: '018f4d2e-9b1c-7a3d-8e5f-0123456789ac', type, body: BODIES[type] };
}
