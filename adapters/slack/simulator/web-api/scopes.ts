import type { Room } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import type { Args } from './args.ts';

type Kind = Room['kind'];

/** The family of scopes by which Slack guards what is about a room of this kind. */
const FAMILY: Readonly<Record<Kind, string>> = { channel: 'channels', private: 'groups', im: 'im' };
const READ = (kind: Kind): string => `${FAMILY[kind]}:read`;
const HISTORY = (kind: Kind): string => `${FAMILY[kind]}:history`;
const MANAGE = (kind: Kind): string => (kind === 'channel' ? 'channels:manage' : `${FAMILY[kind]}:write`);

/** From the page of each method, "Required scopes" for bot tokens. Methods that are not here need none. */
const BY_ROOM: Readonly<Record<string, (kind: Kind) => string>> = {
  'conversations.info': READ,
  'conversations.members': READ,
  'conversations.history': HISTORY,
  'conversations.replies': HISTORY,
  'conversations.invite': MANAGE,
  'conversations.kick': MANAGE,
  'conversations.leave': MANAGE,
  'conversations.archive': MANAGE,
  'conversations.unarchive': MANAGE,
  'conversations.rename': MANAGE,
  'conversations.setTopic': MANAGE,
  'conversations.setPurpose': MANAGE,
};
const ALWAYS: Readonly<Record<string, string>> = {
  'bookmarks.add': 'bookmarks:write',
  'bookmarks.list': 'bookmarks:read',
  'bookmarks.remove': 'bookmarks:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.join': 'channels:join',
  'conversations.open': 'im:write',
  'files.completeUploadExternal': 'files:write',
  'files.delete': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.info': 'files:read',
  'pins.add': 'pins:write',
  'pins.list': 'pins:read',
  'pins.remove': 'pins:write',
  'reactions.add': 'reactions:write',
  'reactions.get': 'reactions:read',
  'reactions.remove': 'reactions:write',
  'usergroups.list': 'usergroups:read',
  'users.info': 'users:read',
  'users.list': 'users:read',
  'users.lookupByEmail': 'users:read.email',
};
const TYPES: Readonly<Record<string, string>> = { public_channel: 'channels:read', private_channel: 'groups:read', im: 'im:read' };

/** What a call with these arguments needs: all of them. */
function needed(method: string, args: Args, kind: Kind | undefined): readonly string[] {
  if (method === 'conversations.create') return [MANAGE(args.flag('is_private') ? 'private' : 'channel')];
  if (method === 'conversations.list') {
    const types = args.list('types');
    return (types.length === 0 ? ['public_channel'] : types).flatMap((type) => TYPES[type] ?? []);
  }
  const byRoom = BY_ROOM[method];
  // What Slack does not know it guards by nothing: `channel_not_found` is the method's own answer.
  if (byRoom) return kind === undefined ? [] : [byRoom(kind)];
  return ALWAYS[method] === undefined ? [] : [ALWAYS[method]];
}

/** @throws SlackError `missing_scope`, with what is needed and what there is, as Slack says it */
export function mustBeGranted(method: string, args: Args, kind: Kind | undefined, granted: readonly string[]): void {
  const wanted = needed(method, args, kind);
  if (wanted.every((scope) => granted.includes(scope))) return;
  throw new SlackError('missing_scope', { needed: wanted.join(','), provided: granted.join(',') });
}
