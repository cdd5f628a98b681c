import type { Excerpt, SearchPage, SearchResult } from '#libs/war-room-protocol/search';
import { type Viewer, visibleTo } from '#src/incidents/visibility.queries';
import { momentOf } from '#src/platform/log/moment-of';
import { type Asked, askedOf } from './asked.ts';
import { excerptOf, HEADLINE } from './excerpts.ts';
import type { NearWords } from './near-words.ts';
import { type Place, placeOf, toCursor } from './place.ts';
import { queryFor } from './query-for.ts';
import type { Reads, TermQuery } from './search.types.ts';

const PAGE = 20;

/** What can be found in a room. Its id is that of the event which began it. */
const SAID = [
  { in: 'message', table: 'message', room: 'incident_id', text: 'text', found: 'deleted_at is null' },
  { in: 'update', table: 'event', room: 'stream_id', text: `data ->> 'text'`, found: `type = 'update.shared'` },
  { in: 'entry', table: 'timeline_entry', room: 'incident_id', text: 'text', found: 'true' },
  { in: 'file', table: 'artifact', room: 'incident_id', text: 'name', found: 'removed_at is null' },
] as const satisfies readonly { in: Excerpt['in']; table: string; room: string; text: string; found: string }[];

/** As the index has it. */
const OF_INCIDENT = `search_words(i.reference || ' ' || i.title || ' ' || coalesce(i.summary, '') || ' ' || coalesce(i.learned, ''))`;
const INCIDENT = `i.id, i.reference, i.title, i.severity, i.status, i.category, i.private, i.declared_at, ${momentOf('i.declared_at')} as declared`;

interface IncidentRow {
  id: string;
  reference: string;
  title: string;
  severity: SearchResult['incident']['severity'];
  status: string;
  category: SearchResult['incident']['category'];
  private: boolean;
  declared_at: Date;
  declared: string;
}

interface SaidRow extends IncidentRow {
  in: (typeof SAID)[number]['in'];
  seq: string;
  at: Date;
  actor: SearchResult['by'];
  via: NonNullable<SearchResult['via']>;
  text: string;
  marked: string[];
}

type AboutRow = IncidentRow & { is_named: boolean } & Record<'summary' | 'learned', string | null> &
  Record<'in_title' | 'in_summary' | 'in_learned', string[]>;

interface Found {
  readonly result: SearchResult;
  readonly place: Place;
}

/**
 * Finds incidents, and what was said in their rooms. Each person what they may see; somebody else's practice is nobody's find.
 *
 * Incidents come first, the one that was called by its number before the others; then what was said. Both with the newest
 * incidents first and, within one, the newest words first: an order that stays while somebody turns its pages.
 */
export class SearchQueries {
  constructor(
    private readonly near: NearWords,
    private readonly publicUrl: string,
  ) {}

  /** `after` is the `next` of the page before. @throws NothingToFind, TooMuchToFind, NoSuchPlace */
  async find(reads: Reads, line: string, viewer: Viewer, after: string | null = null): Promise<SearchPage> {
    const asked = askedOf(line);
    const from = after === null ? null : placeOf(after);
    const forgivesTypingErrors = await this.near.canTell(reads);
    if (!from?.isNearly) {
      const page = await this.page(reads, asked, asked.terms, viewer, from, false);
      if (from || page.results.length > 0 || !forgivesTypingErrors) return { ...page, isNearly: false, forgivesTypingErrors };
    }
    const alike = await this.near.instead(reads, asked.terms);
    const page = alike ? await this.page(reads, asked, alike, viewer, from, true) : { results: [], next: null };
    return { ...page, isNearly: page.results.length > 0, forgivesTypingErrors };
  }

  private async page(
    reads: Reads,
    asked: Asked,
    terms: readonly TermQuery[],
    viewer: Viewer,
    from: Place | null,
    isNearly: boolean,
  ): Promise<Pick<SearchPage, 'results' | 'next'>> {
    const query = await queryFor(reads, terms);
    const found = from?.of === 'said' ? [] : await this.incidents(reads, query, asked.reference, viewer, from);
    if (found.length <= PAGE)
      found.push(...(await this.said(reads, query, viewer, from?.of === 'said' ? from : null, PAGE + 1 - found.length)));
    const shown = found.slice(0, PAGE);
    const last = shown.at(-1);
    return { results: shown.map(({ result }) => result), next: last && found.length > PAGE ? toCursor({ ...last.place, isNearly }) : null };
  }

  private async incidents(reads: Reads, query: string, reference: string | null, viewer: Viewer, from: Place | null): Promise<Found[]> {
    const values: unknown[] = [query, reference ?? '', from?.isNamed ?? null, from?.at ?? null, from?.id ?? null];
    const found = await reads.query<AboutRow>(
      `select ${INCIDENT}, i.reference = $2 as is_named, i.summary, i.learned,
              ${marked('i.title')} as in_title, ${marked('i.summary')} as in_summary, ${marked('i.learned')} as in_learned
         from incident i where ${OF_INCIDENT} @@ $1::tsquery and ${toBeFoundBy(viewer, values)}
          and ($5::uuid is null or (i.reference = $2, i.declared_at, i.id) < ($3::boolean, $4::timestamptz, $5::uuid))
        order by i.reference = $2 desc, i.declared_at desc, i.id desc limit ${PAGE + 1}`,
      values,
    );
    return found.map((row) => ({
      place: { of: 'incidents', isNamed: row.is_named, at: row.declared, id: row.id, seq: 0, isNearly: false },
      result: {
        incident: this.view(row),
        seq: null,
        at: row.declared_at.toISOString(),
        by: null,
        via: null,
        excerpts: [
          excerptOf('title', row.title, row.in_title),
          ...(row.summary === null ? [] : [excerptOf('summary', row.summary, row.in_summary)]),
          ...(row.learned === null ? [] : [excerptOf('learned', row.learned, row.in_learned)]),
        ].filter(({ marks }) => marks.length > 0),
      },
    }));
  }

  /** Numbers in a room are looked up for those that come on the page only: a word may be in thousands of messages. */
  private async said(reads: Reads, query: string, viewer: Viewer, from: Place | null, limit: number): Promise<Found[]> {
    const values: unknown[] = [query, from?.at ?? null, from?.id ?? null, from?.seq ?? null, limit];
    const hits = SAID.map(
      (source) =>
        `select '${source.in}' as "in", id, ${source.room} as incident_id from ${source.table} where search_words(${source.text}) @@ $1::tsquery and ${source.found}`,
    );
    const texts = SAID.map(
      (source) =>
        `when '${source.in}' then (select ${source.text} from ${source.table} where id = p.id and ${source.room} = p.incident_id)`,
    );
    const found = await reads.query<SaidRow>(
      `with hit as (
         select h.*, i.declared_at from (${hits.join(' union all ')}) h join incident i on i.id = h.incident_id
          where ${toBeFoundBy(viewer, values)}
            and ($3::uuid is null or (i.declared_at, i.id) < ($2::timestamptz, $3::uuid)
                 or (i.id = $3 and (select e.seq from event e where e.stream_id = i.id and e.id = h.id) < $4::bigint))
       ), placed as (
         select *, rank() over (order by declared_at desc, incident_id desc) as place from hit
       ), chosen as (
         select p.*, e.seq, e.display_at, e.actor, e.via from placed p join event e on e.stream_id = p.incident_id and e.id = p.id
          where p.place <= $5 order by p.declared_at desc, p.incident_id desc, e.seq desc limit $5
       )
       select ${INCIDENT}, p."in", p.seq, p.display_at as at, p.actor, p.via, p.text, ${marked('p.text')} as marked
         from (select p.*, case p."in" ${texts.join(' ')} end as text from chosen p) p join incident i on i.id = p.incident_id
        order by i.declared_at desc, i.id desc, p.seq desc`,
      values,
    );
    return found.map((row) => ({
      place: { of: 'said', isNamed: false, at: row.declared, id: row.id, seq: Number(row.seq), isNearly: false },
      result: {
        incident: this.view(row),
        seq: Number(row.seq),
        at: row.at.toISOString(),
        by: row.actor,
        via: row.via,
        excerpts: [excerptOf(row.in, row.text, row.marked)],
      },
    }));
  }

  private view(row: IncidentRow): SearchResult['incident'] {
    return {
      id: row.id,
      number: row.reference,
      url: new URL(`/i/${row.reference}`, this.publicUrl).href,
      title: row.title,
      severity: row.severity,
      status: row.status,
      category: row.category,
      isPrivate: row.private,
      declaredAt: row.declared_at.toISOString(),
    };
  }
}

/** A drill is seen by its number, and found by whoever practised it. */
function toBeFoundBy(viewer: Viewer, values: unknown[]): string {
  const visible = visibleTo(viewer, values);
  if (viewer.role === 'guest') return visible;
  const own = `i.practice_instance in (select p.instance from practice p where p.owner = $${values.push(viewer.person.id)}::uuid)`;
  return `${visible} and (i.practice_instance is null or ${own})`;
}

/** A text with marks where it has what was asked for, once for each way of reading words. */
const marked = (text: string): string =>
  `array[ts_headline('english', search_text(${text}), $1::tsquery, '${HEADLINE}'), ts_headline('simple', search_text(${text}), $1::tsquery, '${HEADLINE}')]`;
