import * as z from 'zod/mini';
import type { RoomEvent } from './events.ts';
import { LEAD } from './roles.ts';
import { type CategoryName, kindName, person, severities, severityName, type SeverityName, statusName } from './vocabulary.ts';

/** The next update, or somebody for a role: what a room waits for. */
const wait = z.object({
  /** `update`, or the role's key. */
  about: z.string(),
  /** The number of the event that it counts from, and when that was. */
  seq: z.number(),
  since: z.string(),
  /** When the next update was promised. */
  promised: z.nullable(z.string()),
  /** What the newest nudge was due at. */
  askedFor: z.nullable(z.string()),
  /** The nudge that nobody has answered. */
  nudge: z.nullable(z.string()),
  /** When somebody wants to be asked again. */
  until: z.nullable(z.string()),
  /** When somebody last put it off or let it pass. */
  answered: z.nullable(z.string()),
});
export type Wait = z.infer<typeof wait>;

const lastUpdate = z.object({
  id: z.string(),
  at: z.string(),
  by: z.nullable(person),
  text: z.optional(z.string()),
  severity: z.optional(severityName),
  status: z.optional(statusName),
});

/** The last update of an incident, and what it waits for: all that nudges are decided by. */
export const waiting = z.object({
  kind: kindName,
  severity: severityName,
  isActive: z.boolean(),
  /** Roles that somebody has. */
  filled: z.array(z.string()),
  last: z.nullable(lastUpdate),
  waits: z.array(wait),
});
export type Waiting = z.infer<typeof waiting>;

export const UPDATE = 'update';
/** The roles that are asked for while nobody has them. */
export const NUDGED_ROLES: readonly string[] = [LEAD];
/** A drill is practice, a test nobody's, and the others are over. */
const NUDGED_KINDS: readonly Waiting['kind'][] = ['standard', 'planned'];
export const isNudged = (kind: Waiting['kind']): boolean => NUDGED_KINDS.includes(kind);
const MINUTE = 60_000;

/** How long after an update the next one is asked for, where none was promised. */
export const minutesBetweenUpdates = (severity: SeverityName): number =>
  severities.find(({ name }) => name === severity)?.isMajor ? 20 : 30;

/** When the next update is due as people expect it: where it is past, it is overdue. Null when none is waited for. */
export function nextUpdateDue({ waits, severity }: Waiting): string | null {
  const waited = waits.find(({ about }) => about === UPDATE);
  return waited ? (waited.until ?? firstUpdateDue(waited, severity)) : null;
}

export const firstUpdateDue = ({ promised, since }: Wait, severity: SeverityName): string =>
  promised ?? new Date(Date.parse(since) + minutesBetweenUpdates(severity) * MINUTE).toISOString();

export const NOT_DECLARED: Waiting = { kind: 'standard', severity: 'SEV3', isActive: false, filled: [], last: null, waits: [] };

/**
 * The events that `waitingAfter` goes by: the log is read for these, and after any other all is as it was. That each has a case
 * is checked by types, that each makes a difference by a test. What is left out of both, nothing finds: an event that changes
 * anything in `Waiting` belongs here.
 */
export const WAITED_BY = [
  'incident.declared',
  'incident.kind-changed',
  'incident.severity-changed',
  'incident.status-changed',
  'incident.accepted',
  'incident.declined',
  'incident.merged',
  'incident.resolved',
  'incident.role-changed',
  'incident.lead-changed',
  'update.shared',
  'nudge.given',
  'nudge.snoozed',
  'nudge.skipped',
] as const satisfies readonly RoomEvent['type'][];

type WaitedBy = Extract<RoomEvent, { type: (typeof WAITED_BY)[number] }>;

const isWaitedBy = (event: RoomEvent): event is WaitedBy => (WAITED_BY as readonly string[]).includes(event.type);

/** Pure: what is waited for follows from a room's log, event by event, here and in every browser. */
export const waitingAfter = (state: Waiting, event: RoomEvent): Waiting => (isWaitedBy(event) ? changedBy(state, event) : state);

/** Without a default: a kind with no case, and a case with no kind, is an error of types. */
function changedBy(state: Waiting, event: WaitedBy): Waiting {
  switch (event.type) {
    case 'incident.declared': {
      const { kind, severity, category } = event.data;
      return moved({ ...state, kind, severity }, event, category);
    }
    case 'incident.kind-changed':
      return turnedInto(state, event, event.data.to);
    case 'incident.severity-changed':
      return { ...state, severity: event.data.to };
    case 'incident.status-changed':
    case 'incident.accepted':
    case 'incident.declined':
    case 'incident.merged':
      return moved(state, event, event.data.category);
    case 'incident.resolved':
      return moved(state, event, 'post_incident');
    case 'incident.role-changed':
      return roleGiven(state, event, event.data.role, event.data.to !== null);
    case 'incident.lead-changed':
      return roleGiven(state, event, LEAD, event.data.to !== null);
    case 'update.shared': {
      const { id, at, by, data } = event;
      const { nextUpdateBy = null, html: _html, ...said } = data;
      const next = { ...begun(UPDATE, event), promised: nextUpdateBy };
      return { ...state, last: { id, at, by, ...said }, waits: state.waits.map((one) => (one.about === UPDATE ? next : one)) };
    }
    case 'nudge.given': {
      const { about, dueAt, since } = event.data;
      return changed(state, about, (one) => (one.seq === since ? { ...one, askedFor: dueAt, nudge: event.id, until: null } : one));
    }
    case 'nudge.snoozed':
    case 'nudge.skipped': {
      const { about, until = null } = event.data;
      return changed(state, about, (one) => ({ ...one, nudge: null, until, answered: event.at }));
    }
  }
}

/** It begins to wait where it becomes active, and for nothing where it is over. */
function moved(state: Waiting, event: RoomEvent, category: CategoryName = 'active'): Waiting {
  const isActive = category === 'active';
  return isActive === state.isActive ? state : begunAnew({ ...state, isActive }, event);
}

/** The same where it turns out to be of a kind that is asked about, or of one that is not. */
function turnedInto(state: Waiting, event: RoomEvent, kind: Waiting['kind']): Waiting {
  const turned = { ...state, kind };
  return isNudged(kind) === isNudged(state.kind) ? turned : begunAnew(turned, event);
}

function begunAnew(state: Waiting, event: RoomEvent): Waiting {
  const missing = isAskedAbout(state) ? [UPDATE, ...NUDGED_ROLES.filter((role) => !state.filled.includes(role))] : [];
  return { ...state, waits: missing.map((about) => begun(about, event)) };
}

function roleGiven(state: Waiting, event: RoomEvent, role: string, isFilled: boolean): Waiting {
  const filled = state.filled.filter((other) => other !== role);
  const waits = state.waits.filter(({ about }) => about !== role);
  if (isFilled) return { ...state, filled: [...filled, role], waits };
  const isMissed = isAskedAbout(state) && NUDGED_ROLES.includes(role);
  return { ...state, filled, waits: isMissed ? [...waits, begun(role, event)] : waits };
}

const isAskedAbout = ({ isActive, kind }: Waiting): boolean => isActive && isNudged(kind);

const begun = (about: string, { seq, at }: RoomEvent): Wait => ({
  ...{ about, seq, since: at, promised: null, askedFor: null, nudge: null, until: null, answered: null },
});

const changed = (state: Waiting, about: string, change: (one: Wait) => Wait): Waiting => ({
  ...state,
  waits: state.waits.map((one) => (one.about === about ? change(one) : one)),
});
