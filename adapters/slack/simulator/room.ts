import { SlackError } from './slack-error.ts';
import type { SlackChannel, SlackMessage } from './objects.ts';

export interface Bookmark {
  readonly id: string;
  readonly channel_id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
  readonly type: 'link';
  readonly date_created: number;
  readonly app_id: string;
}
export interface Pin {
  readonly ts: string;
  readonly by: string;
  readonly at: number;
}
interface Line {
  readonly value: string;
  readonly creator: string;
  readonly last_set: number;
}

/** A conversation: a public or private channel, or a direct message with the app. */
export interface Room {
  readonly id: string;
  readonly kind: 'channel' | 'private' | 'im';
  readonly created: number;
  readonly creator: string;
  name: string;
  archived: boolean;
  updated: number;
  topic: Line;
  purpose: Line;
  readonly previousNames: string[];
  readonly members: Set<string>;
  /** In the order of ts, which is the order of arrival. */
  readonly messages: Map<string, SlackMessage>;
  lastTs: string | undefined;
  readonly pins: Map<string, Pin>;
  readonly bookmarks: Bookmark[];
}

const NOTHING_SET: Line = { value: '', creator: '', last_set: 0 };

export function newRoom(of: Pick<Room, 'id' | 'kind' | 'name' | 'creator' | 'created'>): Room {
  return {
    ...of,
    archived: false,
    updated: of.created * 1000,
    topic: NOTHING_SET,
    purpose: NOTHING_SET,
    previousNames: [],
    members: new Set(),
    messages: new Map(),
    lastTs: undefined,
    pins: new Map(),
    bookmarks: [],
  };
}

/** The room as `conversations.info` shows it to the app. */
export function toChannel(room: Room, teamId: string, botUserId: string): SlackChannel {
  return {
    id: room.id,
    name: room.name,
    name_normalized: room.name,
    is_channel: room.kind === 'channel',
    is_group: room.kind === 'private',
    is_im: room.kind === 'im',
    is_mpim: false,
    is_private: room.kind !== 'channel',
    is_archived: room.archived,
    is_general: room.name === 'general',
    is_member: room.members.has(botUserId),
    created: room.created,
    updated: room.updated,
    creator: room.creator,
    context_team_id: teamId,
    previous_names: [...room.previousNames],
    topic: room.topic,
    purpose: room.purpose,
    num_members: room.members.size,
  };
}

/** `channel_type` of a message event. */
export function channelType(room: Room): 'channel' | 'group' | 'im' {
  return room.kind === 'private' ? 'group' : room.kind;
}

export function checkName(name: string): void {
  if (name === '') throw new SlackError('invalid_name_required');
  if ([...name].length > 80) throw new SlackError('invalid_name_maxlength');
  if (/^[-_]+$/.test(name)) throw new SlackError('invalid_name_punctuation');
  // Slack also takes letters of other scripts, as long as they have no capital.
  if (!/^[\p{Ll}\p{Lo}\p{M}\d_-]+$/u.test(name)) throw new SlackError('invalid_name_specials');
}
