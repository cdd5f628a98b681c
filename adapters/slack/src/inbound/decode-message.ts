import { createHash } from 'node:crypto';
import type { InMessage, Origin } from '@musterhq/chat-port';
import { asTyped } from '../content/as-typed.ts';
import { contentOf, filesOf } from '../content/from-slack.ts';
import { messageRef, msOfTs, roomRef, userRef, type Whose } from '../slack-names.ts';
import { stringOf, textOf, type Wire, wireOf } from '#libs/wire/wire';
import { keyOf } from './own-key.ts';

/** Subtypes that are somebody saying something. A message without one is, too. */
const SAID = new Set(['bot_message', 'me_message', 'thread_broadcast', 'file_share', 'reply_broadcast', 'file_comment']);

export const isSaid = (message: Wire): boolean => message['subtype'] === undefined || SAID.has(textOf(message['subtype']));

/**
 * The name of a message's last edit; undefined when it never was edited. Slack stamps edits by the second, so two quick
 * ones share a stamp: what was said tells them apart, and says the same in the event and in the history.
 */
export function editOf(message: Wire): string | undefined {
  const stamp = stringOf(wireOf(message['edited'])['ts']);
  if (stamp === undefined) return undefined;
  return `${stamp}-${createHash('sha256').update(textOf(message['text'])).digest('hex').slice(0, 8)}`;
}

/** One message as it stands in an event or in the history: both come out alike, which is what CP13 asks for. */
export function messageOf(message: Wire, channel: string, whose: Whose, revision = editOf(message)): InMessage {
  const ts = textOf(message['ts']);
  const room = roomRef(whose, channel);
  const thread = stringOf(message['thread_ts']);
  const origin = originOf(message, whose);
  const key = origin === 'self' ? keyOf(message) : undefined;
  return {
    ref: messageRef(room, ts, thread),
    author: userRef(whose, authorOf(message)),
    ...(origin === 'bot' ? appNameOf(message) : {}),
    origin,
    ...(key === undefined ? {} : { key }),
    content: contentOf(message, whose),
    at: msOfTs(ts),
    revision: revision ?? ts,
    ...(thread && thread !== ts ? { replyTo: thread } : {}),
    mentionsMe: mentions(message, whose.me.user),
    ...saidToMe(message, channel, whose),
    files: filesOf(message),
  };
}

export function isOurs(message: Wire, { me }: Whose): boolean {
  const { bot_id, app_id, user } = message;
  return (
    (me.bot !== undefined && bot_id === me.bot) ||
    (me.app !== undefined && app_id === me.app) ||
    (me.user !== undefined && user === me.user)
  );
}

function originOf(message: Wire, whose: Whose): Origin {
  if (isOurs(message, whose)) return 'self';
  if (message['user'] === 'USLACKBOT') return 'system';
  return message['bot_id'] !== undefined || message['subtype'] === 'bot_message' ? 'bot' : 'human';
}

const authorOf = (message: Wire): string =>
  textOf(message['user']) || textOf(message['bot_id']) || textOf(message['username']) || 'unknown';

/** An app's posts carry what they are to be called: the name for this post, or that of its profile. */
function appNameOf(message: Wire): { authorName?: string } {
  const profile = wireOf(message['bot_profile']);
  const name = textOf(message['username']) || textOf(profile['name']);
  return name === '' ? {} : { authorName: name };
}

/** Behind our name at the beginning, or all of it where we are alone with somebody. */
function saidToMe(message: Wire, channel: string, whose: Whose): Pick<InMessage, 'toMe'> {
  const alone = channel.startsWith('D');
  const [name = '', user] = /^\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(textOf(message['text'])) ?? [];
  const isNamed = user !== undefined && user === whose.me.user;
  if (!alone && !isNamed) return {};
  const { text, mentioned } = asTyped(
    textOf(message['text'])
      .slice(isNamed ? name.length : 0)
      .trim(),
  );
  const named = mentioned.map((one) => ({ text: one.text, who: userRef(whose, one.user) }));
  return { toMe: { text, ...(named.length > 0 ? { mentions: named } : {}), alone } };
}

function mentions(message: Wire, me: string | undefined): boolean {
  if (me === undefined) return false;
  return textOf(message['text']).includes(`<@${me}>`) || JSON.stringify(message['blocks'] ?? []).includes(`"user_id":"${me}"`);
}
