import { type Database, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import { LastAdmin, PersonNotFound } from './people.errors.ts';
import { type GIVEN_ROLES, ROLES, mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, type PersonId, type Role, actorOf } from './people.types.ts';

export type GivenRole = (typeof GIVEN_ROLES)[number];

/** Each once: what `p` may is not what somebody else may. Who only claims to be another may what they may by themselves. */
const BY_THEMSELVES = 'not exists (select 1 from person_join j where j.person_id = p.id and j.may_as <> p.id)';

export interface Colleague {
  readonly id: PersonId;
  readonly name: string;
  readonly role: GivenRole;
}

/** Who in the organisation has which role. Guests, who only practise, are not among them. */
export class OrganisationRoles {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /** @throws NotAllowed, and BadRequest when `after` is nobody */
  async page({ after, limit }: PageOf, by: AtTheDoor) {
    mustBeAllowed(by, 'people.manage');
    const found = await this.database.query<Colleague>(
      `select id, name, role from person p where role <> 'guest' and ${BY_THEMSELVES}
          and ($2::uuid is null or (lower(name), id) > (select lower(last.name), last.id from person last where last.id = $2))
        order by lower(name), id limit $1`,
      [limit + 1, after ?? null],
    );
    await mustBeKnown(after, found, (id) => this.database.query('select 1 from person where id = $1', [id]));
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
    return { people: shown, next, more };
  }

  /**
   * Gives somebody a role, from their next request on. The role they have changes nothing.
   *
   * @throws NotAllowed, PersonNotFound, LastAdmin
   */
  async give(id: PersonId, role: GivenRole, by: AtTheDoor): Promise<Colleague> {
    mustBeAllowed(by, 'people.manage');
    return this.database.transaction(async (tx) => {
      // All admins, so that two who take it from each other at the same moment do not leave nobody.
      const admins = await rows<{ id: string }>(
        tx,
        `select id from person p where role = 'admin' and ${BY_THEMSELVES} order by id for update`,
      );
      const [person] = await rows<{ id: string; name: string; role: Role }>(
        tx,
        `select p.id, p.name, p.role from one_person o join person p on p.id = o.may_as where o.own_id = $1 and p.role <> 'guest' for update of p`,
        [id],
      );
      if (!person) throw new PersonNotFound();
      if (person.role === role) return { ...person, role };
      if (person.role === 'admin' && admins.length === 1) throw new LastAdmin();

      await tx.query('update person set role = $2 where id = $1', [person.id, role]);
      // What their other accounts might by themselves, they may no more than that.
      const others = await rows<{ id: string }>(
        tx,
        `update person set role = $2 where id in (select person_id from person_join where may_as = $1)
            and array_position($3::text[], role) > array_position($3::text[], $2) returning id`,
        [person.id, role, [...ROLES]],
      );
      for (const { id: whose } of [person, ...others]) afterCommit(tx, () => this.doorbell.ring({ topic: 'people', id: whose }));
      const { person: who, via } = actorOf(by);
      await recordChange(tx, this.log, {
        type: 'person.role-changed',
        by: who,
        via,
        data: { what: person.name, before: { id: person.id, role: person.role }, after: { id: person.id, role } },
      });
      return { id: person.id, name: person.name, role };
    });
  }
}
