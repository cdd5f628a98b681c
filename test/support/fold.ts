import type { FileFact } from '#libs/war-room-protocol/files';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { type CategoryName, isOpenCategory } from '#libs/war-room-protocol/vocabulary';

/** An incident and its room, as its log alone tells. */
export interface Folded {
  readonly title: string;
  readonly summary: string | null;
  readonly kind: string;
  readonly severity: string;
  readonly status: string;
  readonly lead: string | null;
  /** By role. */
  readonly roles: Readonly<Record<string, string>>;
  readonly isEnded: boolean;
  readonly learned: string | null;
  readonly category: string;
  readonly declined: string | null;
  readonly mergedInto: string | null;
  readonly isPrivate: boolean;
  readonly participants: readonly string[];
  readonly observers: readonly string[];
  readonly messages: Readonly<Record<string, FoldedMessage>>;
  readonly files: Readonly<Record<string, FoldedFile>>;
  /** By entry. */
  readonly entries: Readonly<Record<string, { readonly text: string; readonly happenedAt: string }>>;
  readonly hidden: readonly string[];
}

export type FoldedFile = FileFact & { readonly by: string | null; readonly isRemoved: boolean };

export interface FoldedMessage {
  readonly seq: number;
  readonly text: string;
  readonly by: string | null;
  readonly isEdited: boolean;
  readonly isDeleted: boolean;
  readonly replyTo: string | null;
  readonly isPinned: boolean;
  /** "emoji person", sorted. */
  readonly reactions: readonly string[];
}

const NOTHING: Folded = {
  title: '',
  summary: null,
  kind: '',
  severity: '',
  status: '',
  lead: null,
  roles: {},
  isEnded: false,
  learned: null,
  category: '',
  declined: null,
  mergedInto: null,
  isPrivate: false,
  participants: [],
  observers: [],
  messages: {},
  files: {},
  entries: {},
  hidden: [],
};

/** The state that follows from a log. Whoever declares and whoever is given a role takes part, as does whoever speaks. */
export const fold = (events: readonly RoomEvent[]): Folded => events.reduce(step, NOTHING);

function step(state: Folded, event: RoomEvent): Folded {
  switch (event.type) {
    case 'incident.declared': {
      const { title, summary = null, kind, severity, status, category = 'active', private: isPrivate = false } = event.data;
      return takingPart({ ...state, title, summary, kind, severity, status, category, isPrivate }, event.by?.id);
    }
    case 'incident.severity-changed':
      return { ...state, severity: event.data.to };
    case 'incident.status-changed':
      return moved(state, event.data.to, event.data.category);
    case 'incident.renamed':
      return { ...state, title: event.data.to };
    case 'incident.summary-changed':
      return { ...state, summary: event.data.to };
    case 'incident.kind-changed':
      return { ...state, kind: event.data.to };
    case 'incident.accepted':
      return moved(state, event.data.to, event.data.category);
    case 'incident.declined':
      return { ...moved(state, event.data.to, event.data.category), declined: event.data.reason };
    case 'incident.merged':
      return { ...moved(state, event.data.to, event.data.category), mergedInto: event.data.into.id };
    case 'incident.lead-changed':
      return roleTaken(state, 'lead', event.data.to?.id);
    case 'incident.role-changed':
      return roleTaken(state, event.data.role, event.data.to?.id);
    case 'incident.resolved':
      return { ...state, status: event.data.to ?? 'resolved', category: 'post_incident', isEnded: true, learned: event.data.learned };
    case 'incident.privacy-changed':
      return takingPart({ ...state, isPrivate: event.data.private }, event.by?.id);
    case 'participant.let-in':
      return takingPart(state, event.data.person.id);
    case 'participant.joined':
      return watching(takingPart(state, event.data.person.id), event.data.person.id, event.data.observer ?? false);
    case 'participant.team-added':
      return event.data.people.reduce((before, { id }) => watching(takingPart(before, id), id, event.data.observer ?? false), state);
    case 'participant.left': {
      const without = (ids: readonly string[]): string[] => ids.filter((id) => id !== event.data.person.id);
      return { ...state, participants: without(state.participants), observers: without(state.observers) };
    }
    case 'message.posted':
      return message(state, event.data.messageId, {
        seq: event.seq,
        text: event.data.text,
        by: event.by?.id ?? null,
        replyTo: event.data.replyTo ?? null,
        isEdited: false,
        isDeleted: false,
      });
    case 'message.edited':
      return message(state, event.data.messageId, { text: event.data.text, isEdited: true });
    case 'message.deleted':
      return message(state, event.data.messageId, { isDeleted: true });
    case 'file.added':
      return { ...state, files: { ...state.files, [event.data.fileId]: { ...event.data, by: event.by?.id ?? null, isRemoved: false } } };
    case 'file.removed':
      return { ...state, files: { ...state.files, [event.data.fileId]: { ...state.files[event.data.fileId]!, isRemoved: true } } };
    case 'message.reacted': {
      const { messageId, emoji, on } = event.data;
      const one = `${emoji} ${event.by?.id}`;
      const others = (state.messages[messageId]?.reactions ?? []).filter((other) => other !== one);
      return message(state, messageId, { reactions: on ? [...others, one].sort() : others });
    }
    case 'message.pinned':
      return message(state, event.data.messageId, { isPinned: event.data.on });
    case 'timeline.entry-added':
    case 'timeline.entry-edited': {
      const { entryId, text, happenedAt } = event.data;
      return { ...state, entries: { ...state.entries, [entryId]: { text, happenedAt } } };
    }
    case 'timeline.item-hidden': {
      const others = state.hidden.filter((item) => item !== event.data.itemId);
      return { ...state, hidden: event.data.on ? [...others, event.data.itemId].sort() : others };
    }
    default:
      return state;
  }
}

function roleTaken(state: Folded, role: string, person: string | undefined): Folded {
  const { [role]: _before, ...others } = state.roles;
  const roles = person === undefined ? others : { ...others, [role]: person };
  const given = takingPart({ ...state, roles, lead: roles['lead'] ?? null }, person);
  return person === undefined ? given : watching(given, person, false);
}

function watching(state: Folded, person: string, on: boolean): Folded {
  const others = state.observers.filter((id) => id !== person);
  return { ...state, observers: on ? [...others, person].sort() : others };
}

/** What goes on again has no end any more. */
function moved(state: Folded, status: string, category: CategoryName = 'active'): Folded {
  const end = isOpenCategory(category) ? { isEnded: false, learned: null, declined: null, mergedInto: null } : { isEnded: true };
  return { ...state, ...end, status, category };
}

function takingPart(state: Folded, person: string | undefined): Folded {
  if (person === undefined || state.participants.includes(person)) return state;
  return { ...state, participants: [...state.participants, person].sort() };
}

function message(state: Folded, id: string, change: Partial<FoldedMessage>): Folded {
  const before = state.messages[id] ?? {
    seq: 0,
    text: '',
    by: null,
    isEdited: false,
    isDeleted: false,
    replyTo: null,
    isPinned: false,
    reactions: [],
  };
  return { ...state, messages: { ...state.messages, [id]: { ...before, ...change } } };
}
