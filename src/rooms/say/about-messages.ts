import type { Block, Content } from '@musterhq/chat-port';
import { fromMarkdown } from '#libs/rich-text/from-markdown';
import type { Database } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import type { Delivery } from '../deliveries/delivery.types.ts';
import { type Around, type Told, digest } from './digest.ts';

interface Place {
  readonly thread: string | null;
  readonly content: Content | null;
}

/** An answer goes into its message's thread. Where there are no threads, or the message is not there by itself, it quotes it. */
export async function inReply(database: Database, { messageId, mirrorId, content }: Delivery, hasThreads: boolean): Promise<Place> {
  const [parent] = await database.query<{
    author: ActorFact | null;
    text: string;
    isDeleted: boolean;
    thread: string | null;
    digest: string | null;
  }>(
    `select p.author, p.text, p.deleted_at is not null as "isDeleted",
            (select coalesce(c.thread, c.native_id) from message_copy c where c.mirror_id = $2 and c.message_id = p.id order by c.part limit 1) as thread,
            (select coalesce(c.thread, c.native_id) from delivery d join message_copy c on c.digest_id = d.digest_id
              where d.mirror_id = $2 and d.message_id = p.id and d.operation = 'send' and d.status = 'sent' order by c.part limit 1) as digest
       from message m join message p on p.id = m.reply_to where m.id = $1`,
    [messageId, mirrorId],
  );
  if (!parent || !content) return { thread: null, content };
  if (hasThreads && parent.thread && !parent.isDeleted) return { thread: parent.thread, content };
  const about = quote(`${parent.author?.name ?? 'Somebody'}: ${parent.isDeleted ? '(deleted)' : firstWords(parent.text) || '(a file)'}`);
  return { thread: hasThreads ? parent.digest : null, content: { ...content, blocks: [about, ...content.blocks] } };
}

/** When somebody said it: what came late from its own chat has been waiting since then, and not since we heard of it. */
export async function saidAt(database: Database, { incidentId, position, queuedAt }: Delivery): Promise<Date> {
  const [late] = await database.query<{ at: Date }>('select display_at as at from event where stream_id = $1 and seq = $2 and late', [
    incidentId,
    position,
  ]);
  return late && late.at < queuedAt ? late.at : queuedAt;
}

/** A file stands where its message stands. */
export async function messageOfFile(database: Database, fileId: string): Promise<string | null> {
  const [file] = await database.query<{ message_id: string | null }>('select message_id from artifact where id = $1', [fileId]);
  return file?.message_id ?? null;
}

/** What a digest holds, as it reads now. The first of those that were made together stands in the open, the others in its thread. */
export async function digestOf(database: Database, { mirrorId, digestId }: Delivery, hasThreads: boolean, warRoom: string): Promise<Place> {
  const told = await database.query<ToldRow>(
    `select d.content, e.display_at as at, coalesce(m.deleted_at is not null, false) as "isDeleted", m.reply_to is not null as "isReply",
            p.author, p.text, p.deleted_at is not null as "isAnsweredDeleted"
       from delivery d join mirror r on r.id = d.mirror_id join event e on e.stream_id = r.incident_id and e.seq = d.position
       left join message m on m.id = d.message_id left join message p on p.id = m.reply_to
      where d.digest_id = $1 and not d.is_digest and d.operation = 'send' order by d.position`,
    [digestId],
  );
  const [place] = await database.query<{ isFirst: boolean; hasMore: boolean; thread: string | null }>(
    `select d.digest_id = d.id as "isFirst", exists (select 1 from delivery o where o.digest_id = d.id and o.is_digest and o.id <> d.id) as "hasMore",
            (select coalesce(c.thread, c.native_id) from message_copy c where c.mirror_id = $2 and c.digest_id = d.digest_id order by c.part limit 1) as thread
       from delivery d where d.id = $1`,
    [digestId, mirrorId],
  );
  const thread = hasThreads && place && !place.isFirst ? place.thread : null;
  const around: Around = {
    warRoom,
    goesOn: place?.isFirst === false,
    hasMoreBelow: hasThreads && place?.isFirst === true && place.hasMore,
  };
  return { thread, content: digest(told.map(toTold), around) };
}

interface ToldRow {
  readonly content: Content;
  readonly at: Date;
  readonly isDeleted: boolean;
  readonly isReply: boolean;
  readonly author: ActorFact | null;
  readonly text: string | null;
  readonly isAnsweredDeleted: boolean | null;
}

function toTold({ content, at, isDeleted, isReply, author, text, isAnsweredDeleted }: ToldRow): Told {
  const words = isAnsweredDeleted ? '(deleted)' : firstWords(text ?? '');
  return { content, at, isDeleted, answers: isReply ? `${author?.name ?? 'somebody'}’s “${words}”` : null };
}

/** What is said of a message that cannot be edited or taken away in this chat. As it is now: later changes are in it. */
export async function correctionOf(database: Database, { messageId, copies, digestId }: Delivery, hasThreads: boolean): Promise<Place> {
  const [message] = await database.query<{ author: ActorFact | null; text: string; isDeleted: boolean; was: string }>(
    `select m.author, m.text, m.deleted_at is not null as "isDeleted", e.data ->> 'text' as was
       from message m join event e on e.stream_id = m.incident_id and e.id = m.id where m.id = $1`,
    [messageId],
  );
  const [copy] = copies;
  if (!message || !copy) return { thread: null, content: null };
  const thread = hasThreads ? (copy.thread ?? copy.id) : null;
  const whose = message.author ? `${message.author.name}'s message` : 'a message';
  const about = thread === null || digestId !== null ? ` "${firstWords(message.was)}"` : '';
  if (message.isDeleted) return { thread, content: line(`${capital(whose)}${about} was deleted in the war room.`) };
  const { blocks } = fromMarkdown(message.text);
  const said = line(`${capital(whose)}${about} was corrected in the war room. It now says:`);
  return { thread, content: { summary: `${said.summary} ${firstWords(message.text)}`, blocks: [...said.blocks, ...blocks] } };
}

/** Whether somebody elsewhere reacts so, or the message is on the timeline, at this moment. */
export async function isMarked(database: Database, { operation, messageId, emoji, instance }: Delivery): Promise<boolean> {
  const found =
    operation === 'pin'
      ? await database.query('select 1 from pin where message_id = $1', [messageId])
      : await database.query('select 1 from reaction where message_id = $1 and emoji = $2 and via <> $3 limit 1', [
          messageId,
          emoji,
          instance,
        ]);
  return found.length > 0;
}

const QUOTED = 120;

/** Enough to know which message is meant. */
function firstWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const [...characters] = line;
  return characters.length <= QUOTED ? line : `${characters.slice(0, QUOTED).join('').trimEnd()}…`;
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
const quote = (v: string): Block => ({ t: 'quote', c: [{ t: 'text', v }] });
const line = (v: string): Content => ({ summary: v, blocks: [{ t: 'p', c: [{ t: 'em', c: [{ t: 'text', v }] }] }] });
