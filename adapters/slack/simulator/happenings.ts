import type { FileCabinet } from './files/file-cabinet.ts';
import type { PretendFile } from './files/file.types.ts';
import type { SlackMessage } from './objects.ts';
import { channelType, type Room } from './room.ts';
import { SlackError } from './slack-error.ts';
import { micros, nextTs } from './ts.ts';
import type { Workspace } from './workspace.ts';

export type Draft = Omit<SlackMessage, 'type' | 'ts' | 'team'> & { readonly ts?: string };

/** What can happen to the messages of a room; each tells the app what Slack would tell it. */
export class Messages {
  readonly #w: Workspace;

  constructor(workspace: Workspace) {
    this.#w = workspace;
  }

  post(room: Room, draft: Draft): SlackMessage {
    if (draft.thread_ts !== undefined && !room.messages.has(draft.thread_ts)) throw new SlackError('thread_not_found');
    const message = this.draft(room, draft);
    room.messages.set(message.ts, message);
    room.lastTs = message.ts;
    if (message.thread_ts) this.#countReplies(room, message.thread_ts);
    this.#w.listener.event({ ...message, channel: room.id, event_ts: message.ts, channel_type: channelType(room) }, room);
    if (message.metadata) this.#metadataEvent('posted', room, message, {});
    this.#mention(room, message);
    this.#w.listener.changed();
    return message;
  }

  /** The message as it would be posted, with a ts, and nowhere to be seen. */
  draft(room: Room, draft: Draft): SlackMessage {
    const ts = draft.ts ?? nextTs(this.#w.now(), room.lastTs);
    if (draft.ts !== undefined) this.#refuseTs(room, draft.ts);
    const parent = draft.thread_ts === undefined ? undefined : room.messages.get(draft.thread_ts);
    const threaded = parent?.user === undefined ? {} : { parent_user_id: parent.user };
    return { ...draft, type: 'message', ts, team: this.#w.team.id, ...threaded };
  }

  change(room: Room, ts: string, patch: Partial<SlackMessage>, by: string): SlackMessage {
    const previous = this.find(room, ts);
    const eventTs = this.#eventTs(room);
    const message: SlackMessage = { ...previous, ...patch, edited: { user: by, ts: `${eventTs.split('.')[0]}.000000` } };
    room.messages.set(ts, message);
    this.#changed(room, message, previous, eventTs);
    if (patch.metadata) this.#metadataEvent('updated', room, message, { previous_metadata: previous.metadata });
    return message;
  }

  remove(room: Room, ts: string): void {
    const previous = this.find(room, ts);
    const eventTs = this.#eventTs(room);
    room.pins.delete(ts);
    if (previous.reply_count) {
      const { reply_count, reply_users, reply_users_count, latest_reply, thread_ts } = previous;
      const tombstone = {
        type: 'message',
        subtype: 'tombstone',
        ts,
        user: 'USLACKBOT',
        text: 'This message was deleted.',
        hidden: true,
      } as const;
      const left: SlackMessage = { ...tombstone, reply_count, reply_users, reply_users_count, latest_reply, thread_ts };
      room.messages.set(ts, left);
      this.#changed(room, left, previous, eventTs);
    } else {
      room.messages.delete(ts);
      if (previous.thread_ts && previous.thread_ts !== ts) this.#countReplies(room, previous.thread_ts);
      const about = { channel: room.id, hidden: true, deleted_ts: ts, previous_message: previous, channel_type: channelType(room) };
      this.#w.listener.event({ type: 'message', subtype: 'message_deleted', ...about, ts: eventTs, event_ts: eventTs }, room);
    }
    if (previous.metadata) this.#metadataEvent('deleted', room, previous, { deleted_ts: eventTs, previous_metadata: previous.metadata });
    this.#w.listener.changed();
  }

  react(room: Room, ts: string, name: string, by: string, on: boolean): void {
    const message = this.find(room, ts);
    const has = message.reactions?.find((r) => r.name === name)?.users.includes(by) ?? false;
    if (on && has) throw new SlackError('already_reacted');
    if (!on && !has) throw new SlackError('no_reaction');
    const users = (message.reactions?.find((r) => r.name === name)?.users ?? []).filter((u) => u !== by);
    if (on) users.push(by);
    const others = (message.reactions ?? []).filter((r) => r.name !== name);
    const reactions = users.length === 0 ? others : [...others, { name, users, count: users.length }];
    const { reactions: _, ...bare } = message;
    room.messages.set(ts, reactions.length === 0 ? bare : { ...bare, reactions });
    const item = { type: 'message', channel: room.id, ts, channel_type: channelType(room) };
    const author = message.user === undefined ? {} : { item_user: message.user };
    this.#w.listener.event(
      { type: on ? 'reaction_added' : 'reaction_removed', user: by, reaction: name, item, ...author, event_ts: this.#eventTs(room) },
      room,
    );
    this.#w.listener.changed();
  }

  pin(room: Room, ts: string, by: string, on: boolean): void {
    const message = this.find(room, ts);
    if (on === room.pins.has(ts)) throw new SlackError(on ? 'already_pinned' : 'no_pin');
    if (on) room.pins.set(ts, { ts, by, at: this.#w.seconds() });
    else room.pins.delete(ts);
    const { pinned_to: _, ...bare } = message;
    const pinned: SlackMessage = on ? { ...bare, pinned_to: [room.id] } : bare;
    room.messages.set(ts, pinned);
    const item = { type: 'message', channel: room.id, message: pinned, created: this.#w.seconds(), created_by: by };
    const counts = on
      ? { pin_count: room.pins.size, pinned_info: { channel: room.id, pinned_by: by, pinned_ts: this.#w.seconds() } }
      : { has_pins: room.pins.size > 0 };
    const about = { user: by, channel_id: room.id, item, ...(message.user === undefined ? {} : { item_user: message.user }) };
    this.#w.listener.event({ type: on ? 'pin_added' : 'pin_removed', ...about, ...counts, event_ts: this.#eventTs(room) }, room);
    this.#w.listener.changed();
  }

  /** A file is deleted: a message without words goes with it, another shows what is left of it. Nobody edited it. */
  withoutFile(files: FileCabinet, file: PretendFile): void {
    file.mode = 'tombstone';
    for (const [channel, shares] of file.shares)
      for (const { ts } of shares) {
        const room = this.#w.room(channel);
        const previous = room.messages.get(ts);
        if (!previous?.files) continue;
        const left = previous.files.map((one) => (one['id'] === file.id ? files.inMessage(file) : one));
        if (previous.text === '' && !previous.blocks?.length && left.every((one) => one['mode'] === 'tombstone')) {
          this.remove(room, ts);
          continue;
        }
        const message: SlackMessage = { ...previous, files: left };
        room.messages.set(ts, message);
        this.#changed(room, message, previous, this.#eventTs(room));
      }
  }

  find(room: Room, ts: string): SlackMessage {
    const message = room.messages.get(ts);
    if (!message) throw new SlackError('message_not_found');
    return message;
  }

  #changed(room: Room, message: SlackMessage, previous: SlackMessage, eventTs: string): void {
    const about = { message, previous_message: previous, channel: room.id, hidden: true, channel_type: channelType(room) };
    this.#w.listener.event({ type: 'message', subtype: 'message_changed', ...about, ts: eventTs, event_ts: eventTs }, room);
    this.#w.listener.changed();
  }

  #countReplies(room: Room, threadTs: string): void {
    const parent = room.messages.get(threadTs);
    if (!parent) return;
    const replies = [...room.messages.values()].filter((m) => m.thread_ts === threadTs && m.ts !== threadTs);
    const users = [...new Set(replies.map((m) => m.user ?? m.bot_id ?? ''))];
    const { reply_count: _c, reply_users: _u, reply_users_count: _n, latest_reply: _l, thread_ts: _t, ...bare } = parent;
    const counts = {
      thread_ts: threadTs,
      reply_count: replies.length,
      reply_users: users,
      reply_users_count: users.length,
      latest_reply: replies.at(-1)?.ts,
    };
    room.messages.set(threadTs, replies.length === 0 ? bare : { ...bare, ...counts });
  }

  #mention(room: Room, message: SlackMessage): void {
    if (message.bot_id !== undefined || !message.text.includes(`<@${this.#w.app.botUserId}>`)) return;
    const { subtype: _, ...plain } = message;
    this.#w.listener.event({ ...plain, type: 'app_mention', channel: room.id, event_ts: message.ts }, room);
  }

  #metadataEvent(what: 'posted' | 'updated' | 'deleted', room: Room, message: SlackMessage, more: object): void {
    const who = {
      app_id: message.app_id,
      bot_id: message.bot_id,
      user_id: message.user ?? this.#w.app.botUserId,
      team_id: this.#w.team.id,
    };
    const current = what === 'deleted' ? {} : { metadata: message.metadata };
    const about = { ...who, channel_id: room.id, message_ts: message.ts, ...current, ...more };
    this.#w.listener.event({ type: `message_metadata_${what}`, ...about, event_ts: this.#eventTs(room) }, room);
  }

  #refuseTs(room: Room, ts: string): void {
    const wanted = micros(ts);
    const last = room.lastTs === undefined ? -1n : (micros(room.lastTs) ?? -1n);
    if (wanted === undefined || !/^\d{10}\.\d{6}$/.test(ts))
      throw new Error(`"${ts}" is no Slack timestamp. Give ten digits, a point and six digits.`);
    if (wanted <= last) throw new Error(`#${room.name} has messages up to ${room.lastTs} already. Give a later ts than that.`);
  }

  #eventTs(room: Room): string {
    return nextTs(this.#w.now(), room.lastTs);
  }
}
