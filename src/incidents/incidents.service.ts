import { isOpenCategory, limits } from '#libs/war-room-protocol/vocabulary';
import { type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs } from '#src/people/one-person.queries';
import type { Actor } from '#src/people/people.types';
import type { Action } from '#src/people/permissions.types';
import { Incident, sentenceOf } from './incident.entity.ts';
import type { Changed, IncidentChanges, Request } from './incident-changes.ts';
import { IncidentNotFound, TooLong } from './incidents.errors.ts';
import type { Category, IncidentId, Kind, Severity } from './incidents.types.ts';
import type { Statuses } from './statuses.service.ts';
import { actAfterWatching, stopWatchingFromRoom, watchFromRoom } from './room-watchers.ts';
import { isChat, isSentOut } from './visibility.queries.ts';

export type { Changed, Request } from './incident-changes.ts';

/**
 * What can be done with an incident. Each method is one transaction: the state, its event and nothing outside; chats,
 * mail and screens follow from the event.
 *
 * `requestId` becomes the event's id, so a request that arrives twice finds the first one's event and changes nothing;
 * another request under a used id is RequestIdReused.
 */
export class Incidents {
  constructor(
    private readonly changes: IncidentChanges,
    private readonly statuses: Statuses,
  ) {}

  /**
   * Anyone may; who, from where and why is recorded. Setting the severity it already has changes nothing.
   *
   * @throws IncidentNotFound, TooLong
   */
  changeSeverity(tx: Tx, id: IncidentId, to: Severity, by: Actor, requestId: string, reason = ''): Promise<Changed> {
    const why = reason.trim();
    if (why.length > limits.reasonChars) throw new TooLong('why', limits.reasonChars);
    return this.changes.make(
      tx,
      { id, by, requestId },
      {
        type: 'incident.severity-changed',
        may: 'incident.change',
        isSame: (done) => done.to === to,
        move: (incident) => {
          const change = incident.changeSeverity(to);
          return change && { ...change, ...(why ? { reason: why } : {}) };
        },
      },
    );
  }

  /** @throws IncidentNotFound, NotAllowed, UnknownStatus, TransitionRefused, SentenceMissing */
  changeStatus(tx: Tx, id: IncidentId, to: string, by: Actor, requestId: string): Promise<Changed> {
    return this.changes.make(
      tx,
      { id, by, requestId },
      {
        type: 'incident.status-changed',
        may: goingOn,
        isSame: (done) => done.to === to,
        move: async (incident) => incident.changeStatus(to, await this.statuses.table(tx)),
      },
    );
  }

  /** Whether this change of its status opened it again. Read from the log, so that asking twice answers the same. */
  async opened(tx: Tx, { incident, seq }: Changed): Promise<boolean> {
    const [change] = await rows<{ was: Category; is: Category }>(
      tx,
      `select s.category as was, e.data ->> 'category' as is from event e join status s on s.name = e.data ->> 'from'
        where e.stream_id = $1 and e.seq = $2`,
      [incident.id, seq],
    );
    return change !== undefined && isOpenCategory(change.is) && !isOpenCategory(change.was);
  }

  /**
   * Ends it, and asks for one sentence: what will not happen again? The sentence is kept and said in the room.
   *
   * @throws IncidentNotFound, SentenceMissing, IncidentResolved
   */
  resolve(tx: Tx, id: IncidentId, learned: string, by: Actor, requestId: string): Promise<Changed> {
    return this.changes.make(
      tx,
      { id, by, requestId },
      {
        type: 'incident.resolved',
        may: 'incident.change',
        isSame: (done) => done.learned === sentenceOf(learned),
        move: async (incident) => incident.resolve(learned, await this.statuses.table(tx)),
      },
    );
  }

  /** Goes on with what was thought to be over. @throws IncidentNotFound, NotAllowed, TransitionRefused */
  reopen(tx: Tx, request: Request): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'incident.status-changed',
      may: goingOn,
      isSame: (done) => done.category === 'active',
      move: async (incident) => incident.reopen(await this.statuses.table(tx)),
    });
  }

  /** @throws IncidentNotFound, TitleNotUsable */
  rename(tx: Tx, request: Request, title: string): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'incident.renamed',
      may: 'incident.change',
      isSame: (done) => done.to === title.trim(),
      move: (incident) => incident.rename(title),
    });
  }

  /** It turned out to be something else. @throws IncidentNotFound, KindRefused */
  changeKind(tx: Tx, request: Request, to: Kind): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'incident.kind-changed',
      may: 'incident.change',
      isSame: (done) => done.to === to,
      move: (incident) => incident.changeKind(to),
    });
  }

  /** What is known, in a few sentences; an empty one takes it away. @throws IncidentNotFound, TooLong */
  summarise(tx: Tx, request: Request, summary: string): Promise<Changed> {
    if (summary.trim().length > limits.summaryChars) throw new TooLong('it', limits.summaryChars);
    return this.changes.make(tx, request, {
      type: 'incident.summary-changed',
      may: 'incident.change',
      isSame: (done) => (done.to ?? '') === summary.trim(),
      move: (incident) => incident.summarise(summary),
    });
  }

  /**
   * For what another capability records about it: in turn with every change of it, and by somebody who may.
   *
   * @throws IncidentNotFound, NotAllowed
   */
  async hold(tx: Tx, { id, by }: Pick<Request, 'id' | 'by'>, action: Action): Promise<Incident> {
    const incident = await this.changes.lock(tx, id);
    await this.changes.mustBeAllowed(tx, incident, by, action);
    return incident;
  }

  /** The same for what needs no turn. @throws IncidentNotFound, NotAllowed */
  async mustBeAllowed(tx: Tx, { id, by }: Pick<Request, 'id' | 'by'>, action: Action): Promise<void> {
    await this.changes.mustBeAllowed(tx, await this.get(tx, id), by, action);
  }

  /** Adds somebody to those who take part; true when they were not among them, by whichever account. */
  async join(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
    const added = await rows(
      tx,
      `insert into participant (incident_id, person_id) select $1, $2::uuid
        where not exists (select 1 from participant t where t.incident_id = $1 and t.person_id = ${anyOfTheirs('$2')})
       on conflict do nothing returning 1`,
      [id, personId],
    );
    return added.length > 0;
  }

  /**
   * The same for somebody who speaks up by themselves. It may have become private since they were let in at the door, while
   * a file was on its way: then they are not brought in by it. @throws IncidentNotFound
   */
  async joinByThemselves(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
    if (!(await this.join(tx, id, personId))) return false;
    const [shut] = await rows(tx, 'select 1 from incident where id = $1 and private and practice_instance is null', [id]);
    if (shut) throw new IncidentNotFound(id);
    return true;
  }

  /**
   * The same for somebody who speaks in a chat's room, also when they watched from there until now. Whoever was sent out of a
   * private incident stays outside, should they still be in that room.
   */
  async joinInChat(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
    if (await isSentOut(tx, id, personId)) return false;
    return (await this.join(tx, id, personId)) || actAfterWatching(tx, id, personId);
  }

  /** They came into a chat's room: true when they watch from now on. */
  async watchFromRoom(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
    return (await isSentOut(tx, id, personId)) ? false : watchFromRoom(tx, id, personId);
  }

  /** They left it: true when they watched from there, and do so no longer. Whoever acts goes on taking part. */
  stopWatchingFromRoom(tx: Tx, id: IncidentId, personId: string, mirrorId: string): Promise<boolean> {
    return stopWatchingFromRoom(tx, id, personId, mirrorId);
  }

  /** The one or the other, by the way they came. @throws IncidentNotFound */
  joinAs(tx: Tx, id: IncidentId, { person, via }: Actor): Promise<boolean> {
    return isChat(via) ? this.joinInChat(tx, id, person.id) : this.joinByThemselves(tx, id, person.id);
  }

  /** @throws IncidentNotFound */
  async get(tx: Tx, id: IncidentId): Promise<Incident> {
    const incident = await tx.findOneBy(Incident, { id });
    if (!incident) throw new IncidentNotFound(id);
    return incident;
  }
}

/** Out of triage is accepting it, and out of what triage decided is deciding anew, by whichever word. */
const goingOn = ({ category }: Incident): Action =>
  category === 'triage' || category === 'declined' || category === 'merged' ? 'incident.triage' : 'incident.change';
