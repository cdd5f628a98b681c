import type { RoleChange } from '#libs/war-room-protocol/roles';
import { type Viewer, visibleTo } from '#src/incidents/visibility.queries';
import { anyOfTheirs } from '#src/people/one-person.queries';
import type { Database } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';

export interface ReadMark {
  readonly seq: number;
  /** When it came there. ISO 8601, UTC. */
  readonly at: string;
  /** Up to where they have read of roles that others gave them. */
  readonly roles: number;
}

/** A role that somebody else gave this person, and what it asks of them. */
export interface RoleToRead {
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: ActorFact;
  readonly change: RoleChange;
  readonly instructions: string;
}

/**
 * How far each person has read each room. Their own business, so it is in no log; it follows them from device to device
 * and never goes back.
 */
export class ReadMarks {
  constructor(private readonly database: Database) {}

  async of(personId: string, incidentId: string): Promise<ReadMark | null> {
    const [mark] = await this.database.query<MarkRow>(
      'select seq, at, roles_seq as roles from read_mark where person_id = $1 and incident_id = $2',
      [personId, incidentId],
    );
    return mark ? toMark(mark) : null;
  }

  /** Answers where the mark is now: further on, when another device has read more. A number the room has not reached counts as its last. */
  async move(personId: string, incidentId: string, { seq, roles = 0 }: { seq: number; roles?: number | undefined }): Promise<ReadMark> {
    const [mark] = await this.database.query<MarkRow>(
      `insert into read_mark (person_id, incident_id, seq, roles_seq)
       select $1, $2, least($3, s.seq), least($4, s.seq) from stream s where s.id = $2
       on conflict (person_id, incident_id) do update set seq = greatest(read_mark.seq, excluded.seq),
         roles_seq = greatest(read_mark.roles_seq, excluded.roles_seq),
         at = case when excluded.seq >= read_mark.seq then clock_timestamp() else read_mark.at end
       returning seq, at, roles_seq as roles`,
      [personId, incidentId, seq, roles],
    );
    if (!mark) throw new Error(`the room ${incidentId} has no stream`);
    return toMark(mark);
  }

  /** The roles they have there now because others gave them, and have not said that they read of. */
  async rolesToRead(personId: string, incidentId: string): Promise<RoleToRead[]> {
    const found = await this.database.query<Omit<RoleToRead, 'seq' | 'at'> & { seq: string; at: Date }>(
      `select e.seq, e.at, e.actor as by, e.data as change, r.instructions
         from role_holder h join incident_role r on r.key = h.role
         cross join lateral (select seq, at, actor, data from event
                              where stream_id = h.incident_id and type not like 'message.%' and type = 'incident.role-changed' and data ->> 'role' = h.role
                              order by seq desc limit 1) e
         left join read_mark m on m.person_id = $1 and m.incident_id = h.incident_id
        where h.person_id = ${anyOfTheirs('$1')} and h.incident_id = $2 and e.actor ->> 'id' <> all (array(select id::text from theirs($1) id)) and e.seq > coalesce(m.roles_seq, 0)
        order by e.seq`,
      [personId, incidentId],
    );
    return found.map((one) => ({ ...one, seq: Number(one.seq), at: one.at.toISOString() }));
  }

  /** How many messages of others somebody has not read yet, by incident; rooms they never opened are left out, and so is what was deleted. */
  async unread(viewer: Viewer): Promise<Record<string, number>> {
    const values: unknown[] = [viewer.person.id];
    const found = await this.database.query<{ id: string; unread: number }>(
      `select r.incident_id as id, count(e.seq)::int as unread
         from read_mark r join incident i on i.id = r.incident_id and i.ended_at is null
         join event e on e.stream_id = r.incident_id and e.seq > r.seq and e.type = 'message.posted'
           and coalesce(e.actor ->> 'id', '') <> all (array(select id::text from theirs($1) id))
         join message m on m.id = e.id and m.deleted_at is null
        where r.person_id = $1::uuid and ${visibleTo(viewer, values)}
        group by r.incident_id`,
      values,
    );
    return Object.fromEntries(found.map(({ id, unread }) => [id, unread]));
  }
}

interface MarkRow {
  readonly seq: string;
  readonly at: Date;
  readonly roles: string;
}

const toMark = ({ seq, at, roles }: MarkRow): ReadMark => ({ seq: Number(seq), at: at.toISOString(), roles: Number(roles) });
