import { limits } from '#libs/war-room-protocol/vocabulary';
import { TooLong } from '#src/incidents/incidents.errors';
import type { Incidents, Request } from '#src/incidents/incidents.service';
import type { Severity } from '#src/incidents/incidents.types';
import { serverTime } from '#src/platform/database/server-time';
import type { Tx } from '#src/platform/database/database';
import { doneBefore } from '#src/platform/log/done-before';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { mustBeMinutes } from './must-be-minutes.ts';
import { UpdateEmpty } from './updates.errors.ts';
import type { UpdateShared } from './updates.events.ts';

const MINUTE = 60_000;

export interface ToShare {
  readonly text?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly status?: string | undefined;
  /** Minutes from now until the next one is promised. */
  readonly nextUpdateIn?: number | undefined;
}

/** Telling where an incident stands. */
export class Updates {
  constructor(
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
  ) {}

  /**
   * Shares an update and makes the changes in it, all or nothing: first the severity, then the status, then the update
   * itself. Whoever tells takes part. The same request again answers the first one's number.
   *
   * @throws UpdateEmpty, TooLong, MinutesNotUsable, IncidentNotFound, NotAllowed, IdUsedBefore, and what changing severity and status throw
   */
  async share(tx: Tx, { id, by, requestId }: Request, given: ToShare): Promise<number> {
    const { severity, status, nextUpdateIn } = given;
    const text = given.text?.trim() || undefined;
    if (!text && !severity && !status && !nextUpdateIn) throw new UpdateEmpty();
    if (text && text.length > limits.updateChars) throw new TooLong('it', limits.updateChars);
    if (nextUpdateIn !== undefined) mustBeMinutes(nextUpdateIn);
    await this.incidents.hold(tx, { id, by }, 'incident.change');
    const done = await doneBefore(tx, id, requestId, 'update.shared', isSame({ ...given, text }));
    if (done !== null) return done;

    if (severity) await this.incidents.changeSeverity(tx, id, severity, by, uuidFor(requestId, 'severity'));
    if (status) await this.incidents.changeStatus(tx, id, status, by, uuidFor(requestId, 'status'));
    const actor = { by: by.person, via: by.via };
    if (await this.incidents.joinAs(tx, id, by))
      await this.log.append(tx, id, {
        id: uuidFor(requestId, 'joined'),
        type: 'participant.joined',
        ...actor,
        data: { person: by.person },
      });
    const data: UpdateShared = {
      ...(text ? { text } : {}),
      ...(severity ? { severity } : {}),
      ...(status ? { status } : {}),
      ...(nextUpdateIn ? { nextUpdateBy: new Date((await serverTime(tx)).getTime() + nextUpdateIn * MINUTE).toISOString() } : {}),
    };
    return (await this.log.append(tx, id, { id: requestId, type: 'update.shared', ...actor, data })).seq;
  }
}

/** What was asked for the first time, as the log shows it. */
function isSame(asked: ToShare): (shared: UpdateShared, at: Date) => boolean {
  return ({ text, severity, status, nextUpdateBy }, at) => {
    const minutes = nextUpdateBy && Math.round((Date.parse(nextUpdateBy) - at.getTime()) / MINUTE);
    return text === asked.text && severity === asked.severity && status === asked.status && minutes === asked.nextUpdateIn;
  };
}
