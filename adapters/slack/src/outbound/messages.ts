import {
  type Attempt,
  done,
  type MessageRef,
  type Messages,
  type Receipt,
  refused,
  type RoomRef,
  type Send,
  unknown,
} from '@musterhq/chat-port';
import { render, type SlackBody } from '../content/render.ts';
import { blockIdOf, keyOf, metadataOf } from '../inbound/own-key.ts';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import type { SlackIdentity } from '../slack-identity.ts';
import { messageRef, msOfTs, permalinkOf, tsOfMs } from '../slack-names.ts';
import { textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';
import { emojiName } from './emoji-name.ts';

interface Posted {
  readonly ts: string;
}
interface Read {
  readonly messages?: unknown;
  readonly has_more?: boolean;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** Our clock and Slack's need not agree, and a message is looked for from before it can have been said. */
const BEFORE_MS = 60_000;
const PAGE = 200;
const PAGES = 10;

/** Slack has no idempotency key: every message carries ours, and `reconcile` looks for it. Whether and when, the core decides. */
export class SlackMessages implements Messages {
  readonly render = render;

  constructor(
    private readonly client: SlackClient,
    private readonly identity: SlackIdentity,
  ) {}

  /** One attempt, no more. For one person's eyes only it is an ephemeral message, which nobody can find again. */
  async send({ key, room, thread, part, onlyFor }: Send, signal: AbortSignal): Promise<Attempt<Receipt>> {
    const body = bodyOf(part.body, key);
    if (!body) return refused({ code: 'invalid', scope: 'message', detail: 'The stored part is not one that this adapter rendered.' });
    const where = { channel: room.room, ...(thread ? { thread_ts: thread } : {}) };

    // In a direct conversation nobody else reads, and what is for one person alone would be gone with the next start of Slack.
    if (onlyFor && !room.room.startsWith('D')) {
      const shown = await this.client.call<{ message_ts: string }>('chat.postEphemeral', { ...where, user: onlyFor.user, ...body }, signal);
      return shown.outcome === 'done' ? done(this.receipt(room, shown.value.message_ts, thread)) : shown;
    }
    if (body.files) return this.share(key, room, thread, body, signal);
    const quiet = { unfurl_links: false, unfurl_media: false, mrkdwn: false };
    const posted = await this.client.call<Posted>('chat.postMessage', { ...where, ...body, ...quiet, metadata: metadataOf(key) }, signal);
    return posted.outcome === 'done' ? done(this.receipt(room, posted.value.ts, thread)) : posted;
  }

  /** Reads where the message would be: its thread, or the channel since just before it was sent. */
  async reconcile(
    { key, room, thread, part, onlyFor }: Send,
    since: number,
    signal: AbortSignal,
  ): Promise<{ found: Receipt } | 'absent' | 'cannot-tell'> {
    if (onlyFor) return 'cannot-tell';
    const files = wiresOf(wireOf(part.body)['files']).map(({ id }) => textOf(id));
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await this.client.call<Read>(
        thread ? 'conversations.replies' : 'conversations.history',
        {
          channel: room.room,
          ...(thread ? { ts: thread } : {}),
          oldest: tsOfMs(since - BEFORE_MS),
          inclusive: true,
          include_all_metadata: true,
          limit: PAGE,
          ...(cursor ? { cursor } : {}),
        },
        signal,
      );
      if (answer.outcome !== 'done') return 'cannot-tell';
      const found = wiresOf(answer.value.messages).find((message) => keyOf(message) === key || showsSome(message, files));
      if (found) return { found: this.receipt(room, textOf(found['ts']), thread) };
      cursor = answer.value.response_metadata?.next_cursor;
      if (!cursor) return answer.value.has_more ? 'cannot-tell' : 'absent';
    }
    return 'cannot-tell';
  }

  /** Doing it twice is doing it once. The metadata stays what it was: the key of the send is how the message is known. */
  async edit(message: MessageRef, { key, part }: Omit<Send, 'room'>, signal: AbortSignal): Promise<Attempt<Receipt>> {
    const body = bodyOf(part.body, key);
    if (!body) return refused({ code: 'invalid', scope: 'message', detail: 'The stored part is not one that this adapter rendered.' });
    const { text, blocks } = body;
    const updated = await this.client.call<Posted>('chat.update', { channel: message.room.room, ts: message.id, text, blocks }, signal);
    return updated.outcome === 'done' ? done(this.receipt(message.room, message.id, message.thread)) : updated;
  }

  /** A message that is not there any more is removed. */
  async remove(message: MessageRef, signal: AbortSignal): Promise<Attempt<void>> {
    const answer = await this.client.call<Wire>('chat.delete', { channel: message.room.room, ts: message.id }, signal);
    return answer.outcome === 'done' || isSlackError(answer, 'message_not_found') ? done(undefined) : answer;
  }

  /** Reacting twice leaves one reaction; taking back what is not there is no failure. */
  async react(message: MessageRef, emoji: string, on: boolean, signal: AbortSignal): Promise<Attempt<void>> {
    const name = emojiName(emoji);
    if (!name) return refused({ code: 'unsupported', scope: 'message', detail: `Slack has no name for the reaction "${emoji}".` });
    const method = on ? 'reactions.add' : 'reactions.remove';
    const answer = await this.client.call<Wire>(method, { channel: message.room.room, timestamp: message.id, name }, signal);
    return answer.outcome === 'done' || isSlackError(answer, 'already_reacted', 'no_reaction') ? done(undefined) : answer;
  }

  /**
   * A message that shows files is made by finishing their upload. Slack says yes at once and makes the message in its own time, sometimes never:
   * until it can be seen, nobody knows. The first block carries the key here too, and what does not keep it is known by its files.
   */
  private async share(
    key: string,
    room: RoomRef,
    thread: string | undefined,
    { files, blocks, username, icon_url }: SlackBody,
    signal: AbortSignal,
  ): Promise<Attempt<Receipt>> {
    const persona = { ...(username ? { username } : {}), ...(icon_url ? { icon_url } : {}) };
    const where = { channel_id: room.room, ...(thread ? { thread_ts: thread } : {}) };
    const finished = await this.client.call<Wire>('files.completeUploadExternal', { files, ...where, blocks, ...persona }, signal);
    if (finished.outcome !== 'done') return finished;
    for (const { id } of files ?? []) {
      const seen = await this.client.call<{ file: unknown }>('files.info', { file: id }, signal);
      const ts = seen.outcome === 'done' ? sharedAs(wireOf(seen.value.file), room.room) : undefined;
      if (ts !== undefined) return done(this.receipt(room, ts, thread));
    }
    return unknown({ code: 'timeout', scope: 'message', remedy: 'wait', detail: 'Slack has the file, and does not show it yet.' });
  }

  private receipt(room: RoomRef, ts: string, thread?: string): Receipt {
    const message = messageRef(room, ts, thread);
    const permalink = permalinkOf(this.identity.current?.url, message);
    return { message, at: msOfTs(ts), ...(permalink ? { permalink } : {}) };
  }
}

const showsSome = (message: Wire, files: readonly string[]): boolean =>
  files.length > 0 && wiresOf(message['files']).some(({ id }) => files.includes(textOf(id)));

/** The number of the message by which a file is shown in a channel. */
function sharedAs(file: Wire, channel: string): string | undefined {
  const shares = Object.values(wireOf(file['shares'])).flatMap((rooms) => wiresOf(wireOf(rooms)[channel]));
  return shares.map(({ ts }) => textOf(ts)).find((ts) => ts !== '');
}

/** The stored body with the key in its first block. Undefined when it was not stored by us. */
function bodyOf(stored: unknown, key: string): SlackBody | undefined {
  const body = wireOf(stored);
  const [first, ...rest] = wiresOf(body['blocks']);
  if (typeof body['text'] !== 'string' || !first) return undefined;
  const block_id = first['type'] === 'input' ? undefined : blockIdOf(key);
  return {
    ...(body as unknown as SlackBody),
    blocks: [block_id ? { ...first, block_id } : first, ...rest] as unknown as SlackBody['blocks'],
  };
}
