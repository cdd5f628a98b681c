import type { Directory } from '../text.ts';
import type { JsonObject } from '../objects.ts';
import type { Room } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import type { FileCabinet } from '../files/file-cabinet.ts';
import type { Membership } from '../membership.ts';
import type { Messages } from '../happenings.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';

/** What a method has at hand. */
export interface Slack {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly membership: Membership;
  readonly interactions: Interactions;
  readonly files: FileCabinet;
  /** Does it when the answer to this call has left. */
  readonly later: (work: () => void) => void;
  /** It was granted `chat:write.public`. */
  readonly mayPostAnywhere: () => boolean;
  readonly names: Directory;
  readonly urls: { readonly permalinks: string; readonly socket: () => string };
}
/** Returns the fields beside `ok`, or throws a SlackError. `visible` is false when what is posted must stay unseen. */
export type Method = (args: Args, slack: Slack, visible: boolean) => JsonObject;

/** A room the app may act in. A private room it is not in does not exist for it. */
export function roomFor({ workspace }: Slack, id: string): Room {
  const room = workspace.rooms.get(id);
  if (!room || (room.kind !== 'channel' && !room.members.has(workspace.app.botUserId))) throw new SlackError('channel_not_found');
  return room;
}

export function memberRoom(slack: Slack, id: string): Room {
  const room = roomFor(slack, id);
  if (!room.members.has(slack.workspace.app.botUserId)) throw new SlackError('not_in_channel');
  return room;
}

/**
 * Where it may post, and change what it posted: where it is, and in any public channel with `chat:write.public` (that scope's page). The
 * pages of chat.update and chat.delete know no `not_in_channel` at all; without the scope we say it, since nothing of ours can stand there.
 */
export function roomToPostIn(slack: Slack, id: string): Room {
  const room = roomFor(slack, id);
  return room.kind === 'channel' && slack.mayPostAnywhere() ? room : memberRoom(slack, id);
}

export function openRoomToPostIn(slack: Slack, id: string): Room {
  if (roomFor(slack, id).archived) throw new SlackError('is_archived');
  return roomToPostIn(slack, id);
}

/** The bot is in no archived room, so that it is archived is said first. */
export function writableRoom(slack: Slack, id: string): Room {
  if (roomFor(slack, id).archived) throw new SlackError('is_archived');
  return memberRoom(slack, id);
}
