import { unescapeText } from '../content/escape.ts';
import { messageRef, msOfTs, roomRef, userRef, type Whose } from '../slack-names.ts';
import { stringOf, textOf, type Wire, wireOf } from '#libs/wire/wire';
import { filesOf } from '../content/from-slack.ts';
import { editOf, isOurs, isSaid, messageOf } from './decode-message.ts';
import { type Around, type Named, unfamiliar } from './named.ts';

/** Membership, names and archives have events of their own; these messages only repeat them in words. */
const REPEATED_IN_WORDS = new Set([
  'channel_join',
  'channel_leave',
  'group_join',
  'group_leave',
  'channel_name',
  'group_name',
  'channel_archive',
  'channel_unarchive',
  'group_archive',
  'group_unarchive',
  'channel_purpose',
  'group_purpose',
  'message_replied',
  'pinned_item',
  'unpinned_item',
]);

export const createdId = (channel: string, ts: string): string => `${channel}:${ts}`;
export const editedId = (channel: string, ts: string, revision: string): string => `${channel}:${ts}:${revision}`;

export function decodeMessageEvent(event: Wire, around: Around): Named[] {
  const channel = textOf(event['channel']);
  const subtype = textOf(event['subtype']);
  if (isSaid(event)) return [said(event, channel, around.whose)];
  if (subtype === 'message_changed') return changed(event, channel, around);
  if (subtype === 'message_deleted') return [deleted(channel, textOf(event['deleted_ts']), wireOf(event['previous_message']), around)];
  if (subtype === 'channel_topic' || subtype === 'group_topic') return topic(event, channel, around.whose);
  if (subtype === 'channel_convert_to_private') return [audience(event, channel, 'made-private', around.whose)];
  if (subtype === 'channel_convert_to_public') return [audience(event, channel, 'made-public', around.whose)];
  return REPEATED_IN_WORDS.has(subtype) ? [] : [unfamiliar(`message.${subtype}`, around)];
}

export function said(message: Wire, channel: string, whose: Whose): Named {
  const ts = textOf(message['ts']);
  // As it was first said: an edit has an envelope of its own.
  return {
    id: createdId(channel, ts),
    lane: channel,
    at: msOfTs(ts),
    event: { type: 'message.created', message: messageOf(message, channel, whose, ts) },
  };
}

export function edited(message: Wire, channel: string, whose: Whose, revision: string): Named {
  return {
    id: editedId(channel, textOf(message['ts']), revision),
    lane: channel,
    at: /^\d+\.\d+/.test(revision) ? msOfTs(revision) : msOfTs(textOf(message['ts'])),
    event: { type: 'message.edited', message: messageOf(message, channel, whose, revision) },
  };
}

/**
 * Slack says "changed" for an unfurled link, a new reply in a thread and a pin as well. Those are no edits: they have no
 * `edited`, or the one the message had before. Our own posts are edited by chat.update, which does not always leave one.
 */
function changed(event: Wire, channel: string, around: Around): Named[] {
  const now = wireOf(event['message']);
  const before = wireOf(event['previous_message']);
  if (now['subtype'] === 'tombstone') return [deleted(channel, textOf(now['ts']), before, around)];

  const edit = editOf(now);
  if (edit !== undefined && edit !== editOf(before)) return [edited(now, channel, around.whose, edit)];
  // A file that is taken out of a message leaves no mark of an edit.
  if (now['files'] !== undefined && hasOtherFiles(now, before)) return [edited(now, channel, around.whose, around.stamp)];
  if (edit === undefined && isOurs(now, around.whose) && saysSomethingElse(now, before))
    return [edited(now, channel, around.whose, around.stamp)];
  return [];
}

function saysSomethingElse(now: Wire, before: Wire): boolean {
  const words = (message: Wire): string => JSON.stringify([message['text'], message['blocks']]);
  return words(now) !== words(before);
}

const hasOtherFiles = (now: Wire, before: Wire): boolean => {
  const ids = (message: Wire): string => JSON.stringify(filesOf(message).map(({ id }) => id));
  return before['files'] !== undefined && ids(now) !== ids(before);
};

function deleted(channel: string, ts: string, before: Wire, { whose }: Around): Named {
  const target = messageRef(roomRef(whose, channel), ts, stringOf(before['thread_ts']));
  return { id: `${channel}:${ts}:deleted`, lane: channel, event: { type: 'message.deleted', target } };
}

function audience(event: Wire, channel: string, change: 'made-public' | 'made-private', whose: Whose): Named {
  const ts = textOf(event['ts']);
  const by = stringOf(event['user']);
  const about = { type: 'room', room: roomRef(whose, channel), change } as const;
  return {
    id: `${channel}:${change}:${ts}`,
    lane: channel,
    at: msOfTs(ts),
    event: { ...about, ...(by ? { by: userRef(whose, by) } : {}) },
  };
}

/** A topic has no event of its own. That we wrote one ourselves is no news. */
function topic(event: Wire, channel: string, whose: Whose): Named[] {
  const by = stringOf(event['user']);
  if (by !== undefined && by === whose.me.user) return [];
  const named: Named = {
    id: `${channel}:topic:${textOf(event['ts'])}`,
    lane: channel,
    at: msOfTs(textOf(event['ts'])),
    event: {
      type: 'room',
      room: roomRef(whose, channel),
      change: 'topic',
      value: unescapeText(textOf(event['topic'])),
      ...(by ? { by: userRef(whose, by) } : {}),
    },
  };
  return [named];
}
