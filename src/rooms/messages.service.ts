import { constraintOf, type Database, type Tx } from '#src/platform/database/database';
import type { LoggedEvent, Moment } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Incidents } from '#src/incidents/incidents.service';
import type { Actor } from '#src/people/people.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import { MessageIdReused, MessageNotUsable } from './rooms.errors.ts';
import { type MessagePosted, isRoomEvent } from './rooms.events.ts';

const MESSAGE_CHARS = 10_000;

export interface ToPost {
  readonly incidentId: string;
  /** The message's and its event's id, made by whoever wrote it. */
  readonly id: string;
  readonly text: string;
  readonly by: Actor;
  readonly occurredAt?: Date;
  readonly late?: { readonly displayAt: Moment };
  readonly gapId?: string;
}

/** What people say in a room. Once `post` answers it is durable and on its way to every screen. */
export class Messages {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
  ) {}

  /**
   * Posts from a page or the API. The same id with the same text again answers the first one's number.
   *
   * @throws MessageNotUsable, MessageIdReused, NoSuchStream
   */
  async post(message: ToPost): Promise<number> {
    const text = message.text.trim();
    if (text === '' || text.length > MESSAGE_CHARS) throw new MessageNotUsable(MESSAGE_CHARS);
    try {
      return (await this.database.transaction((tx) => this.add(tx, message))).seq;
    } catch (error) {
      if (!isRepeat(error)) throw error;
      const known = await this.log.find(message.incidentId, message.id);
      if (!known || !isRoomEvent(known, 'message.posted') || known.data.text !== text || known.by?.id !== message.by.person.id)
        throw new MessageIdReused();
      return known.seq;
    }
  }

  /** The same in the caller's transaction, at any length: a chat has its own limits, and what was said there is kept whole. A repeated id violates `event_once` or the message's key and undoes it. */
  async add(tx: Tx, message: ToPost): Promise<LoggedEvent> {
    const text = message.text.trim();
    if (await this.incidents.join(tx, message.incidentId, message.by.person.id)) await this.announce(tx, message);
    await tx.query('insert into message (id, incident_id, author, text) values ($1, $2, $3, $4)', [
      message.id,
      message.incidentId,
      JSON.stringify(message.by.person),
      text,
    ]);
    return this.log.append<'message.posted', MessagePosted>(tx, message.incidentId, {
      id: message.id,
      type: 'message.posted',
      by: message.by.person,
      via: message.by.via,
      ...(message.occurredAt ? { occurredAt: message.occurredAt } : {}),
      ...(message.late ? { late: message.late } : {}),
      data: { messageId: message.id, text, ...(message.gapId ? { gapId: message.gapId } : {}) },
    });
  }

  private async announce(tx: Tx, message: ToPost): Promise<void> {
    await this.log.append(tx, message.incidentId, {
      id: uuidFor(message.id, 'joined'),
      type: 'participant.joined',
      by: message.by.person,
      via: message.by.via,
      data: { person: message.by.person },
    });
  }
}

const isRepeat = (error: unknown): boolean => ['event_once', 'message_pkey'].includes(constraintOf(error) ?? '');
