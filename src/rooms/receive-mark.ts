import type { ChatEvent } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import { anyOfTheirsAsText } from '#src/people/one-person.queries';
import type { People } from '#src/people/people.service';
import { keepForLater } from './acts/early-marks.ts';
import { emojiName } from './acts/emoji-name.ts';
import type { Mark, Marker, Marks } from './marks.service.ts';
import { mirrorOf } from './mirrors.ts';
import { EmojiNotUsable, MessageGone } from './rooms.errors.ts';

type MarkEvent = Extract<ChatEvent, { type: 'reaction' | 'pin' }>;

/** Writes into the log how people react in a mirror, and what they pin there. */
export class ReceiveMark implements InboxHandler {
  readonly types = ['reaction', 'pin'] as const;

  constructor(
    private readonly marks: Marks,
    private readonly people: People,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    const { user } = event as MarkEvent;
    if (user) await this.people.meet(user);
  }

  async handle(tx: Tx, item: InboxItem): Promise<void> {
    const event = item.event as MarkEvent;
    const { target, user, added: on } = event;
    const emoji = event.type === 'pin' ? null : nameOf(event.emoji);
    if (emoji === undefined) return;
    const mirror = await mirrorOf(tx, target.room);
    if (!mirror) return;
    const person = user ? await this.people.ofAccount(tx, user) : null;
    if (user && !person) throw new Error('whoever did it was not met before handling');
    const via = { id: item.instance, name: mirror.surface };

    const [copy] = await rows<{ messageId: string | null }>(
      tx,
      'select message_id as "messageId" from message_copy where mirror_id = $1 and native_id = $2',
      [mirror.id, target.id],
    );
    const mark = markBy(person, via, emoji, on);
    // History has told of the message before, if it is one of the room's.
    if (!copy) return item.gapId === null ? keepForLater(tx, mirror.id, target.id, mark) : undefined;
    // The card, a line of ours, or what was deleted before we heard of it.
    if (!copy.messageId) return;
    const { incidentId } = mirror;
    if (item.gapId !== null && (await isOvertaken(tx, incidentId, copy.messageId, mark, item.occurredAt))) return;
    const requestId = uuidFor('mark', item.instance, item.tenant, item.envelopeId);
    const about = { incidentId, requestId, ...(item.gapId ? { gapId: item.gapId } : {}) };
    try {
      await this.marks.set(tx, about, copy.messageId, mark);
    } catch (error) {
      // Deleted in the room meanwhile; there is nothing left to mark.
      if (!(error instanceof MessageGone)) throw error;
    }
  }
}

/** What a history showed, somebody has changed since it was asked. */
async function isOvertaken(tx: Tx, incidentId: string, messageId: string, { by, emoji }: Mark, askedAt: Date): Promise<boolean> {
  const newer = 'select 1 from event where stream_id = $1 and at > $2';
  const found =
    emoji === null
      ? await rows(tx, `${newer} and type = 'message.pinned' and data ->> 'messageId' = $3 limit 1`, [incidentId, askedAt, messageId])
      : await rows(
          tx,
          `${newer} and type = 'message.reacted' and data ->> 'messageId' = $3 and data ->> 'emoji' = $4 and actor ->> 'id' = ${anyOfTheirsAsText('$5')} limit 1`,
          [incidentId, askedAt, messageId, emoji, by.person?.id],
        );
  return found.length > 0;
}

function markBy(person: Marker['person'], via: Marker['via'], emoji: string | null, on: boolean): Mark {
  if (emoji === null) return { by: { person, via }, emoji, on };
  if (!person) throw new Error('a reaction is always somebody’s');
  return { by: { person, via }, emoji, on };
}

/** Undefined for what is no reaction that we can keep: another chat's own picture without a name. */
function nameOf(given: string | undefined): string | undefined {
  try {
    return emojiName(given ?? '');
  } catch (error) {
    if (error instanceof EmojiNotUsable) return undefined;
    throw error;
  }
}
