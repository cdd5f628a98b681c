import type { ChatEvent, InMessage, MessageRef } from '@musterhq/chat-port';
import { toMarkdown } from '#libs/rich-text/to-markdown';
import { type Tx, rows } from '#src/platform/database/database';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import type { Actor } from '#src/people/people.types';
import type { ActorFact } from '#src/platform/log/event.types';
import { applyEarlyMarks } from './acts/early-marks.ts';
import { rememberCopy } from './deliveries/delivery-store.ts';
import { heardEcho } from './heard-echo.ts';
import { latenessOf } from './lateness.ts';
import type { Messages } from './messages.service.ts';
import { mentionedIn } from './mentioned-in.ts';
import { type Mirror, findMirror, mirrorOf } from './mirrors.ts';
import type { MessageDeleted, MessageEdited } from './rooms.events.ts';

interface Copy {
  readonly message_id: string | null;
  readonly revision: string | null;
  readonly deleted_at: Date | null;
}

type MessageEvent = Extract<ChatEvent, { type: 'message.created' | 'message.edited' | 'message.deleted' }>;

/** Writes into the log what people say in a mirror: each message once, whichever way and however often it arrives. */
export class ReceiveMessage implements InboxHandler {
  readonly types = ['message.created', 'message.edited', 'message.deleted'] as const;

  constructor(
    private readonly log: StreamLog,
    private readonly messages: Messages,
    private readonly people: People,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    if ((event.type !== 'message.created' && event.type !== 'message.edited') || !isPersons(event.message)) return;
    for (const user of [event.message.author, ...mentionedIn(event.message.content)]) await this.people.meet(user);
  }

  async handle(tx: Tx, item: InboxItem): Promise<void> {
    const event = item.event as MessageEvent;
    if (event.type === 'message.deleted') return this.deleted(tx, event.target, item);
    if (event.message.origin === 'self') return heardEcho(tx, this.log, event.message);
    if (!isPersons(event.message)) return;

    const mirror = await mirrorOf(tx, event.message.ref.room);
    if (!mirror) return;
    const copy = await copyOf(tx, mirror, event.message.ref.id);
    // An edit that overtakes its message, or reaches us alone after an outage, is how we learn of the message.
    if (!copy) return this.posted(tx, mirror, event.message, item);
    if (event.type === 'message.edited') return this.edited(tx, mirror, copy, event.message, item);
  }

  /** The room is told that something of it could not be read; what it was lies in the inbox. */
  async putAside(tx: Tx, item: InboxItem): Promise<void> {
    const event = item.event as MessageEvent;
    const mirror = await findMirror(tx, event.type === 'message.deleted' ? event.target.room : event.message.ref.room);
    if (!mirror) return;
    const id = uuidFor('unreadable', item.instance, item.tenant, item.envelopeId);
    await this.log.append(tx, mirror.incidentId, {
      id,
      type: 'inbox.unreadable',
      by: null,
      via: { id: item.instance, name: mirror.surface },
      data: { count: 1 },
    });
  }

  private async posted(tx: Tx, mirror: Mirror, message: InMessage, item: InboxItem): Promise<void> {
    const { text, mentions } = await this.wordsOf(tx, message);
    if (text === '') return;
    const { adapter, tenant, room } = message.ref.room;
    const id = uuidFor('message', adapter, tenant, room, message.ref.id);
    const late = await latenessOf(tx, item, mirror);
    const thread = threadOf(message);
    const replyTo = thread ? (await copyOf(tx, mirror, thread))?.message_id : null;
    await this.messages.add(tx, {
      incidentId: mirror.incidentId,
      id,
      text,
      mentions,
      ...(replyTo ? { replyTo } : {}),
      by: await this.author(tx, mirror, message),
      occurredAt: item.occurredAt,
      ...(late ? { late } : {}),
      ...(item.gapId ? { gapId: item.gapId } : {}),
    });
    await rememberCopy(tx, mirror.id, { id: message.ref.id, ...(thread ? { thread } : {}) }, id, 0);
    await tx.query('update message set revision = $2 where id = $1', [id, message.revision]);
    await applyEarlyMarks(tx, this.log, { mirrorId: mirror.id, incidentId: mirror.incidentId }, message.ref.id, id);
  }

  private async edited(tx: Tx, mirror: Mirror, copy: Copy, message: InMessage, item: InboxItem): Promise<void> {
    const { text, mentions } = await this.wordsOf(tx, message);
    if (!copy.message_id || copy.deleted_at || text === '' || copy.revision === message.revision) return;
    const id = uuidFor('edit', copy.message_id, message.revision);
    // An old version that is told again, after a newer one.
    const [known] = await rows(tx, 'select 1 from event where stream_id = $1 and id = $2', [mirror.incidentId, id]);
    if (known) return;
    const [changed] = await rows(
      tx,
      'update message set text = $2, revision = $3, edited_at = clock_timestamp() where id = $1 and text <> $2 returning 1',
      [copy.message_id, text, message.revision],
    );
    if (!changed) return;
    const by = await this.author(tx, mirror, message);
    await this.log.append<'message.edited', MessageEdited>(tx, mirror.incidentId, {
      id,
      type: 'message.edited',
      by: by.person,
      via: by.via,
      occurredAt: item.occurredAt,
      data: { messageId: copy.message_id, text, ...(mentions.length > 0 ? { mentions } : {}) },
    });
  }

  private async deleted(tx: Tx, target: MessageRef, item: InboxItem): Promise<void> {
    const mirror = await mirrorOf(tx, target.room);
    if (!mirror) return;
    const copy = await copyOf(tx, mirror, target.id);
    // A tombstone wins over its message that arrives later.
    if (!copy) return rememberCopy(tx, mirror.id, target, null, 0);
    if (!copy.message_id || copy.deleted_at || (await isOurs(tx, mirror, target.id))) return;
    await tx.query('update message set deleted_at = clock_timestamp() where id = $1', [copy.message_id]);
    await this.log.append<'message.deleted', MessageDeleted>(tx, mirror.incidentId, {
      id: uuidFor('delete', copy.message_id),
      type: 'message.deleted',
      by: null,
      via: { id: target.room.adapter, name: mirror.surface },
      occurredAt: item.occurredAt,
      data: { messageId: copy.message_id },
    });
  }

  /** What was written, with people called by their names: ids mean nothing outside their chat. */
  private async wordsOf(tx: Tx, message: InMessage): Promise<{ text: string; mentions: ActorFact[] }> {
    const meant = new Map<string, ActorFact>();
    for (const user of mentionedIn(message.content)) {
      const person = await this.people.ofAccount(tx, user);
      if (person) meant.set(user.user, person);
    }
    const text = toMarkdown(message.content, { person: ({ user }) => meant.get(user)?.name }).trim();
    return { text, mentions: [...new Map([...meant.values()].map((person) => [person.id, person])).values()] };
  }

  private async author(tx: Tx, mirror: Mirror, message: InMessage): Promise<Actor> {
    const person = await this.people.ofAccount(tx, message.author);
    if (!person) throw new Error('the author was not met before handling');
    return { person, via: { id: message.ref.room.adapter, name: mirror.surface } };
  }
}

/** The first message of the thread that this one answers in. */
const threadOf = ({ ref, replyTo }: InMessage): string | undefined => {
  const first = replyTo ?? ref.thread;
  return first === ref.id ? undefined : first;
};

const isPersons = (message: InMessage): boolean => message.origin === 'human' || message.origin === 'bot';

async function copyOf(tx: Tx, mirror: Mirror, nativeId: string): Promise<Copy | null> {
  const [copy] = await rows<Copy>(
    tx,
    `select c.message_id, m.revision, m.deleted_at from message_copy c left join message m on m.id = c.message_id
      where c.mirror_id = $1 and c.native_id = $2`,
    [mirror.id, nativeId],
  );
  return copy ?? null;
}

/** Deleting our copy in a chat removes the copy there, and nothing in the room. */
async function isOurs(tx: Tx, mirror: Mirror, nativeId: string): Promise<boolean> {
  const [ours] = await rows(
    tx,
    `select 1 from message_copy c join delivery d on d.mirror_id = c.mirror_id and d.message_id = c.message_id and d.operation = 'send'
      where c.mirror_id = $1 and c.native_id = $2`,
    [mirror.id, nativeId],
  );
  return ours !== undefined;
}
