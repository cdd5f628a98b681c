import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { type Tx, rows } from '#src/platform/database/database';
import { serverTime } from '#src/platform/database/server-time';
import type { LoggedEvent, NewEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { areOne } from '#src/people/one-person.queries';
import { type Action, may, mayAsLead, notAllowed } from '#src/people/permissions.types';
import type { Actor } from '#src/people/people.types';
import { Incident } from './incident.entity.ts';
import { IncidentNotFound, RequestIdReused } from './incidents.errors.ts';
import type { IncidentEvents } from './incidents.events.ts';
import type { IncidentId } from './incidents.types.ts';
import { mustStillSee, viewerOf } from './visibility.queries.ts';

/** What a change did: the incident as it is now, and the room's number of the event; null when nothing changed. */
export interface Changed {
  readonly incident: Incident;
  readonly seq: number | null;
}

/** Which incident is to change, who asks, and the id that makes asking twice safe. */
export interface Request {
  readonly id: IncidentId;
  readonly by: Actor;
  readonly requestId: string;
}

export interface Change<Type extends keyof IncidentEvents> {
  readonly type: Type;
  readonly may: Action | ((incident: Incident) => Action | Promise<Action>);
  /** Whether what was done under this id is what is asked for now. */
  isSame(done: IncidentEvents[Type]): boolean;
  /** Changes the incident and answers what to record; null when there is nothing to change. */
  move(incident: Incident): Promise<IncidentEvents[Type] | null> | IncidentEvents[Type] | null;
}

/**
 * How anything about an incident changes: under its row lock, once for each request, with the event in the same
 * transaction.
 */
export class IncidentChanges {
  constructor(private readonly log: StreamLog) {}

  /** @throws IncidentNotFound, NotAllowed, RequestIdReused */
  async make<Type extends keyof IncidentEvents>(
    tx: Tx,
    { id, by, requestId }: Request,
    { type, may: action, isSame, move }: Change<Type>,
  ): Promise<Changed> {
    const incident = await this.lock(tx, id);
    const [done] = await rows<{ seq: string; type: string; data: IncidentEvents[Type] }>(
      tx,
      'select seq, type, data from event where stream_id = $1 and id = $2',
      [id, requestId],
    );
    if (done && !(done.type === type && isSame(done.data))) throw new RequestIdReused();
    if (done) return { incident, seq: Number(done.seq) };

    await this.mustBeAllowed(tx, incident, by, typeof action === 'function' ? await action(incident) : action);
    const wasOpen = isOpenCategory(incident.category);
    const change = await move(incident);
    if (!change) return { incident, seq: null };
    if (wasOpen && !isOpenCategory(incident.category)) incident.endedAt = await serverTime(tx);
    await tx.save(Incident, incident);
    return { incident, seq: (await this.append(tx, id, type, by, requestId, change)).seq };
  }

  append<Type extends keyof IncidentEvents>(
    tx: Tx,
    id: IncidentId,
    type: Type,
    by: Actor,
    eventId: string,
    data: IncidentEvents[Type],
  ): Promise<LoggedEvent> {
    const event: NewEvent<Type, IncidentEvents[Type]> = { id: eventId, type, by: by.person, via: by.via, data };
    return this.log.append(tx, id, event);
  }

  /** Two people changing it at once must queue, or the second would overwrite the first unseen. @throws IncidentNotFound */
  async lock(tx: Tx, id: IncidentId): Promise<Incident> {
    const incident = await tx.findOne(Incident, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!incident) throw new IncidentNotFound(id);
    return incident;
  }

  /**
   * Whoever leads an incident may do in it what a responder may; in practice everybody may. Asked again whether they see
   * it, but for those who let themselves in.
   *
   * @throws IncidentNotFound, NotAllowed
   */
  async mustBeAllowed(tx: Tx, incident: Incident, by: Actor, action: Action): Promise<void> {
    if (action !== 'incident.let-in') await mustStillSee(tx, incident.id, by);
    const { role } = await viewerOf(tx, by.person.id);
    const isTheirs = incident.practiceInstance !== null || (await areOne(tx, incident.leadId, by.person.id));
    if (!(isTheirs ? mayAsLead(role, action) : may(role, action))) throw notAllowed(role, action);
  }
}
