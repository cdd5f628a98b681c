import type { Person } from '#libs/war-room-protocol/vocabulary';
import type { Database } from '#src/platform/database/database';
import { MessageNotFound } from '#src/rooms/rooms.errors';

export interface Reaction {
  readonly emoji: string;
  readonly people: readonly Person[];
}

/** What people made of a message. */
export interface MessageMarks {
  readonly reactions: readonly Reaction[];
  readonly pinned: boolean;
  /** The message that it answers. */
  readonly answers: { readonly seq: number; readonly by: string; readonly text: string | null } | null;
}

export interface OneMessage extends MessageMarks {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly by: Person | null;
  readonly via: string;
  /** Null once it was deleted. */
  readonly now: string | null;
  /** What it said before, the first words first; nothing of what was deleted. */
  readonly earlier: readonly { readonly at: string; readonly text: string }[];
}

interface Marked {
  readonly id: string;
  readonly pinned: boolean;
  readonly reactions: readonly { readonly emoji: string; readonly person: Person }[] | null;
  readonly answer_seq: string | null;
  readonly answer_by: string | null;
  readonly answer_text: string | null;
}

const UNMARKED: MessageMarks = { reactions: [], pinned: false, answers: null };

/** Messages as a page without a script shows them. */
export class MessageQueries {
  constructor(private readonly database: Database) {}

  /** By message id; none for a message that nobody made anything of. */
  async marks(messageIds: readonly string[]): Promise<ReadonlyMap<string, MessageMarks>> {
    const found = await this.database.query<Marked>(
      `select m.id, exists (select 1 from pin where message_id = m.id) as pinned,
              (select json_agg(json_build_object('emoji', r.emoji, 'person', json_build_object('id', r.id, 'name', r.name)) order by r.emoji, r.name)
                 from (select distinct emoji, p.id, p.name from reaction join one_person p on p.own_id = person_id where message_id = m.id) r) as reactions,
              a.seq as answer_seq, coalesce(a.actor ->> 'name', a.via ->> 'name') as answer_by, case when am.deleted_at is null then am.text end as answer_text
         from message m left join message am on am.id = m.reply_to left join event a on a.stream_id = am.incident_id and a.id = am.id
        where m.id = any($1)`,
      [messageIds],
    );
    return new Map(found.map((row) => [row.id, marksOf(row)]));
  }

  /** By its number in the room, if that is one. @throws MessageNotFound */
  async one(incidentId: string, seq: number | null): Promise<OneMessage> {
    const [row] = await this.database.query<{
      id: string;
      seq: string;
      display_at: Date;
      actor: Person | null;
      via: { name: string };
      first: string;
      now: string;
      is_deleted: boolean;
    }>(
      `select e.id, e.seq, e.display_at, e.actor, e.via, e.data ->> 'text' as first, m.text as now, m.deleted_at is not null as is_deleted
         from event e join message m on m.id = e.id where e.stream_id = $1 and e.seq = $2 and e.type = 'message.posted'`,
      [incidentId, seq],
    );
    if (!row) throw new MessageNotFound(String(seq ?? 'none'));
    const [marks, edits] = await Promise.all([
      this.marks([row.id]),
      this.database.query<{ at: Date; text: string }>(
        `select at, data ->> 'text' as text from event
          where stream_id = $1 and type = 'message.edited' and data ->> 'messageId' = $2 order by seq`,
        [incidentId, row.id],
      ),
    ]);
    const versions = [{ at: row.display_at, text: row.first }, ...edits].map(({ at, text }) => ({ at: at.toISOString(), text }));
    return {
      ...(marks.get(row.id) ?? UNMARKED),
      id: row.id,
      seq: Number(row.seq),
      at: row.display_at.toISOString(),
      by: row.actor,
      via: row.via.name,
      now: row.is_deleted ? null : row.now,
      earlier: row.is_deleted ? [] : versions.slice(0, -1),
    };
  }
}

function marksOf({ pinned, reactions, answer_seq, answer_by, answer_text }: Marked): MessageMarks {
  const byEmoji = new Map<string, Person[]>();
  for (const { emoji, person } of reactions ?? []) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), person]);
  return {
    pinned,
    reactions: [...byEmoji].map(([emoji, people]) => ({ emoji, people })),
    answers: answer_seq === null ? null : { seq: Number(answer_seq), by: answer_by ?? '', text: answer_text },
  };
}
