import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { serverTime } from '#src/platform/database/server-time';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { mustBeAllowed } from '#src/people/permissions.types';
import type { Actor } from '#src/people/people.types';
import { Incident } from './incident.entity.ts';
import type { IncidentChanges } from './incident-changes.ts';
import { KeyReused, RequestIdReused } from './incidents.errors.ts';
import type { Declared } from './incidents.events.ts';
import type { Kind, Severity } from './incidents.types.ts';
import type { Statuses } from './statuses.service.ts';
import { viewerOf } from './visibility.queries.ts';

export interface ToDeclare {
  readonly title: string;
  readonly severity?: Severity;
  readonly summary?: string | undefined;
  /** Seen by those who take part in it only. */
  readonly private?: boolean | undefined;
  readonly kind?: Kind | undefined;
  /** Somebody else is to say whether it is an incident. */
  readonly triage?: boolean | undefined;
  /** The one chat that it is heard in, for a drill. */
  readonly heardIn?: string | undefined;
}

/** Making incidents. */
export class Declaring {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly changes: IncidentChanges,
    private readonly statuses: Statuses,
  ) {}

  /**
   * Declares an incident: from this transaction on it has its number, its log and its room. What is declared in a
   * pretend chat is a drill, heard there only. The same request again answers the incident that it made.
   *
   * @throws TitleNotUsable, NotAllowed, RequestIdReused
   */
  async declare(tx: Tx, ask: ToDeclare, by: Actor, requestId: string): Promise<Incident> {
    const id = uuidFor('incident', by.person.id, requestId);
    // The same request twice at the same moment: the second waits here and then finds the first one's incident.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [id]);
    const known = await tx.findOneBy(Incident, { id });
    if (known && !(await isSame(tx, known, ask, requestId))) throw new RequestIdReused();
    if (known) return known;

    const practiceInstance = await pretendChat(tx, by.via.id);
    if (!practiceInstance) mustBeAllowed(await viewerOf(tx, by.person.id), 'incident.declare');
    const kind = practiceInstance ? 'drill' : (ask.kind ?? 'standard');
    const category = ask.triage ? 'triage' : 'active';
    const status = (await this.statuses.table(tx)).first(category);
    const number = await this.nextNumber(tx, kind);
    const now = await serverTime(tx);
    const incident = Incident.declare({
      id,
      kind,
      number,
      reference: `${kind === 'drill' ? 'DRILL' : 'INC'}-${number}`,
      title: ask.title,
      summary: ask.summary?.trim() ? ask.summary.trim() : null,
      severity: ask.severity ?? 'SEV3',
      status,
      category,
      private: ask.private ?? false,
      declaredBy: by.person.id,
      declaredAt: now,
      practiceInstance,
      heardIn: ask.heardIn ?? null,
    });

    await this.log.open(tx, incident.id, 'incident');
    await tx.insert(Incident, incident);
    await tx.query('insert into participant (incident_id, person_id) values ($1, $2)', [incident.id, by.person.id]);
    await this.changes.append(tx, id, 'incident.declared', by, requestId, {
      reference: incident.reference,
      title: incident.title,
      ...(incident.summary === null ? {} : { summary: incident.summary }),
      severity: incident.severity,
      status,
      category,
      kind,
      ...(incident.private ? { private: true } : {}),
    });
    return incident;
  }

  /**
   * Declares once for each key: the same key with the same request answers the incident it made the first time.
   *
   * @throws KeyReused, TitleNotUsable, NotAllowed
   */
  async declareOnce(ask: ToDeclare, by: Actor, key: string): Promise<{ incident: Incident; again: boolean }> {
    const hash = hashOf(ask);
    return this.database.transaction(async (tx) => {
      // Two requests with one key at the same moment: the second waits here and then finds the first one's row.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${by.person.id}\n${key}`]);
      const [used] = await rows<{ request_hash: Buffer; incident_id: string }>(
        tx,
        'select request_hash, incident_id from idempotency_key where person_id = $1 and key = $2',
        [by.person.id, key],
      );
      if (used && !used.request_hash.equals(hash)) throw new KeyReused();
      if (used) return { incident: await tx.findOneByOrFail(Incident, { id: used.incident_id }), again: true };

      const incident = await this.declare(tx, ask, by, uuidv7());
      await tx.query('insert into idempotency_key (person_id, key, request_hash, incident_id) values ($1, $2, $3, $4)', [
        by.person.id,
        key,
        hash,
        incident.id,
      ]);
      return { incident, again: false };
    });
  }

  private async nextNumber(tx: Tx, kind: Incident['kind']): Promise<number> {
    const counter = kind === 'drill' ? 'drills' : 'incidents';
    const [row] = await rows<{ number: number }>(tx, `update organisation set ${counter} = ${counter} + 1 returning ${counter} as number`);
    if (!row) throw new Error('The organisation row is missing: the database was not migrated.');
    return row.number;
  }
}

/** What was left out is what it means, so that a request which spells it out is the same one. */
function hashOf(ask: ToDeclare): Buffer {
  const said = [
    ask.title,
    ask.severity ?? 'SEV3',
    ask.summary ?? '',
    ...(ask.private ? ['private'] : []),
    ...(ask.triage ? ['triage'] : []),
  ];
  if (ask.kind !== undefined && ask.kind !== 'standard') said.push(ask.kind);
  return createHash('sha256').update(JSON.stringify(said)).digest();
}

/** As it was declared: it may have another title by now. */
async function isSame(tx: Tx, { id, practiceInstance }: Incident, ask: ToDeclare, requestId: string): Promise<boolean> {
  const [done] = await rows<{ data: Declared }>(tx, 'select data from event where stream_id = $1 and id = $2', [id, requestId]);
  if (!done) return false;
  const { title, severity, summary = '', category, kind, private: isPrivate = false } = done.data;
  return (
    title === ask.title.trim() &&
    severity === (ask.severity ?? 'SEV3') &&
    summary === (ask.summary?.trim() ?? '') &&
    // In a pretend chat all of them are drills.
    (practiceInstance !== null || kind === (ask.kind ?? 'standard')) &&
    isPrivate === (ask.private ?? false) &&
    (category === 'triage') === (ask.triage ?? false)
  );
}

async function pretendChat(tx: Tx, surface: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    'select coalesce(beside, id) as id from chat_instance where id = $1 and pretend and drill_of is null',
    [surface],
  );
  return found?.id ?? null;
}
