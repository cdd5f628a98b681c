import type { IncidentView } from '#libs/war-room-protocol/views';
import type { Database } from '#src/platform/database/database';
import type { AtTheDoor } from '#src/people/people.types';
import { IncidentNotFound } from './incidents.errors.ts';

interface Row {
  id: string;
  reference: string;
  title: string;
  summary: string | null;
  kind: IncidentView['kind'];
  severity: IncidentView['severity'];
  status: IncidentView['status'];
  lead_id: string | null;
  lead_name: string | null;
  declared_by: string | null;
  declarer_name: string | null;
  declared_at: Date;
  resolved_at: Date | null;
  learned: string | null;
  seq: string;
}

const SELECT = `select i.*, l.name as lead_name, d.name as declarer_name, s.seq
  from incident i join stream s on s.id = i.id left join person l on l.id = i.lead_id left join person d on d.id = i.declared_by`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NUMBER = /^(?:(INC|DRILL)-)?(\d{1,9})$/i;

/** A drill that somebody declared in a pretend chat of their own, in this practice or an earlier one. */
const THEIRS = `i.kind = 'drill' and i.practice_instance in (select p.instance from practice p where p.owner = $2)`;

/** What screens and the API read of incidents. Somebody who only practises sees their own drills and nothing else. */
export class IncidentQueries {
  constructor(
    private readonly database: Database,
    private readonly publicUrl: string,
  ) {}

  /** `id` is the uuid, "247" or "INC-247". @throws IncidentNotFound, also for what this person may not see */
  async get(id: string, viewer: AtTheDoor): Promise<IncidentView> {
    const [column, value] = this.nameOf(id);
    const [row] = await this.database.query<Row>(`${SELECT} where i.${column} = $1`, [value]);
    if (!row || !(maySee(viewer, row.id) || (await this.isTheirs(row.id, viewer)))) throw new IncidentNotFound(id.slice(0, 80));
    return this.toView(row);
  }

  async list(open: boolean, viewer: AtTheDoor): Promise<IncidentView[]> {
    if (viewer.role === 'guest') return this.theirs(open, viewer);
    const found = await this.database.query<Row>(
      `${SELECT} where i.kind = 'standard' and (i.category = 'active') = $1 order by i.declared_at desc limit 200`,
      [open],
    );
    return found.map((row) => this.toView(row));
  }

  private async theirs(open: boolean, { person }: AtTheDoor): Promise<IncidentView[]> {
    const found = await this.database.query<Row>(
      `${SELECT} where ${THEIRS} and exists (select 1 from practice p where p.instance = i.practice_instance and p.ended_at is null)
        and (i.category = 'active') = $1 order by i.declared_at desc limit 50`,
      [open, person.id],
    );
    return found.map((row) => this.toView(row));
  }

  private async isTheirs(id: string, { person }: AtTheDoor): Promise<boolean> {
    return (await this.database.query(`select 1 from incident i where i.id = $1 and ${THEIRS}`, [id, person.id])).length > 0;
  }

  private nameOf(id: string): ['id' | 'reference', string] {
    if (UUID.test(id)) return ['id', id];
    const [, prefix = 'INC', number] = NUMBER.exec(id) ?? [];
    if (number === undefined) throw new IncidentNotFound(id.slice(0, 80));
    return ['reference', `${prefix.toUpperCase()}-${Number(number)}`];
  }

  private toView(row: Row): IncidentView {
    return {
      id: row.id,
      number: row.reference,
      url: new URL(`/i/${row.reference}`, this.publicUrl).href,
      title: row.title,
      summary: row.summary,
      kind: row.kind,
      severity: row.severity,
      status: row.status,
      lead: row.lead_id && row.lead_name ? { id: row.lead_id, name: row.lead_name } : null,
      declaredBy: row.declared_by && row.declarer_name ? { id: row.declared_by, name: row.declarer_name } : null,
      declaredAt: row.declared_at.toISOString(),
      resolvedAt: row.resolved_at?.toISOString() ?? null,
      learned: row.learned,
      seq: Number(row.seq),
    };
  }
}

const maySee = (viewer: AtTheDoor, incidentId: string): boolean =>
  viewer.incidentId === null ? viewer.role !== 'guest' : viewer.incidentId === incidentId;
