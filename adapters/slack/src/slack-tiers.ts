import type { Capabilities, Op } from '@musterhq/chat-port';

const MINUTE = 60_000;
/** Calls a minute that Slack allows at least, of one method in one workspace. */
const A_MINUTE = { 2: 20, 3: 50, 4: 100 } as const;
type Tier = keyof typeof A_MINUTE;

/** What each operation calls, with the tier on the method's own page. Posting is counted by channel, and has none. */
export const TIERS: Readonly<Partial<Record<Op, Readonly<Record<string, Tier>>>>> = {
  edit: { 'chat.update': 3 },
  delete: { 'chat.delete': 3 },
  react: { 'reactions.add': 3 },
  unreact: { 'reactions.remove': 2 },
  private: { 'chat.postEphemeral': 4 },
  room: {
    'conversations.create': 2,
    'conversations.rename': 2,
    'conversations.setTopic': 2,
    'conversations.setPurpose': 2,
    'conversations.archive': 2,
    'conversations.unarchive': 2,
    'conversations.list': 2,
    'conversations.info': 3,
    'conversations.invite': 3,
    'conversations.kick': 3,
    'pins.add': 2,
    'pins.remove': 2,
    'bookmarks.add': 2,
    'bookmarks.list': 3,
  },
  history: { 'conversations.history': 3, 'conversations.replies': 3 },
  pins: { 'pins.list': 2 },
  file: { 'files.getUploadURLExternal': 4, 'files.completeUploadExternal': 4, 'files.info': 4, 'files.delete': 3 },
  people: { 'users.info': 4, 'users.lookupByEmail': 3, 'users.list': 2, 'usergroups.list': 2 },
};

/** Of each operation what its slowest method allows, because the core does not know which of them a change comes to. */
export const ratesByTier = (): Capabilities['rates'] =>
  Object.entries(TIERS).map(([op, methods]) => ({
    op: op as Op,
    per: 'tenant',
    permits: Math.min(...Object.values(methods).map((tier) => A_MINUTE[tier])),
    windowMs: MINUTE,
  }));
