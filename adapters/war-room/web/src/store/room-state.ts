import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { NamedFile } from '#libs/war-room-protocol/files';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { LEAD, roleChangeOf, type RoleChange } from '#libs/war-room-protocol/roles';
import type { IncidentView, Participant, RoleView, RoomSnapshot } from '#libs/war-room-protocol/views';
import { type CategoryName, isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { NOT_DECLARED, type Waiting, waitingAfter } from '#libs/war-room-protocol/waiting';
import { inDisplayOrder } from './display-order.ts';
import type { Outgoing } from './outgoing.ts';

export interface Rewrite {
  readonly text: string;
  readonly html: string;
  /** All that it has now, where they changed. */
  readonly files?: readonly NamedFile[] | undefined;
}

/** What the server answered to the sender alone, kept at the place in the flow where it was said. */
export interface Notice {
  readonly id: string;
  readonly text: string;
  readonly after: number;
  readonly displayAt: string;
}

/** Everything that is known of one room. Built from the snapshot, the events in order, and what this person does. */
export interface RoomState {
  readonly incident: IncidentView;
  readonly people: readonly Participant[];
  /** The last update, and what is waited for. */
  readonly waiting: Waiting;
  readonly roles: readonly RoleView[];
  /** How far this person had read on any device when the room was opened. */
  readonly read: { readonly seq: number; readonly at: string } | null;
  /** Up to where they have said that they read of roles which others gave them. */
  readonly rolesRead: number;
  readonly mirrors: readonly MirrorView[];
  /** What is switched off for now and missed here, in sentences. */
  readonly givenUp: readonly string[];
  /** `seq` when the mirrors were last told: they say nothing about messages after it. */
  readonly mirrorsAt: number;
  /** The last event applied. */
  readonly seq: number;
  /** In display order: when it happened, then `seq`. */
  readonly events: readonly RoomEvent[];
  readonly known: ReadonlySet<string>;
  /** Came before something that is still missing. A room with any of these has to fetch. */
  readonly ahead: readonly RoomEvent[];
  /** By message id, the newest words; null when taken away. May be known before the message itself. */
  readonly rewritten: ReadonlyMap<string, Rewrite | null>;
  readonly outgoing: readonly Outgoing[];
  readonly notices: readonly Notice[];
}

export type RoomAction =
  | { readonly type: 'events'; readonly events: readonly RoomEvent[] }
  | { readonly type: 'mirrors'; readonly mirrors: readonly MirrorView[] }
  | { readonly type: 'given-up'; readonly lines: readonly string[] }
  /** What each role is now, without who has it: events tell that. */
  | { readonly type: 'roles'; readonly roles: readonly RoleView[] }
  /** Nothing was told of the mirrors for a while after this number: they are as they were told last. */
  | { readonly type: 'mirrors-quiet'; readonly upTo: number }
  | { readonly type: 'roles-read'; readonly upTo: number }
  | { readonly type: 'outgoing'; readonly outgoing: readonly Outgoing[] }
  | { readonly type: 'said'; readonly id: string; readonly text: string; readonly now: string }
  | { readonly type: 'notice-dismissed'; readonly id: string };

export function roomFrom(snapshot: RoomSnapshot): RoomState {
  return {
    incident: snapshot.incident,
    people: snapshot.people,
    waiting: snapshot.waiting ?? NOT_DECLARED,
    roles: snapshot.roles,
    read: snapshot.read ?? null,
    rolesRead: snapshot.read?.roles ?? 0,
    mirrors: snapshot.mirrors,
    givenUp: snapshot.givenUp ?? [],
    mirrorsAt: snapshot.incident.seq,
    seq: 0,
    events: [],
    known: new Set(),
    ahead: [],
    rewritten: new Map(),
    outgoing: [],
    notices: [],
  };
}

/** The room as it is read now, with what this page alone knows of it as it was. */
export function readAnew(
  room: RoomState,
  { read, rolesRead, mirrors, givenUp, mirrorsAt, outgoing, notices, events, ahead }: RoomState,
): RoomState {
  const kept = { ...room, read, rolesRead, mirrors, givenUp, mirrorsAt, outgoing, notices };
  return reduceRoom(kept, { type: 'events', events: [...events, ...ahead] });
}

/** Pure. The same actions in the same order give the same room, whatever the network did in between. */
export function reduceRoom(state: RoomState, action: RoomAction): RoomState {
  switch (action.type) {
    case 'events':
      return withoutArrived(applyEvents(state, action.events));
    case 'mirrors':
      return { ...state, mirrors: action.mirrors, mirrorsAt: state.seq };
    case 'given-up':
      return { ...state, givenUp: action.lines };
    case 'roles':
      return { ...state, roles: known(state.roles, action.roles) };
    case 'roles-read':
      return { ...state, rolesRead: Math.max(state.rolesRead, action.upTo) };
    case 'mirrors-quiet':
      return { ...state, mirrorsAt: Math.max(state.mirrorsAt, action.upTo) };
    case 'outgoing':
      return withoutArrived({ ...state, outgoing: action.outgoing });
    case 'said': {
      const displayAt = state.events.at(-1)?.displayAt ?? action.now;
      const notice = { id: action.id, text: action.text, after: state.seq, displayAt };
      return { ...state, notices: [...state.notices.filter((other) => other.id !== action.id), notice] };
    }
    case 'notice-dismissed':
      return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
  }
}

/** True when something is missing between what was applied and what has come. The answer is to fetch, never to guess. */
export function hasGap(state: RoomState): boolean {
  return state.ahead.length > 0;
}

function applyEvents(state: RoomState, incoming: readonly RoomEvent[]): RoomState {
  const pending = [...state.ahead, ...incoming].filter((event) => event.seq > state.seq).sort((a, b) => a.seq - b.seq);
  const next: RoomEvent[] = [];
  const ahead: RoomEvent[] = [];
  let seq = state.seq;
  for (const event of pending) {
    if (event.seq === seq + 1) {
      next.push(event);
      seq = event.seq;
    } else if (event.seq > seq && ahead.at(-1)?.seq !== event.seq) ahead.push(event);
  }
  if (next.length === 0) return { ...state, ahead };

  const rewritten = new Map(state.rewritten);
  let { incident, people, roles, waiting } = state;
  for (const event of next) {
    rewrite(rewritten, event);
    if (event.seq > incident.seq) {
      const role = roleChangeOf(event);
      if (role !== null) {
        roles = given(roles, role);
        if (role.to !== null) people = joined(people, { ...role.to, observer: false });
      }
      people = takingPart(people, event);
      incident = { ...changed(incident, event), seq: event.seq };
      waiting = waitingAfter(waiting, event);
    }
  }
  return {
    ...state,
    seq,
    ahead,
    rewritten,
    incident,
    people,
    waiting,
    roles,
    events: inDisplayOrder(state.events, next),
    known: new Set([...state.known, ...next.map((event) => event.id)]),
  };
}

/** The facts that the header shows. */
function changed(incident: IncidentView, event: RoomEvent): IncidentView {
  switch (event.type) {
    case 'incident.severity-changed':
      return { ...incident, severity: event.data.to };
    case 'incident.status-changed':
    case 'incident.accepted':
      return movedTo(incident, event, event.data);
    case 'incident.declined':
      return { ...movedTo(incident, event, event.data), declined: event.data.reason };
    case 'incident.merged':
      return { ...movedTo(incident, event, event.data), mergedInto: event.data.into.reference };
    case 'incident.renamed':
      return { ...incident, title: event.data.to };
    case 'incident.summary-changed':
      return { ...incident, summary: event.data.to };
    case 'incident.kind-changed':
      return { ...incident, kind: event.data.to };
    case 'incident.role-changed':
      return event.data.role === LEAD ? { ...incident, lead: event.data.to } : incident;
    case 'incident.lead-changed':
      return { ...incident, lead: event.data.to };
    case 'incident.resolved':
      return {
        ...incident,
        status: event.data.to ?? 'resolved',
        category: 'post_incident',
        endedAt: event.displayAt,
        learned: event.data.learned,
      };
    case 'incident.privacy-changed':
      return { ...incident, isPrivate: event.data.private };
    default:
      return incident;
  }
}

/** What goes on again has no end any more: the log keeps what was thought to be one. */
function movedTo(
  incident: IncidentView,
  { displayAt }: RoomEvent,
  { to, category = 'active' }: { readonly to: string; readonly category?: CategoryName | undefined },
): IncidentView {
  const end = isOpenCategory(category)
    ? { endedAt: null, learned: null, declined: null, mergedInto: null }
    : { endedAt: incident.endedAt ?? displayAt };
  return { ...incident, ...end, status: to, category };
}

/** Once taken away, a message stays away: also when the message itself, or an edit of it, comes later. */
function rewrite(rewritten: Map<string, Rewrite | null>, event: RoomEvent): void {
  if (event.type === 'message.deleted') rewritten.set(event.data.messageId, null);
  else if (event.type === 'message.edited' && rewritten.get(event.data.messageId) !== null) {
    const { messageId, files = rewritten.get(messageId)?.files } = event.data;
    rewritten.set(messageId, { ...event.data, files });
  }
}

/** What it asks of whoever has it is not in the event: of one that is new since the page was opened, the page asks for it. */
function given(roles: readonly RoleView[], { role, name, to }: RoleChange): readonly RoleView[] {
  if (roles.some(({ key }) => key === role)) return roles.map((one) => (one.key === role ? { ...one, holder: to } : one));
  return [...roles, { key: role, name, instructions: '', retired: false, holder: to }];
}

/** Whoever has one keeps it, also if it is not told of any more. */
function known(before: readonly RoleView[], told: readonly RoleView[]): readonly RoleView[] {
  const holder = (key: string): RoleView['holder'] => before.find((role) => role.key === key)?.holder ?? null;
  const left = before.filter((role) => role.holder !== null && told.every(({ key }) => key !== role.key));
  return [...told.map((role) => ({ ...role, holder: holder(role.key) })), ...left];
}

function takingPart(people: readonly Participant[], event: RoomEvent): readonly Participant[] {
  switch (event.type) {
    case 'participant.joined':
      return joined(people, { ...event.data.person, observer: event.data.observer ?? false });
    case 'participant.let-in':
      return joined(people, { ...event.data.person, observer: false });
    case 'participant.team-added':
      return event.data.people.reduce((all, one) => joined(all, { ...one, observer: event.data.observer ?? false }), people);
    case 'participant.left':
      return people.filter(({ id }) => id !== event.data.person.id);
    default:
      return people;
  }
}

function joined(people: readonly Participant[], person: Participant): readonly Participant[] {
  if (people.some(({ id }) => id === person.id)) return people.map((other) => (other.id === person.id ? person : other));
  return [...people, person];
}

/** What was written here is shown until the room itself shows it: by its id, or by the number the server answered. */
function withoutArrived(state: RoomState): RoomState {
  const outgoing = state.outgoing.filter((entry) => {
    if (state.known.has(entry.command.id)) return false;
    return entry.state !== 'sent' || (entry.seq !== null && entry.seq > state.seq);
  });
  return outgoing.length === state.outgoing.length ? state : { ...state, outgoing };
}
