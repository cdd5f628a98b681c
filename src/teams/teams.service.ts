import { uuidv7 } from 'uuidv7';
import type { TeamToChange } from '#libs/war-room-protocol/commands';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { ActorFact } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { type OrganisationChange, recordChange } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, type PersonId, actorOf } from '#src/people/people.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { TeamNotFound, TeamNotUsable } from './teams.errors.ts';
import type { Team } from './teams.types.ts';

/** What stands behind a name where a team is added to an incident. */
const ENDS_AS_A_WORD = /\sobserver$/i;

const teams = (condition: string): string =>
  `select t.id, t.name, t.archived, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
      from (select distinct o.may_as as id, o.name from team_member m join one_person o on o.own_id = m.person_id where m.team_id = t.id) p), '[]') as members
     from team t where ${condition} order by t.archived, lower(t.name)`;

/** The organisation's teams: made, named, archived, and who is in them. Each change is in the audit. */
export class Teams {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** By name, the archived ones last. @throws NotAllowed */
  list(by: AtTheDoor): Promise<Team[]> {
    mustBeAllowed(by, 'team.see');
    return this.database.query<Team>(teams('true'));
  }

  /** @throws NotAllowed, TeamNotUsable */
  make(name: string, by: AtTheDoor): Promise<Team> {
    mustBeAllowed(by, 'team.manage');
    mustBeCallable(name);
    return this.oneOfItsName(name, async (tx) => {
      const id = uuidv7();
      await tx.query('insert into team (id, name) values ($1, $2)', [id, name]);
      await this.announce(tx, 'team.made', by, name, { before: null, after: { name } });
      return this.one(tx, id);
    });
  }

  /** Renames it, archives it or brings it back. What is so already changes nothing. @throws NotAllowed, TeamNotFound, TeamNotUsable */
  change(id: string, to: TeamToChange, by: AtTheDoor): Promise<Team> {
    mustBeAllowed(by, 'team.manage');
    return this.oneOfItsName(to.name ?? '', async (tx) => {
      const before = await this.hold(tx, id);
      const { name = before.name, archived = before.archived } = to;
      if (name === before.name && archived === before.archived) return before;
      if (name !== before.name) mustBeCallable(name);
      await tx.query('update team set name = $2, archived = $3 where id = $1', [id, name, archived]);
      await this.announce(tx, 'team.changed', by, before.name, {
        before: { name: before.name, archived: before.archived },
        after: { name, archived },
      });
      return { ...before, name, archived };
    });
  }

  /** `given`: an id, or the whole name. Whoever is in it already stays. @throws NotAllowed, TeamNotFound, TeamNotUsable */
  addMember(id: string, given: string, by: AtTheDoor): Promise<Team> {
    mustBeAllowed(by, 'team.manage');
    return this.database.transaction(async (tx) => {
      const team = await this.hold(tx, id);
      const person = await colleagueCalled(tx, given);
      if (team.members.some((member) => member.id === person.id)) return team;
      await tx.query('insert into team_member (team_id, person_id) values ($1, $2)', [id, person.id]);
      await this.announce(tx, 'team.member-added', by, team.name, { before: null, after: person });
      return this.one(tx, id);
    });
  }

  /** They stay in the incidents that the team was added to. @throws NotAllowed, TeamNotFound */
  removeMember(id: string, personId: PersonId, by: AtTheDoor): Promise<Team> {
    mustBeAllowed(by, 'team.manage');
    return this.database.transaction(async (tx) => {
      const team = await this.hold(tx, id);
      const person = team.members.find((member) => member.id === personId);
      if (!person) return team;
      await tx.query('delete from team_member where team_id = $1 and person_id in (select own_id from one_person where may_as = $2)', [
        id,
        personId,
      ]);
      await this.announce(tx, 'team.member-removed', by, team.name, { before: person, after: null });
      return this.one(tx, id);
    });
  }

  /** @throws TeamNotUsable when another one is called that */
  private async oneOfItsName(name: string, change: (tx: Tx) => Promise<Team>): Promise<Team> {
    try {
      return await this.database.transaction(change);
    } catch (error) {
      if (constraintOf(error) === 'team_by_name')
        throw new TeamNotUsable(`There is a team "${name}" already. Choose another name, or bring that one back if it is archived.`);
      throw error;
    }
  }

  /** Two who change it at once queue. @throws TeamNotFound */
  private async hold(tx: Tx, id: string): Promise<Team> {
    if (!isUuid(id)) throw new TeamNotFound();
    await tx.query('select 1 from team where id = $1 for update', [id]);
    return this.one(tx, id);
  }

  private async one(tx: Tx, id: string): Promise<Team> {
    const [team] = await rows<Team>(tx, teams('t.id = $1'), [id]);
    if (!team) throw new TeamNotFound();
    return team;
  }

  private async announce(tx: Tx, type: string, by: AtTheDoor, what: string, change: Omit<OrganisationChange, 'what'>): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, ...change } });
  }
}

/** @throws TeamNotUsable */
function mustBeCallable(name: string): void {
  if (isUuid(name) || name.startsWith('@') || ENDS_AS_A_WORD.test(name))
    throw new TeamNotUsable(
      `People write a team as they call it, such as "Payments". Choose a name that is no id and does not begin with "@".`,
    );
}

/** Somebody of the organisation by id or whole name. @throws TeamNotUsable */
async function colleagueCalled(tx: Tx, given: string): Promise<ActorFact> {
  const name = given.replace(/^@/, '').trim().toLowerCase();
  const [found, other] = await rows<ActorFact>(
    tx,
    `select distinct o.may_as as id, o.name from person p join one_person o on o.own_id = p.id
      where ${isUuid(name) ? 'p.id::text' : 'lower(p.name)'} = $1 and p.role <> 'guest' order by o.may_as limit 2`,
    [name],
  );
  if (!found)
    throw new TeamNotUsable(`Nobody in the organisation is "${given.slice(0, 80)}". Write the name as Muster shows it, or an id.`);
  if (other)
    throw new TeamNotUsable(
      `Several people are called "${given.slice(0, 80)}", ${found.id} and ${other.id} among them. Write the id of the one you mean.`,
    );
  return found;
}
