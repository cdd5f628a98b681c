import { firstUpdateDue, minutesBetweenUpdates, UPDATE, type Wait, type Waiting } from '#libs/war-room-protocol/waiting';

const MINUTE_MS = 60_000;
/** After the role was left empty, and then no more. */
const ROLE_NUDGES_MS = [2, 5, 10].map((minutes) => minutes * MINUTE_MS);
/** Where nobody has answered for a day nobody is there: an incident that was forgotten, or brought here from elsewhere. */
const GIVEN_UP_MS = 24 * 60 * MINUTE_MS;

export interface Due {
  readonly about: string;
  readonly dueAt: number;
  readonly since: number;
}

/**
 * Which nudges are to be given now. Pure: it knows what the log tells and the time that it is given, so a restart in
 * between changes nothing. Of several that came due since the last one only the newest is given.
 */
export function decide({ waits, severity }: Waiting, now: number): Due[] {
  return waits.flatMap((one) => {
    const dueAt = one.about === UPDATE ? updateDue(one, severity, now) : roleDue(one, now);
    return dueAt === null ? [] : [{ about: one.about, dueAt, since: one.seq }];
  });
}

/** When the next update is asked for, where nothing changes until then. */
export function nextAsk(one: Wait, severity: Waiting['severity']): number {
  if (one.until !== null) return Date.parse(one.until);
  if (one.askedFor !== null) return Date.parse(one.askedFor) + minutesBetweenUpdates(severity) * MINUTE_MS;
  return Date.parse(firstUpdateDue(one, severity));
}

function updateDue(one: Wait, severity: Waiting['severity'], now: number): number | null {
  const next = nextAsk(one, severity);
  if (now < next || isGivenUp(one, Date.parse(firstUpdateDue(one, severity)), now)) return null;
  const every = minutesBetweenUpdates(severity) * MINUTE_MS;
  return next + Math.floor((now - next) / every) * every;
}

function roleDue(one: Wait, now: number): number | null {
  const since = Date.parse(one.since);
  if (isGivenUp(one, since, now)) return null;
  if (one.until !== null) return now < Date.parse(one.until) ? null : Date.parse(one.until);
  const asked = one.askedFor === null ? -Infinity : Date.parse(one.askedFor);
  return ROLE_NUDGES_MS.map((after) => since + after).findLast((due) => due > asked && due <= now) ?? null;
}

/** What somebody put off themselves is asked for, however late; a day without an answer begins with the last one. */
function isGivenUp({ until, answered }: Wait, from: number, now: number): boolean {
  const last = answered === null ? from : Math.max(from, Date.parse(answered));
  return until === null && now > last + GIVEN_UP_MS;
}
