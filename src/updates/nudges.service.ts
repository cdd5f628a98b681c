import { minutesBetweenUpdates, UPDATE, type Wait, type Waiting } from '#libs/war-room-protocol/waiting';
import type { Incidents, Request } from '#src/incidents/incidents.service';
import { serverTime } from '#src/platform/database/server-time';
import { type Tx, rows } from '#src/platform/database/database';
import { doneBefore } from '#src/platform/log/done-before';
import { type ActorFact, MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { decide, nextAsk } from './decide.ts';
import { mustBeMinutes } from './must-be-minutes.ts';
import type { NudgeGiven, NudgeSkipped, NudgeSnoozed } from './updates.events.ts';
import { heldWaiting } from './updates.queries.ts';

const SNOOZE_MINUTES = 10;
const MINUTE_MS = 60_000;

/** What was answered, and when it is asked for again; null when nothing was changed, because nothing waits for an answer. */
export interface Answered {
  readonly seq: number | null;
  readonly until: Date | null;
}

/** Asking for what a room waits for, and being answered. Each nudge and each answer leaves an event. */
export class Nudges {
  constructor(
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
  ) {}

  /** Gives what is due at `now`. Of two who do so at once, one does. The numbers of the events. */
  async give(tx: Tx, incidentId: string, now: Date): Promise<number[]> {
    const given: number[] = [];
    for (const { about, dueAt, since } of decide(await heldWaiting(tx, incidentId), now.getTime())) {
      const data: NudgeGiven = {
        about,
        dueAt: new Date(dueAt).toISOString(),
        since,
        ...(about === UPDATE ? await lead(tx, incidentId) : {}),
      };
      const id = uuidFor('nudge', incidentId, about, String(since), data.dueAt);
      const [before] = await rows(tx, 'select 1 from event where stream_id = $1 and id = $2', [incidentId, id]);
      if (!before) given.push((await this.log.append(tx, incidentId, { id, type: 'nudge.given', by: null, via: MUSTER, data })).seq);
    }
    return given;
  }

  /**
   * Puts off what is asked for, by ten minutes where it is not said how long: the nudge that is named, else the newest that
   * waits, else the next update. One that was answered already, and what is due later anyway, stay as they are.
   *
   * @throws MinutesNotUsable, IncidentNotFound, NotAllowed, IdUsedBefore
   */
  async snooze(tx: Tx, request: Request, nudgeId?: string, minutes = SNOOZE_MINUTES, now?: Date): Promise<Answered> {
    mustBeMinutes(minutes);
    const found = await this.find<NudgeSnoozed>(tx, request, 'nudge.snoozed', nudgeId);
    if (typeof found === 'number') return { seq: found, until: null };
    if (!found) return { seq: null, until: null };
    const until = new Date((now ?? (await serverTime(tx))).getTime() + minutes * MINUTE_MS);
    const isLaterAnyway = found.wait.nudge === null && nextAsk(found.wait, found.waiting.severity) >= until.getTime();
    if (isLaterAnyway) return { seq: null, until: new Date(nextAsk(found.wait, found.waiting.severity)) };
    return this.answer(tx, request, 'nudge.snoozed', found.wait, until);
  }

  /**
   * Lets it pass this time: an update is asked for again after its usual time, a role when its next nudge comes.
   *
   * @throws IncidentNotFound, NotAllowed, IdUsedBefore
   */
  async skip(tx: Tx, request: Request, nudgeId?: string, now?: Date): Promise<Answered> {
    const found = await this.find<NudgeSkipped>(tx, request, 'nudge.skipped', nudgeId);
    if (typeof found === 'number') return { seq: found, until: null };
    if (!found) return { seq: null, until: null };
    const { wait, waiting } = found;
    if (wait.about !== UPDATE) return this.answer(tx, request, 'nudge.skipped', wait, null);
    const from = wait.nudge === null ? nextAsk(wait, waiting.severity) : (now ?? (await serverTime(tx))).getTime();
    return this.answer(tx, request, 'nudge.skipped', wait, new Date(from + minutesBetweenUpdates(waiting.severity) * MINUTE_MS));
  }

  /** What is answered; the number of the same request's event, where it was made before; null where nothing is asked for. */
  private async find<Data extends { readonly nudgeId?: string }>(
    tx: Tx,
    { id, by, requestId }: Request,
    type: 'nudge.snoozed' | 'nudge.skipped',
    nudgeId: string | undefined,
  ): Promise<number | null | { wait: Wait; waiting: Waiting }> {
    await this.incidents.hold(tx, { id, by }, 'incident.change');
    const done = await doneBefore<Data>(tx, id, requestId, type, (was) => nudgeId === undefined || was.nudgeId === nudgeId);
    if (done !== null) return done;
    const waiting = await heldWaiting(tx, id);
    const asked = waiting.waits.filter(({ nudge }) => nudge !== null).sort((a, b) => (b.askedFor ?? '').localeCompare(a.askedFor ?? ''));
    const wait = nudgeId ? asked.find(({ nudge }) => nudge === nudgeId) : (asked[0] ?? waiting.waits.find(({ about }) => about === UPDATE));
    return wait ? { wait, waiting } : null;
  }

  private async answer(
    tx: Tx,
    { id, by, requestId }: Request,
    type: 'nudge.snoozed' | 'nudge.skipped',
    { about, nudge }: Wait,
    until: Date | null,
  ): Promise<Answered> {
    const data: NudgeSkipped = { about, ...(nudge ? { nudgeId: nudge } : {}), ...(until ? { until: until.toISOString() } : {}) };
    return { seq: (await this.log.append(tx, id, { id: requestId, type, by: by.person, via: by.via, data })).seq, until };
  }
}

async function lead(tx: Tx, incidentId: string): Promise<{ to?: ActorFact }> {
  const [to] = await rows<ActorFact>(
    tx,
    'select p.own_id as id, p.name from incident i join one_person p on p.own_id = i.lead_id where i.id = $1',
    [incidentId],
  );
  return to ? { to } : {};
}
