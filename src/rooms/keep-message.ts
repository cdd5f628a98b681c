import type { Block, InMessage, Inline, MessageRef } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { toMarkdown } from '#libs/rich-text/to-markdown';
import { toText } from '#libs/rich-text/to-text';
import type { Keeper, Picked, Reply } from '#src/conversation/conversation.types';
import type { People } from '#src/people/people.service';
import { type Tx, rows } from '#src/platform/database/database';
import { toldOf } from '#src/platform/inbox/lanes';
import { uuidFor } from '#src/platform/log/uuid-for';
import { keepForLater } from './acts/early-marks.ts';
import type { CalledInChats } from './called-in-chats.ts';
import type { Ask } from './edits.service.ts';
import type { Marks } from './marks.service.ts';
import { mentionedIn } from './mentioned-in.ts';
import type { Messages } from './messages.service.ts';
import { findMirror } from './mirrors.ts';

/**
 * Keeps a message that somebody picked in a chat as evidence: pinned to the incident's timeline. Said in the incident's own room
 * it is there already; from anywhere else it is quoted, with who wrote it, when, where it is, and the names of its files.
 */
export class KeepMessage implements Keeper {
  constructor(
    private readonly messages: Messages,
    private readonly marks: Marks,
    private readonly people: People,
    private readonly called: Pick<CalledInChats, 'learn' | 'named'>,
  ) {}

  async prepare({ message: { author, content, ref } }: Picked): Promise<string> {
    await this.called.learn(ref.room, content);
    await this.people.meet(author);
    const names = new Map<string, string>();
    for (const user of mentionedIn(content)) names.set(user.user, (await this.people.meet(user)).name);
    return toText(this.called.named(ref.room, content), { person: ({ user }) => names.get(user) });
  }

  async keep(tx: Tx, ask: Ask, picked: Picked): Promise<Reply> {
    const { ref, origin } = picked.message;
    const mirror = await findMirror(tx, ref.room);
    if (mirror?.incidentId !== ask.incidentId) return this.quote(tx, ask, picked);
    const isHandled = await wasHandled(tx, ref);
    const [copy] = await rows<{ messageId: string | null }>(
      tx,
      'select message_id as "messageId" from message_copy where mirror_id = $1 and native_id = $2',
      [mirror.id, ref.id],
    );
    if (copy?.messageId) return this.pin(tx, ask, copy.messageId);
    if (copy || origin === 'self')
      return { say: textContent("This is a line of Muster's own. What it tells is in the room's log already."), seq: null };
    // Without words and files, or from before the room was ours: it never comes into the room by itself.
    if (isHandled || saysNothing(picked.message)) return this.quote(tx, ask, picked);
    await keepForLater(tx, mirror.id, ref.id, { by: ask.by, emoji: null, on: true });
    return { say: textContent('It will be on the timeline as soon as Muster has heard it.'), seq: null };
  }

  private async quote(tx: Tx, ask: Ask, picked: Picked): Promise<Reply> {
    const { incidentId, requestId, by } = ask;
    // Whoever is called in it was called where it was said.
    const files = picked.message.files.map((file) => ({
      fileId: uuidFor('file', requestId, file.id),
      room: picked.message.ref.room,
      file,
    }));
    const text = await this.words(tx, picked, by.via.name);
    await this.messages.add(tx, { incidentId, id: requestId, by, text, mentions: [], ...(files.length > 0 ? { files } : {}) });
    return this.pin(tx, ask, requestId);
  }

  private async pin(tx: Tx, { incidentId, by, requestId }: Ask, messageId: string): Promise<Reply> {
    const seq = await this.marks.pin(
      tx,
      { incidentId, by, requestId: messageId === requestId ? uuidFor('pin', requestId) : requestId },
      messageId,
      true,
    );
    return { say: textContent(seq === null ? 'It is on the timeline already.' : 'It is on the timeline now.'), seq };
  }

  private async words(tx: Tx, { message, permalink }: Picked, chat: string): Promise<string> {
    const names = new Map<string, string>();
    for (const user of mentionedIn(message.content)) names.set(user.user, (await this.people.ofAccount(tx, user))?.name ?? user.user);
    const quoted = toMarkdown(this.called.named(message.ref.room, message.content), { person: ({ user }) => names.get(user) }).trim();
    const said = quoted === '' ? '' : `${quoted.replace(/^/gm, '> ')}\n\n`;
    return said + toMarkdown({ blocks: [await this.source(tx, message, chat, permalink)], summary: '' }).trim();
  }

  private async source(tx: Tx, { author, origin, at, files }: InMessage, chat: string, permalink?: string): Promise<Block> {
    const known = await this.people.ofAccount(tx, author);
    // A program's profile is seldom told: its id is no name.
    const name = known && known.name !== author.user ? known.name : origin === 'human' ? 'Somebody' : 'An app';
    const where: Inline = permalink ? { t: 'link', href: permalink, c: [{ t: 'text', v: chat }] } : { t: 'text', v: chat };
    const moment = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const attached = files.length === 0 ? '' : `, with ${files.map((file) => file.name).join(', ')}`;
    return { t: 'p', c: [{ t: 'text', v: `${name}, ${moment}, in ` }, where, { t: 'text', v: attached }] };
  }
}

const saysNothing = ({ content, files }: InMessage): boolean => files.length === 0 && toMarkdown(content).trim() === '';

/** Its envelope has come and gone. To be asked before what came of it is looked for. */
async function wasHandled(tx: Tx, { room: { adapter, tenant, room }, id }: MessageRef): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from inbox where ${toldOf('$1', '$2', '$3')} and right(envelope_id, length($4)) = $4 and status <> 'waiting' limit 1`,
    [adapter, tenant, room, `${room}:${id}`],
  );
  return found.length > 0;
}
