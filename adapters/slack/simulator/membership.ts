import type { Messages } from './happenings.ts';
import type { JsonObject } from './objects.ts';
import type { Room } from './room.ts';
import { SlackError } from './slack-error.ts';
import { nextTs } from './ts.ts';
import type { Workspace } from './workspace.ts';

/** What can happen to a room itself: made, joined, left, renamed, put away. */
export class Membership {
  readonly #w: Workspace;
  readonly #messages: Messages;

  constructor(workspace: Workspace, messages: Messages) {
    this.#w = workspace;
    this.#messages = messages;
  }

  create(name: string, creator: string, isPrivate: boolean): Room {
    const room = this.#w.addRoom({ name, kind: isPrivate ? 'private' : 'channel', creator });
    this.#tell('channel_created', room, { channel: { ...this.#short(room), creator, context_team_id: this.#w.team.id } });
    this.join(room, creator);
    return room;
  }

  /** Whoever is in it stays in it: Slack only warns. */
  join(room: Room, user: string, inviter?: string): void {
    if (room.archived) throw new SlackError('is_archived');
    if (room.members.has(user)) return;
    room.members.add(user);
    const by = inviter === undefined ? {} : { inviter };
    this.#note(room, user, 'channel_join', `<@${user}> has joined the channel`, by);
    const where = { channel: room.id, channel_type: room.kind === 'private' ? 'G' : 'C', team: this.#w.team.id };
    this.#tell('member_joined_channel', room, { user, ...where, ...by });
  }

  /** Who goes, or is sent away by `actor`. The app is told of itself in other words than of people. */
  leave(room: Room, user: string, actor = user): void {
    if (room.archived) throw new SlackError('is_archived');
    if (!room.members.has(user)) throw new SlackError('not_in_channel');
    const how = actor === user ? 'has left the channel' : `was removed from the channel by <@${actor}>`;
    this.#note(room, user, 'channel_leave', `<@${user}> ${how}`);
    if (user === this.#w.app.botUserId) {
      this.#tell(room.kind === 'private' ? 'group_left' : 'channel_left', room, { channel: room.id, actor_id: actor });
    } else {
      const where = { channel: room.id, channel_type: room.kind === 'private' ? 'G' : 'C', team: this.#w.team.id };
      this.#tell('member_left_channel', room, { user, ...where });
    }
    room.members.delete(user);
    this.#w.listener.changed();
  }

  rename(room: Room, name: string, by: string): void {
    if (room.archived) throw new SlackError('is_archived');
    if (name === room.name) return;
    this.#w.refuseName(name, room);
    const old = room.name;
    room.previousNames.unshift(old);
    room.name = name;
    room.updated = this.#w.now();
    this.#note(room, by, 'channel_name', `<@${by}> has renamed the channel from "${old}" to "${name}"`, { old_name: old, name });
    this.#tell(room.kind === 'private' ? 'group_rename' : 'channel_rename', room, { channel: this.#short(room) });
  }

  /** Bots are put out of what is archived, and stay out (elastic/connectors#1972). */
  archive(room: Room, by: string): void {
    if (room.archived) throw new SlackError('already_archived');
    this.#note(room, by, 'channel_archive', `<@${by}> archived the channel`);
    room.archived = true;
    room.updated = this.#w.now();
    this.#tell(`${room.kind === 'private' ? 'group' : 'channel'}_archive`, room, { channel: room.id, user: by });
    room.members.delete(this.#w.app.botUserId);
  }

  /** Whoever brings a public channel back is alone in it; a private one keeps its people (Slack's help, "Archive or delete a channel"). */
  unarchive(room: Room, by: string): void {
    if (!room.archived) throw new SlackError('not_archived');
    room.archived = false;
    room.updated = this.#w.now();
    if (room.kind === 'channel') room.members.clear();
    room.members.add(by);
    this.#note(room, by, 'channel_unarchive', `<@${by}> un-archived the channel`);
    this.#tell(`${room.kind === 'private' ? 'group' : 'channel'}_unarchive`, room, { channel: room.id, user: by });
  }

  setTopic(room: Room, topic: string, by: string): void {
    if (room.archived) throw new SlackError('is_archived');
    if ([...topic].length > 250) throw new SlackError('too_long');
    room.topic = { value: topic, creator: by, last_set: this.#w.seconds() };
    this.#note(room, by, 'channel_topic', `<@${by}> set the channel topic: ${topic}`, { topic });
  }

  setPurpose(room: Room, purpose: string, by: string): void {
    if (room.archived) throw new SlackError('is_archived');
    if ([...purpose].length > 250) throw new SlackError('too_long');
    room.purpose = { value: purpose, creator: by, last_set: this.#w.seconds() };
    this.#note(room, by, 'channel_purpose', `<@${by}> set the channel description: ${purpose}`, { purpose });
  }

  #note(room: Room, user: string, subtype: string, text: string, more: object = {}): void {
    // Private channels say group_join, group_topic and so on.
    const kind = room.kind === 'private' ? subtype.replace('channel_', 'group_') : subtype;
    this.#messages.post(room, { subtype: kind, user, text, ...more });
  }

  #tell(type: string, room: Room, about: JsonObject): void {
    this.#w.listener.event({ type, ...about, event_ts: nextTs(this.#w.now(), room.lastTs) }, room);
    this.#w.listener.changed();
  }

  #short(room: Room): JsonObject {
    const flags = { is_channel: room.kind === 'channel', is_group: room.kind === 'private', is_mpim: false };
    return { id: room.id, name: room.name, name_normalized: room.name, created: room.created, ...flags };
  }
}
