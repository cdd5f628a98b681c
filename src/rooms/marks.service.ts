import { type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs } from '#src/people/one-person.queries';
import { doneBefore } from '#src/platform/log/done-before';
import type { StreamLog } from '#src/platform/log/log';
import type { Actor } from '#src/people/people.types';
import { emojiName } from './acts/emoji-name.ts';
import { held } from './acts/known-message.ts';
import type { Ask } from './edits.service.ts';
import { MessageGone } from './rooms.errors.ts';
import type { MessagePinned, MessageReacted } from './rooms.events.ts';

/** Whose act it is. Of a pin that a chat's past shows, nobody may say who set it, or took it off. */
export interface Marker {
  readonly person: Actor['person'] | null;
  readonly via: Actor['via'];
}

/** What somebody set on a message, or took off it. */
export type Mark =
  | { readonly by: Actor; readonly emoji: string; readonly on: boolean }
  | { readonly by: Marker; readonly emoji: null; readonly on: boolean };

/** `gapId`: it was found in a chat's history. */
export type MarkAsk = Omit<Ask, 'by'> & { readonly gapId?: string };

/** What people set on a message and may take off again. Setting it twice is setting it once. */
export class Marks {
  constructor(private readonly log: StreamLog) {}

  /** Either of the two below. */
  set(tx: Tx, about: MarkAsk, messageId: string, { by, emoji, on }: Mark): Promise<number | null> {
    return emoji === null ? this.pin(tx, { ...about, by }, messageId, on) : this.react(tx, { ...about, by }, messageId, emoji, on);
  }

  /**
   * One person's reaction, on or off. Answers the room's number of it; null when it was so already.
   *
   * @throws MessageNotFound, MessageGone, EmojiNotUsable, IdUsedBefore
   */
  async react(tx: Tx, ask: MarkAsk & Pick<Ask, 'by'>, messageId: string, given: string, on: boolean): Promise<number | null> {
    const emoji = emojiName(given);
    const { incidentId, requestId, by, gapId } = ask;
    const message = await held(tx, incidentId, messageId);
    const data: MessageReacted = { messageId, emoji, on, ...(gapId ? { gapId } : {}) };
    const done = await doneBefore<MessageReacted>(
      tx,
      incidentId,
      requestId,
      'message.reacted',
      (was) => was.messageId === messageId && was.emoji === emoji && was.on === on,
    );
    if (done !== null) return done;
    if (message.isDeleted && on) throw new MessageGone();
    // Somebody's thumb is one thumb, by whichever account it was set and is taken away.
    const [set] = await rows<{ person_id: string }>(
      tx,
      `select person_id from reaction where message_id = $1 and emoji = $2 and person_id = ${anyOfTheirs('$3')} order by person_id <> $3 limit 1`,
      [messageId, emoji, by.person.id],
    );
    if (on === Boolean(set)) return null;
    const whose = { ...by.person, id: set?.person_id ?? by.person.id };
    await (on
      ? tx.query('insert into reaction (message_id, emoji, person_id, via) values ($1, $2, $3, $4)', [
          messageId,
          emoji,
          whose.id,
          by.via.id,
        ])
      : tx.query('delete from reaction where message_id = $1 and emoji = $2 and person_id = $3', [messageId, emoji, whose.id]));
    return (await this.log.append(tx, incidentId, { id: requestId, type: 'message.reacted', by: whose, via: by.via, data })).seq;
  }

  /**
   * On the timeline, or off it. Null when it was so already.
   *
   * @throws MessageNotFound, MessageGone, IdUsedBefore
   */
  async pin(tx: Tx, ask: MarkAsk & { readonly by: Marker }, messageId: string, on: boolean): Promise<number | null> {
    const { incidentId, requestId, by, gapId } = ask;
    const message = await held(tx, incidentId, messageId);
    const data: MessagePinned = { messageId, on, ...(gapId ? { gapId } : {}) };
    const done = await doneBefore<MessagePinned>(
      tx,
      incidentId,
      requestId,
      'message.pinned',
      (was) => was.messageId === messageId && was.on === on,
    );
    if (done !== null) return done;
    if (message.isDeleted && on) throw new MessageGone();
    const [changed] = on
      ? await rows(tx, 'insert into pin (message_id, incident_id) values ($1, $2) on conflict do nothing returning 1', [
          messageId,
          incidentId,
        ])
      : await rows(tx, 'delete from pin where message_id = $1 returning 1', [messageId]);
    if (!changed) return null;
    return (await this.log.append(tx, incidentId, { id: requestId, type: 'message.pinned', by: by.person, via: by.via, data })).seq;
  }
}
