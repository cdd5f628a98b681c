import { type Viewer, visibleTo } from '#src/incidents/visibility.queries';
import type { Database } from '#src/platform/database/database';

export interface ReadMark {
  readonly seq: number;
  /** When it came there. ISO 8601, UTC. */
  readonly at: string;
}

/**
 * How far each person has read each room. Their own business, so it is in no log; it follows them from device to device
 * and never goes back.
 */
export class ReadMarks {
  constructor(private readonly database: Database) {}

  async of(personId: string, incidentId: string): Promise<ReadMark | null> {
    const [mark] = await this.database.query<{ seq: string; at: Date }>(
      'select seq, at from read_mark where person_id = $1 and incident_id = $2',
      [personId, incidentId],
    );
    return mark ? toMark(mark) : null;
  }

  /** Answers where the mark is now: further on, when another device has read more. A number the room has not reached counts as its last. */
  async move(personId: string, incidentId: string, seq: number): Promise<ReadMark> {
    const [mark] = await this.database.query<{ seq: string; at: Date }>(
      `insert into read_mark (person_id, incident_id, seq) select $1, $2, least($3, s.seq) from stream s where s.id = $2
       on conflict (person_id, incident_id) do update set seq = greatest(read_mark.seq, excluded.seq),
         at = case when excluded.seq >= read_mark.seq then clock_timestamp() else read_mark.at end
       returning seq, at`,
      [personId, incidentId, seq],
    );
    if (!mark) throw new Error(`the room ${incidentId} has no stream`);
    return toMark(mark);
  }

  /** How many messages of others somebody has not read yet, by incident; rooms they never opened are left out, and so is what was deleted. */
  async unread(viewer: Viewer): Promise<Record<string, number>> {
    const values: unknown[] = [viewer.person.id];
    const found = await this.database.query<{ id: string; unread: number }>(
      `select r.incident_id as id, count(e.seq)::int as unread
         from read_mark r join incident i on i.id = r.incident_id and i.ended_at is null
         join event e on e.stream_id = r.incident_id and e.seq > r.seq and e.type = 'message.posted'
           and (e.actor ->> 'id') is distinct from $1::text
         join message m on m.id = e.id and m.deleted_at is null
        where r.person_id = $1::uuid and ${visibleTo(viewer, values)}
        group by r.incident_id`,
      values,
    );
    return Object.fromEntries(found.map(({ id, unread }) => [id, unread]));
  }
}

const toMark = ({ seq, at }: { seq: string; at: Date }): ReadMark => ({ seq: Number(seq), at: at.toISOString() });
