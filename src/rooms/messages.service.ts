import { type Database, type Tx } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { ActorFact, LoggedEvent, Moment } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Incidents } from '#src/incidents/incidents.service';
import type { Actor } from '#src/people/people.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import { awaitFiles, named } from './files/awaited-files.ts';
import type { FileOfChat } from './files/awaited-file.types.ts';
import { known } from './acts/known-message.ts';
import { usableText } from './acts/usable-text.ts';
import { mentionedByName } from './mentioned-by-name.ts';
import { MessageIdReused } from './rooms.errors.ts';
import { type MessagePosted, isRoomEvent } from './rooms.events.ts';

export interface ToPost {
  readonly incidentId: string;
  /** The message's and its event's id, made by whoever wrote it. */
  readonly id: string;
  readonly text: string;
  readonly by: Actor;
  readonly replyTo?: string;
  /** Who is meant by an "@Name". Looked for in the text where it is not known. */
  readonly mentions?: readonly ActorFact[];
  readonly occurredAt?: Date;
  readonly late?: { readonly displayAt: Moment };
  readonly gapId?: string;
  /** Another app said it, which takes part in nothing. */
  readonly isApps?: boolean;
  /** What it came with from a chat: fetched from there afterwards. */
  readonly files?: readonly FileOfChat[];
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
   * @throws MessageNotUsable, MessageIdReused, MessageNotFound, NoSuchStream, IncidentNotFound
   */
  async post(message: ToPost): Promise<number> {
    const text = usableText(message.text);
    try {
      return (await this.database.transaction((tx) => this.write(tx, message, (...who) => this.incidents.joinByThemselves(...who)))).seq;
    } catch (error) {
      if (!isRepeat(error)) throw error;
      const first = await this.log.find(message.incidentId, message.id);
      if (!first || !isRoomEvent(first, 'message.posted') || first.by?.id !== message.by.person.id) throw new MessageIdReused();
      if (first.data.text !== text || first.data.replyTo !== message.replyTo) throw new MessageIdReused();
      return first.seq;
    }
  }

  /** The same in the caller's transaction, at any length: a chat has its own limits, and what was said there is kept whole. A repeated id violates `event_once` or the message's key and undoes it. */
  add(tx: Tx, message: ToPost): Promise<LoggedEvent> {
    return this.write(tx, message, (...who) => this.incidents.joinInChat(...who));
  }

  private async write(tx: Tx, message: ToPost, join: Incidents['join']): Promise<LoggedEvent> {
    const text = message.text.trim();
    const mentions = message.mentions ?? (await mentionedByName(tx, message.incidentId, text));
    if (message.replyTo) await known(tx, message.incidentId, message.replyTo);
    if (!message.isApps && (await join(tx, message.incidentId, message.by.person.id))) await this.announce(tx, message);
    await tx.query('insert into message (id, incident_id, author, text, reply_to) values ($1, $2, $3, $4, $5)', [
      message.id,
      message.incidentId,
      JSON.stringify(message.by.person),
      text,
      message.replyTo ?? null,
    ]);
    const { files = [] } = message;
    await awaitFiles(tx, message.id, message.by, files);
    return this.log.append<'message.posted', MessagePosted>(tx, message.incidentId, {
      id: message.id,
      type: 'message.posted',
      by: message.by.person,
      via: message.by.via,
      ...(message.occurredAt ? { occurredAt: message.occurredAt } : {}),
      ...(message.late ? { late: message.late } : {}),
      data: {
        messageId: message.id,
        text,
        ...(message.replyTo ? { replyTo: message.replyTo } : {}),
        ...(mentions.length > 0 ? { mentions } : {}),
        ...(files.length > 0 ? { files: files.map(named) } : {}),
        ...(message.gapId ? { gapId: message.gapId } : {}),
      },
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
