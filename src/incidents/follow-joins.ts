import type { Follows } from '#src/people/joining.service';
import type { JoinChange } from '#src/people/joining.types';
import type { PersonId } from '#src/people/people.types';
import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact, ViaFact } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { IncidentId } from './incidents.types.ts';

/** Private incidents in which any account of these people takes part. */
const THEIRS = `select i.id from incident i where i.private and exists (
  select 1 from participant t join one_person p on p.own_id = t.person_id
   where t.incident_id = i.id and p.id in (select id from one_person where own_id = any($1)))
 order by i.id`;

/** Who sees a private incident by another account from now on, or no more, is said in its room: nobody comes in unheard. */
export class FollowJoins implements Follows {
  constructor(private readonly log: StreamLog) {}

  async hold(tx: Tx, people: readonly PersonId[]): Promise<void> {
    await tx.query(`${THEIRS} for no key update of i`, [people]);
  }

  async changed(tx: Tx, { id, person, one, on }: JoinChange, { by, via }: { by: ActorFact | null; via: ViaFact }): Promise<void> {
    for (const incident of await rows<{ id: IncidentId }>(tx, THEIRS, [[person.id, one.id]]))
      await this.log.append(tx, incident.id, {
        id: uuidFor('accounts joined', id, incident.id),
        type: 'participant.accounts-joined',
        by,
        via,
        data: { person, one, on },
      });
  }
}
