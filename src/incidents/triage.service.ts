import { limits } from '#libs/war-room-protocol/vocabulary';
import { type Tx, rows } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Changed, IncidentChanges, Request } from './incident-changes.ts';
import { MergeRefused, ReasonMissing, TooLong } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';
import type { Statuses } from './statuses.service.ts';

/** What becomes of what was declared: it is an incident, it is none, or it is another one. */
export class Triage {
  constructor(
    private readonly changes: IncidentChanges,
    private readonly statuses: Statuses,
  ) {}

  /** Takes it out of triage, or back after it was declined. @throws IncidentNotFound, NotAllowed, TransitionRefused */
  accept(tx: Tx, request: Request): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'incident.accepted',
      may: 'incident.triage',
      isSame: () => true,
      move: async (incident) => incident.accept(await this.statuses.table(tx)),
    });
  }

  /** It is no incident; says why. @throws IncidentNotFound, NotAllowed, ReasonMissing, TooLong, TransitionRefused */
  decline(tx: Tx, request: Request, reason: string): Promise<Changed> {
    const why = reason.trim();
    if (why === '') throw new ReasonMissing();
    if (why.length > limits.reasonChars) throw new TooLong('why', limits.reasonChars);
    return this.changes.make(tx, request, {
      type: 'incident.declined',
      may: 'incident.triage',
      isSame: (done) => done.reason === why,
      move: async (incident) => incident.decline(why, await this.statuses.table(tx)),
    });
  }

  /**
   * It is the same as another one, where people go on. Both rooms say so, and the merged one's log stays readable. Two
   * that are not shown to the same people are not merged: each would tell of the other.
   *
   * @throws IncidentNotFound, NotAllowed, MergeRefused, TransitionRefused
   */
  async merge(tx: Tx, request: Request, into: IncidentId): Promise<Changed> {
    // In one order, whichever is merged into which: two people may do both at once.
    for (const id of [request.id, into].sort()) await this.changes.lock(tx, id);
    const other = await this.changes.lock(tx, into);
    return this.changes.make(tx, request, {
      type: 'incident.merged',
      may: 'incident.triage',
      isSame: (done) => done.into.id === into,
      move: async (incident) => {
        const change = incident.mergeInto(other, await this.statuses.table(tx));
        if (!change) return null;
        if (incident.private && !(await this.haveTheSamePeople(tx, request.id, into)))
          throw new MergeRefused('Not the same people take part in both. Bring them together first.');
        const id = uuidFor(request.requestId, 'merged-in');
        await this.changes.append(tx, into, 'incident.merged-in', request.by, id, {
          incident: { id: incident.id, reference: incident.reference },
        });
        return change;
      },
    });
  }

  private async haveTheSamePeople(tx: Tx, id: IncidentId, into: IncidentId): Promise<boolean> {
    const inOne = await rows(
      tx,
      `select 1 from participant t join one_person p on p.own_id = t.person_id where t.incident_id in ($1, $2)
        group by p.may_as having count(distinct t.incident_id) = 1 limit 1`,
      [id, into],
    );
    return inOne.length === 0;
  }
}
