import type { StatusToChange } from '#libs/war-room-protocol/commands';
import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { StreamLog } from '#src/platform/log/log';
import { type OrganisationChange, recordChange } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { StatusInUse, StatusNotUsable, StatusTableNotUsable } from './incidents.errors.ts';
import { StatusTable } from './incident-states.ts';
import { type Category, FIXED_CATEGORIES, type IncidentId, type Move, type StatusRow } from './incidents.types.ts';

const COLUMNS = 'name, category, rank, shipped, archived';
/** Lower case, so that it can be typed after "/status". */
const NAME = /^[a-z][a-z0-9-]{1,29}$/;

/** The organisation's statuses. Their categories are fixed, and the moves between them are data too. */
export class Statuses {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** Nothing starts on a table that would leave an incident stuck. @throws StatusTableNotUsable */
  async checkAtStart(): Promise<void> {
    await this.database.transaction((tx) => this.mustBeUsable(tx));
  }

  list(): Promise<StatusRow[]> {
    return this.database.query<StatusRow>(`select ${COLUMNS} from status order by category, archived, rank`);
  }

  /** Where somebody can move an incident of this category by naming a status. */
  async choices(from: Category): Promise<string[]> {
    return new StatusTable(await this.list(), []).choices(from);
  }

  /** Those of them that would close it, with no question asked: it is not over yet. */
  async closing(from: Category): Promise<string[]> {
    return isOpenCategory(from) ? new StatusTable(await this.list(), []).within('canceled') : [];
  }

  /** What an update can move an incident to, which closes nothing; that of an active one where it is in no incident's room. */
  async choicesIn(id: IncidentId | null): Promise<string[]> {
    const [incident] =
      id === null ? [] : await this.database.query<{ category: Category }>('select category from incident where id = $1', [id]);
    const category = incident?.category ?? 'active';
    const closing = await this.closing(category);
    return (await this.choices(category)).filter((name) => !closing.includes(name));
  }

  /** To look at: it may be another one a moment later. */
  async now(tx: Tx): Promise<StatusTable> {
    return new StatusTable(await rows<StatusRow>(tx, `select ${COLUMNS} from status`), []);
  }

  /** Until the transaction ends, none of them is taken away: an incident can be moved to any. */
  async table(tx: Tx): Promise<StatusTable> {
    const statuses = await rows<StatusRow>(tx, `select ${COLUMNS} from status for key share`);
    return new StatusTable(statuses, await rows<Move>(tx, 'select from_category as "from", to_category as "to" from category_move'));
  }

  /** Adds one behind the others of its category. @throws NotAllowed, StatusNotUsable */
  async add(name: string, category: Category, by: AtTheDoor): Promise<StatusRow> {
    mustBeAllowed(by, 'settings.change');
    mustBeAWord(name);
    if (FIXED_CATEGORIES.includes(category)) throw new StatusNotUsable(`The category "${category}" has one status, and takes no other.`);
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query('lock table status in share row exclusive mode');
        const [added] = await rows<StatusRow>(
          tx,
          `insert into status (name, category, rank) select $1, $2, coalesce(max(rank), 0) + 10 from status where category = $2
           returning ${COLUMNS}`,
          [name, category],
        );
        await this.announce(tx, 'status.added', by, name, { before: null, after: added });
        return added as StatusRow;
      });
    } catch (error) {
      if (constraintOf(error) === 'status_pkey') throw taken(name);
      throw error;
    }
  }

  /** @throws NotAllowed, StatusInUse, StatusTableNotUsable */
  async remove(name: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'settings.change');
    try {
      await this.database.transaction(async (tx) => {
        const [removed] = await rows<StatusRow>(tx, 'delete from status where name = $1 and not shipped returning name, category, rank', [
          name,
        ]);
        if (!removed)
          throw new StatusNotUsable(`There is no status "${name.slice(0, 40)}" that you could remove. Those that Muster came with stay.`);
        await this.mustBeUsable(tx);
        await this.announce(tx, 'status.removed', by, name, { before: removed, after: null });
      });
    } catch (error) {
      if (constraintOf(error) === 'incident_status_known') throw new StatusInUse(name);
      throw error;
    }
  }

  /**
   * Calls it something else, puts it in another place of its category, archives it or brings it back. Incidents that stand at
   * a word keep it, as their log has it: the new word takes its place, and the old one is archived for them. Those that
   * Muster came with can change places only.
   *
   * @throws NotAllowed, StatusNotUsable, StatusTableNotUsable
   */
  async change(name: string, to: StatusToChange, by: AtTheDoor): Promise<StatusRow> {
    mustBeAllowed(by, 'settings.change');
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query('lock table status in share row exclusive mode');
        const before = await this.one(tx, name);
        const called = to.name ?? name;
        const archived = to.archived ?? before.archived;
        if (before.shipped && (called !== name || archived))
          throw new StatusNotUsable(`"${name}" came with Muster and stays. Add one of your own beside it, and put it first.`);
        if (called !== name) await this.rename(tx, before, called);
        if (archived !== before.archived) await tx.query('update status set archived = $2 where name = $1', [called, archived]);
        if (to.place !== undefined) await this.place(tx, called, before.category, to.place);
        await this.mustBeUsable(tx);
        const after = await this.one(tx, called);
        if (JSON.stringify(after) !== JSON.stringify(before)) await this.announce(tx, 'status.changed', by, name, { before, after });
        return after;
      });
    } catch (error) {
      if (constraintOf(error) === 'status_pkey') throw taken(to.name ?? name);
      throw error;
    }
  }

  private async one(tx: Tx, name: string): Promise<StatusRow> {
    const [found] = await rows<StatusRow>(tx, `select ${COLUMNS} from status where name = $1`, [name]);
    if (!found) throw new StatusNotUsable(`There is no status "${name.slice(0, 40)}". GET /api/v1/statuses lists them.`);
    return found;
  }

  private async rename(tx: Tx, { name, category, rank, archived }: StatusRow, to: string): Promise<void> {
    mustBeAWord(to);
    // Whoever moves an incident to it now has done so after this, or finds it gone.
    await tx.query('select 1 from status where name = $1 for update', [name]);
    const kept = await rows(
      tx,
      `update status set archived = true, rank = (select max(rank) + 10 from status where category = $2)
        where name = $1 and exists (select 1 from incident where status = $1) returning 1`,
      [name, category],
    );
    if (kept.length === 0) await tx.query('delete from status where name = $1', [name]);
    await tx.query('insert into status (name, category, rank, archived) values ($1, $2, $3, $4)', [to, category, rank, archived]);
  }

  /** Ranks are given anew, above all there are: no two may have the same, not even on the way. */
  private async place(tx: Tx, name: string, category: Category, place: number): Promise<void> {
    const all = await rows<{ name: string }>(tx, 'select name from status where category = $1 order by archived, rank', [category]);
    const others = all.map((one) => one.name).filter((other) => other !== name);
    const order = others.toSpliced(place - 1, 0, name);
    if (order.every((one, at) => one === all[at]?.name)) return;
    await tx.query(
      `update status set rank = (select max(rank) from status) + 10 * o.at from unnest($1::text[]) with ordinality as o (name, at)
        where status.name = o.name`,
      [order],
    );
  }

  private async mustBeUsable(tx: Tx): Promise<void> {
    const problems = (await this.table(tx)).problems();
    if (problems.length > 0) throw new StatusTableNotUsable(problems);
  }

  private async announce(tx: Tx, type: string, by: AtTheDoor, what: string, change: Omit<OrganisationChange, 'what'>): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, ...change } });
  }
}

/** @throws StatusNotUsable */
function mustBeAWord(name: string): void {
  if (NAME.test(name)) return;
  const word = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-$/g, '');
  throw new StatusNotUsable(
    `A status is one word of 2 to 30 small letters, digits and hyphens, such as "${NAME.test(word) ? word : 'rolling-back'}".`,
  );
}

const taken = (name: string): StatusNotUsable =>
  new StatusNotUsable(`There is a status "${name}" already. Choose another word, or bring that one back if it is archived.`);
