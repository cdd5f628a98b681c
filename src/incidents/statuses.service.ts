import { constraintOf, type Database, type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { type OrganisationChange, recordChange } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { StatusInUse, StatusNotUsable, StatusTableNotUsable } from './incidents.errors.ts';
import { StatusTable } from './incident-states.ts';
import { type Category, type Move, type StatusRow, isOpen } from './incidents.types.ts';

/** Lower case, so that it can be typed after "/status". */
const NAME = /^[a-z][a-z0-9-]{1,29}$/;
/** Into these an incident comes by accepting, declining and merging, each with one status of its own. */
const FIXED: readonly Category[] = ['triage', 'declined', 'merged'];

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
    return this.database.query<StatusRow>('select name, category, rank, shipped from status order by category, rank');
  }

  /** Where somebody can move an incident of this category by naming a status. */
  async choices(from: Category): Promise<string[]> {
    const inside = isOpen(from) ? ['active', 'paused', 'canceled'] : ['post_incident', 'closed', 'active'];
    return (await this.list()).filter(({ category }) => inside.includes(category)).map(({ name }) => name);
  }

  async table(tx: Tx): Promise<StatusTable> {
    const statuses = await rows<StatusRow>(tx, 'select name, category, rank, shipped from status');
    return new StatusTable(statuses, await rows<Move>(tx, 'select from_category as "from", to_category as "to" from category_move'));
  }

  /** Adds one behind the others of its category. @throws NotAllowed, StatusNotUsable */
  async add(name: string, category: Category, by: AtTheDoor): Promise<StatusRow> {
    mustBeAllowed(by, 'settings.change');
    if (!NAME.test(name))
      throw new StatusNotUsable('A status is one word of 2 to 30 small letters, digits and hyphens, such as "rolling-back".');
    if (FIXED.includes(category)) throw new StatusNotUsable(`The category "${category}" has one status, and takes no other.`);
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query('lock table status in share row exclusive mode');
        const [added] = await rows<StatusRow>(
          tx,
          `insert into status (name, category, rank) select $1, $2, coalesce(max(rank), 0) + 10 from status where category = $2
           returning name, category, rank, shipped`,
          [name, category],
        );
        await this.announce(tx, 'status.added', by, name, { before: null, after: added });
        return added as StatusRow;
      });
    } catch (error) {
      if (constraintOf(error) === 'status_pkey') throw new StatusNotUsable(`There is a status "${name}" already.`);
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

  private async mustBeUsable(tx: Tx): Promise<void> {
    const problems = (await this.table(tx)).problems();
    if (problems.length > 0) throw new StatusTableNotUsable(problems);
  }

  private async announce(tx: Tx, type: string, by: AtTheDoor, what: string, change: Omit<OrganisationChange, 'what'>): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, ...change } });
  }
}
