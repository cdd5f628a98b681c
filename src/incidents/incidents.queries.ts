import type { IncidentView } from '#libs/war-room-protocol/views';
import type { Database } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import { IncidentNotFound } from './incidents.errors.ts';
import { type Viewer, nameOf, visibleTo } from './visibility.queries.ts';

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
  ended_at: Date | null;
  learned: string | null;
  category: IncidentView['category'];
  private: boolean;
  declined: string | null;
  merged_reference: string | null;
  seq: string;
}

const SELECT = `select i.*, l.id as lead_id, l.name as lead_name, d.id as declared_by, d.name as declarer_name, s.seq,
  (select other.reference from incident other where other.id = i.merged_into) as merged_reference
  from incident i join stream s on s.id = i.id left join one_person l on l.own_id = i.lead_id left join one_person d on d.own_id = i.declared_by`;
/** A drill whose pretend chat is still there. The others are read by their number. */
const PRACTISED = 'exists (select 1 from practice p where p.instance = i.practice_instance and p.ended_at is null)';

const GOING_ON = {
  which: 'i.ended_at is null',
  behind: '(i.severity, i.declared_at, i.id) > (select last.severity, last.declared_at, last.id',
  order: 'i.severity, i.declared_at, i.id',
};
/** Behind one that was reopened since comes all: rather twice than not at all. */
const OVER = {
  which: 'i.ended_at is not null',
  behind: `(i.ended_at, i.id) < (select coalesce(last.ended_at, 'infinity'), last.id`,
  order: 'i.ended_at desc, i.id desc',
};

export interface IncidentPage {
  readonly incidents: IncidentView[];
  readonly next: string | null;
  readonly more: boolean;
}

/** What screens and the API read of incidents, each person what they may see. */
export class IncidentQueries {
  constructor(
    private readonly database: Database,
    private readonly publicUrl: string,
  ) {}

  /** `id` is the uuid, "247" or "INC-247". @throws IncidentNotFound, also for what this person may not see */
  async get(id: string, viewer: Viewer): Promise<IncidentView> {
    const { column, value } = nameOf(id);
    const values: unknown[] = [value];
    const [row] = await this.database.query<Row>(`${SELECT} where i.${column} = $1 and ${visibleTo(viewer, values)}`, values);
    if (!row) throw new IncidentNotFound(id.slice(0, 80));
    return this.toView(row);
  }

  /**
   * Of those that are open the worst first, then the one that goes on longest; of the others the latest ended first.
   *
   * @throws BadRequest when `after` is no incident
   */
  async list(open: boolean, { after, limit }: PageOf, viewer: Viewer): Promise<IncidentPage> {
    const values: unknown[] = [limit + 1, after ?? null];
    const { which, behind, order } = open ? GOING_ON : OVER;
    const found = await this.database.query<Row>(
      `${SELECT} where ${viewer.role === 'guest' ? PRACTISED : 'i.practice_instance is null'} and ${which} and ${visibleTo(viewer, values)}
          and ($2::uuid is null or ${behind} from incident last where last.id = $2 and ${visibleTo(viewer, values, 'last')}))
        order by ${order} limit $1`,
      values,
    );
    await mustBeKnown(after, found, (id) => {
      const known: unknown[] = [id];
      return this.database.query(`select 1 from incident i where i.id = $1 and ${visibleTo(viewer, known)}`, known);
    });
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
    return { incidents: shown.map((row) => this.toView(row)), next, more };
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
      endedAt: row.ended_at?.toISOString() ?? null,
      learned: row.learned,
      category: row.category,
      isPrivate: row.private,
      declined: row.declined,
      mergedInto: row.merged_reference,
      seq: Number(row.seq),
    };
  }
}
