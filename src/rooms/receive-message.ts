import type { ChatEvent, InMessage, MessageRef } from '@musterhq/chat-port';
import { toMarkdown } from '#libs/rich-text/to-markdown';
import type { Tx } from '#src/platform/database/database';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import type { Actor } from '#src/people/people.types';
import type { ActorFact, NewEvent } from '#src/platform/log/event.types';
import type { CalledInChats } from './called-in-chats.ts';
import { filesIn } from './files/awaited-files.ts';
import { heardEcho } from './heard-echo.ts';
import type { Hearing, KnownCopy } from './hearing.ts';
import { mentionedIn } from './mentioned-in.ts';
import type { Mirror } from './mirrors.ts';
import type { MessageDeleted, MessageEdited } from './rooms.events.ts';

type MessageEvent = Extract<ChatEvent, { type: 'message.created' | 'message.edited' | 'message.deleted' }>;

/** Writes into the log what people say in a mirror: each message once, whichever way and however often it arrives. */
export class ReceiveMessage<Transaction = Tx> implements InboxHandler<Transaction> {
  readonly types = ['message.created', 'message.edited', 'message.deleted'] as const;

  constructor(
    private readonly hearing: Hearing<Transaction>,
    private readonly people: Pick<People, 'meet'>,
    private readonly called: Pick<CalledInChats, 'learn' | 'named'>,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    if ((event.type !== 'message.created' && event.type !== 'message.edited') || !isPersons(event.message)) return;
    const author = isApps(event.message) ? [] : [event.message.author];
    for (const user of [...author, ...mentionedIn(event.message.content)]) await this.people.meet(user);
    await this.called.learn(event.message.ref.room, event.message.content);
  }

  async handle(tx: Transaction, item: InboxItem): Promise<void> {
    const event = item.event as MessageEvent;
    if (event.type === 'message.deleted') return this.deleted(tx, event.target, item);
    if (event.message.origin === 'self') return heardEcho(this.hearing, tx, event.message);
    if (!isPersons(event.message)) return;

    const mirror = await this.mirrorOf(tx, event.message.ref);
    if (!mirror) return;
    const copy = await this.hearing.copyOf(tx, mirror, event.message.ref.id);
    // An edit that overtakes its message, or reaches us alone after an outage, is how we learn of the message.
    if (!copy) return this.posted(tx, mirror, event.message, item);
    if (event.message.restored && isGone(copy)) return this.postedAgain(tx, mirror, event.message, item);
    if (event.type === 'message.edited' || event.message.restored) return this.edited(tx, mirror, copy, event.message, item);
  }

  /** The room is told that something of it could not be read; what it was lies in the inbox. */
  async putAside(tx: Transaction, item: InboxItem): Promise<void> {
    const event = item.event as MessageEvent;
    const mirror = await this.hearing.findMirror(tx, event.type === 'message.deleted' ? event.target.room : event.message.ref.room);
    if (!mirror) return;
    const id = uuidFor('unreadable', item.instance, item.tenant, item.envelopeId);
    await this.hearing.append(tx, mirror.incidentId, {
      id,
      type: 'inbox.unreadable',
      by: null,
      via: { id: item.instance, name: mirror.surface },
      data: { count: 1 },
    });
  }

  private async mirrorOf(tx: Transaction, message: MessageRef): Promise<Mirror | null> {
    return (await this.hearing.mirrorOf(tx, message.room)) ?? this.hearing.announcementOf(tx, message);
  }

  /** What was taken back stays so in the log: it is said once more, at the moment at which it was put back. */
  private async postedAgain(tx: Transaction, mirror: Mirror, message: InMessage, item: InboxItem): Promise<void> {
    await this.hearing.forget(tx, mirror, message.ref.id);
    return this.posted(tx, mirror, message, item);
  }

  private async posted(tx: Transaction, mirror: Mirror, message: InMessage, item: InboxItem): Promise<void> {
    const { text, mentions } = await this.wordsOf(tx, message);
    // The files that were taken back with it are gone, so those that it has again are others.
    const again = message.restored ? [message.revision] : [];
    const files = filesIn(message).map((one) => (message.restored ? { ...one, fileId: uuidFor(one.fileId, ...again) } : one));
    if (text === '' && files.length === 0) return;
    const { adapter, tenant, room } = message.ref.room;
    const id = uuidFor('message', adapter, tenant, room, message.ref.id, ...again);
    const late = await this.hearing.latenessOf(tx, item, mirror);
    const thread = threadOf(message);
    const replyTo = thread ? (await this.hearing.copyOf(tx, mirror, thread))?.message_id : null;
    const native = { id: message.ref.id, saidAt: new Date(message.at), ...(thread ? { thread } : {}) };
    await this.hearing.post(tx, mirror, native, {
      incidentId: mirror.incidentId,
      id,
      text,
      mentions,
      ...(replyTo ? { replyTo } : {}),
      by: await this.author(tx, mirror, message),
      ...(message.origin === 'bot' ? { isApps: true } : {}),
      occurredAt: item.occurredAt,
      ...(late ? { late } : {}),
      ...(item.gapId ? { gapId: item.gapId } : {}),
      ...(files.length > 0 ? { files } : {}),
    });
  }

  private async edited(tx: Transaction, mirror: Mirror, copy: KnownCopy, message: InMessage, item: InboxItem): Promise<void> {
    const { text, mentions } = await this.wordsOf(tx, message);
    if (!copy.message_id || copy.deleted_at || (text === '' && message.files.length === 0)) return;
    const id = uuidFor('edit', copy.message_id, message.revision);
    // An old version may come after a newer one: told again, or for the first time. So every edit is told, also where the room reads
    // so already: history shows a message in its newest words, and an older version of it may be on its way yet.
    const version = { eventId: id, messageId: copy.message_id, at: item.occurredAt };
    if (await this.hearing.isOutdated(tx, mirror.incidentId, version)) return;
    const by = await this.author(tx, mirror, message);
    await this.hearing.reword(tx, copy.message_id, text);
    const files = await this.hearing.changeFiles(tx, copy.message_id, by, filesIn(message));
    const event: NewEvent<'message.edited', MessageEdited> = {
      id,
      type: 'message.edited',
      by: by.person,
      via: by.via,
      occurredAt: item.occurredAt,
      data: { messageId: copy.message_id, text, ...(mentions.length > 0 ? { mentions } : {}), ...(files ? { files } : {}) },
    };
    await this.hearing.append(tx, mirror.incidentId, event);
  }

  private async deleted(tx: Transaction, target: MessageRef, item: InboxItem): Promise<void> {
    const mirror = await this.mirrorOf(tx, target);
    if (!mirror) return;
    await this.hearing.sawGo(tx, mirror, target.id);
    const copy = await this.hearing.copyOf(tx, mirror, target.id);
    // A tombstone wins over its message that arrives later.
    if (!copy) return this.hearing.bury(tx, mirror, target);
    if (!copy.message_id || copy.deleted_at || copy.is_ours) return;
    const via = { id: target.room.adapter, name: mirror.surface };
    await this.hearing.takeBack(tx, copy.message_id, via);
    const event: NewEvent<'message.deleted', MessageDeleted> = {
      id: uuidFor('delete', copy.message_id),
      type: 'message.deleted',
      by: null,
      via,
      occurredAt: item.occurredAt,
      data: { messageId: copy.message_id },
    };
    await this.hearing.append(tx, mirror.incidentId, event);
  }

  /** What was written, with people, groups and rooms called by their names: ids mean nothing outside their chat. */
  private async wordsOf(tx: Transaction, message: InMessage): Promise<{ text: string; mentions: ActorFact[] }> {
    const meant = new Map<string, ActorFact>();
    for (const user of mentionedIn(message.content)) {
      const person = await this.hearing.person(tx, user);
      if (person) meant.set(user.user, person);
    }
    const content = this.called.named(message.ref.room, message.content);
    const text = toMarkdown(content, { person: ({ user }) => meant.get(user)?.name }).trim();
    return { text, mentions: [...new Map([...meant.values()].map((person) => [person.id, person])).values()] };
  }

  private async author(tx: Transaction, mirror: Mirror, message: InMessage): Promise<Actor> {
    const via = { id: message.ref.room.adapter, name: mirror.surface };
    if (isApps(message)) return { person: appOf(message), via };
    const person = await this.hearing.person(tx, message.author);
    if (!person) throw new Error('the author was not met before handling');
    return { person, via };
  }
}

/** Taken back, before or after we heard of it. */
const isGone = ({ message_id, deleted_at, is_ours }: KnownCopy): boolean => !is_ours && (message_id === null || deleted_at !== null);

/** The first message of the thread that this one answers in. */
const threadOf = ({ ref, replyTo }: InMessage): string | undefined => {
  const first = replyTo ?? ref.thread;
  return first === ref.id ? undefined : first;
};

const isPersons = (message: InMessage): boolean => message.origin === 'human' || message.origin === 'bot';

/** Another app's, which nobody could be asked about: it says itself what it is called. */
const isApps = (message: InMessage): boolean => message.origin === 'bot' && message.authorName !== undefined;

/** No person of ours, and no account. That it is an app is in its name, whoever it claims to be. */
const appOf = ({ author: { adapter, tenant, user }, authorName = '' }: InMessage): ActorFact => ({
  id: uuidFor('app', adapter, tenant, user),
  name: `${authorName.trim().slice(0, APP_NAME_CHARS)} (app)`,
});
const APP_NAME_CHARS = 80;
