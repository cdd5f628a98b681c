import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { LoggedEvent, NewEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { NotAllowed } from '#src/people/people.errors';
import type { Actor } from '#src/people/people.types';
import { Incident, sentenceOf } from './incident.entity.ts';
import { IncidentNotFound, KeyReused, RequestIdReused } from './incidents.errors.ts';
import type { Declared, IncidentEvents, LeadChanged } from './incidents.events.ts';
import { type Status, FIRST_STATUS } from './incident-states.ts';
import type { IncidentId, Severity } from './incidents.types.ts';

export interface ToDeclare {
  readonly title: string;
  readonly severity?: Severity;
  readonly summary?: string | undefined;
}

/** What a change did: the incident as it is now, and the room's number of the event; null when nothing changed. */
export interface Changed {
  readonly incident: Incident;
  readonly seq: number | null;
}

/**
 * What can be done with an incident. Each method is one transaction: the state, its event and nothing outside; chats,
 * mail and screens follow from the event.
 *
 * `requestId` becomes the event's id, so a request that arrives twice finds the first one's event and changes nothing;
 * another request under a used id is RequestIdReused.
 */
export class Incidents {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /**
   * Declares an incident: from this transaction on it has its number, its log and its room. What is declared in a
   * pretend chat is a drill, heard there only. The same request again answers the incident that it made.
   *
   * @throws TitleNotUsable, NotAllowed
   */
  async declare(tx: Tx, ask: ToDeclare, by: Actor, requestId: string): Promise<Incident> {
    const id = uuidFor('incident', by.person.id, requestId);
    // The same request twice at the same moment: the second waits here and then finds the first one's incident.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [id]);
    const known = await tx.findOneBy(Incident, { id });
    if (known) return known;

    const practiceInstance = await pretendChat(tx, by.via.id);
    if (!practiceInstance && (await isGuest(tx, by)))
      throw new NotAllowed('declare a real incident while you only practise. Sign in first');
    const kind = practiceInstance ? 'drill' : 'standard';
    const number = await this.nextNumber(tx, kind);
    const [{ now }] = (await rows<{ now: Date }>(tx, 'select clock_timestamp() as now')) as [{ now: Date }];
    const incident = Incident.declare({
      id,
      kind,
      number,
      reference: `${kind === 'drill' ? 'DRILL' : 'INC'}-${number}`,
      title: ask.title,
      summary: ask.summary?.trim() ? ask.summary.trim() : null,
      severity: ask.severity ?? 'SEV3',
      declaredBy: by.person.id,
      declaredAt: now,
      practiceInstance,
    });

    await this.log.open(tx, incident.id, 'incident');
    await tx.insert(Incident, incident);
    await tx.query('insert into participant (incident_id, person_id) values ($1, $2)', [incident.id, by.person.id]);
    await this.append(tx, incident, 'incident.declared', by, requestId, {
      reference: incident.reference,
      title: incident.title,
      ...(incident.summary === null ? {} : { summary: incident.summary }),
      severity: incident.severity,
      status: FIRST_STATUS,
      kind,
    } satisfies Declared);
    return incident;
  }

  /**
   * Declares once for each key: the same key with the same request answers the incident it made the first time.
   *
   * @throws KeyReused, TitleNotUsable
   */
  async declareOnce(ask: ToDeclare, by: Actor, key: string): Promise<{ incident: Incident; again: boolean }> {
    const hash = createHash('sha256')
      .update(JSON.stringify([ask.title, ask.severity ?? 'SEV3', ask.summary ?? '']))
      .digest();
    return this.database.transaction(async (tx) => {
      // Two requests with one key at the same moment: the second waits here and then finds the first one's row.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${by.person.id}\n${key}`]);
      const [used] = await rows<{ request_hash: Buffer; incident_id: string }>(
        tx,
        'select request_hash, incident_id from idempotency_key where person_id = $1 and key = $2',
        [by.person.id, key],
      );
      if (used && !used.request_hash.equals(hash)) throw new KeyReused();
      if (used) return { incident: await this.get(tx, used.incident_id), again: true };

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

  /**
   * Anyone may; who, from where and why is recorded. Setting the severity it already has changes nothing.
   *
   * @throws IncidentNotFound
   */
  changeSeverity(tx: Tx, id: IncidentId, to: Severity, by: Actor, requestId: string, reason?: string): Promise<Changed> {
    return this.change(
      tx,
      id,
      requestId,
      by,
      'incident.severity-changed',
      (done) => done.to === to,
      (incident) => {
        const change = incident.changeSeverity(to);
        return Promise.resolve(change && { ...change, ...(reason ? { reason } : {}) });
      },
    );
  }

  /** @throws IncidentNotFound, TransitionRefused, SentenceMissing */
  changeStatus(tx: Tx, id: IncidentId, to: Status, by: Actor, requestId: string): Promise<Changed> {
    return this.change(
      tx,
      id,
      requestId,
      by,
      'incident.status-changed',
      (done) => done.to === to,
      (incident) => Promise.resolve(incident.changeStatus(to)),
    );
  }

  /** Makes `to` the lead, or nobody. There is at most one; handing over is one event. */
  changeLead(tx: Tx, id: IncidentId, to: LeadChanged['to'], by: Actor, requestId: string): Promise<Changed> {
    return this.change(
      tx,
      id,
      requestId,
      by,
      'incident.lead-changed',
      (done) => done.to?.id === to?.id,
      async (incident) => {
        const change = incident.handLeadTo(to, await this.lead(tx, incident));
        if (change && to) await this.join(tx, incident.id, to.id);
        return change;
      },
    );
  }

  /**
   * Ends it, and asks for one sentence: what will not happen again? The sentence is kept and said in the room.
   *
   * @throws IncidentNotFound, SentenceMissing, IncidentResolved
   */
  resolve(tx: Tx, id: IncidentId, learned: string, by: Actor, requestId: string): Promise<Changed> {
    return this.change(
      tx,
      id,
      requestId,
      by,
      'incident.resolved',
      (done) => done.learned === sentenceOf(learned),
      async (incident) => {
        const [{ now }] = (await rows<{ now: Date }>(tx, 'select clock_timestamp() as now')) as [{ now: Date }];
        return incident.resolve(learned, now);
      },
    );
  }

  /** Adds somebody to those who take part; true when they were not among them. */
  async join(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
    const added = await rows(tx, 'insert into participant (incident_id, person_id) values ($1, $2) on conflict do nothing returning 1', [
      id,
      personId,
    ]);
    return added.length > 0;
  }

  /** @throws IncidentNotFound */
  async get(tx: Tx, id: IncidentId): Promise<Incident> {
    const incident = await tx.findOneBy(Incident, { id });
    if (!incident) throw new IncidentNotFound(id);
    return incident;
  }

  /** Two people changing it at once must queue, or the second would overwrite the first unseen. */
  private async lock(tx: Tx, id: IncidentId): Promise<Incident> {
    const incident = await tx.findOne(Incident, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!incident) throw new IncidentNotFound(id);
    return incident;
  }

  private async change<Type extends keyof IncidentEvents>(
    tx: Tx,
    id: IncidentId,
    requestId: string,
    by: Actor,
    type: Type,
    isSame: (done: IncidentEvents[Type]) => boolean,
    move: (incident: Incident) => Promise<IncidentEvents[Type] | null>,
  ): Promise<Changed> {
    const incident = await this.lock(tx, id);
    const [done] = await rows<{ seq: string; type: string; data: IncidentEvents[Type] }>(
      tx,
      'select seq, type, data from event where stream_id = $1 and id = $2',
      [id, requestId],
    );
    if (done && !(done.type === type && isSame(done.data))) throw new RequestIdReused();
    if (done) return { incident, seq: Number(done.seq) };

    const change = await move(incident);
    if (!change) return { incident, seq: null };
    await tx.save(Incident, incident);
    return { incident, seq: (await this.append(tx, incident, type, by, requestId, change)).seq };
  }

  private append<Type extends keyof IncidentEvents>(
    tx: Tx,
    incident: Incident,
    type: Type,
    by: Actor,
    id: string,
    data: IncidentEvents[Type],
  ): Promise<LoggedEvent> {
    const event: NewEvent<Type, IncidentEvents[Type]> = { id, type, by: by.person, via: by.via, data };
    return this.log.append(tx, incident.id, event);
  }

  private async lead(tx: Tx, incident: Incident): Promise<LeadChanged['from']> {
    if (incident.leadId === null) return null;
    const [lead] = await rows<{ id: string; name: string }>(tx, 'select id, name from person where id = $1', [incident.leadId]);
    return lead ?? null;
  }

  private async nextNumber(tx: Tx, kind: Incident['kind']): Promise<number> {
    const counter = kind === 'drill' ? 'drills' : 'incidents';
    const [row] = await rows<{ number: number }>(tx, `update organisation set ${counter} = ${counter} + 1 returning ${counter} as number`);
    if (!row) throw new Error('The organisation row is missing: the database was not migrated.');
    return row.number;
  }
}

async function isGuest(tx: Tx, { person }: Actor): Promise<boolean> {
  const [guest] = await rows(tx, `select 1 from person where id = $1 and role = 'guest'`, [person.id]);
  return guest !== undefined;
}

async function pretendChat(tx: Tx, surface: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(tx, 'select id from chat_instance where id = $1 and pretend', [surface]);
  return found?.id ?? null;
}
