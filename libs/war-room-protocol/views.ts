import * as z from 'zod/mini';
import { roomEvent } from './events.ts';
import { goesOn } from './goes-on.ts';
import { mirrorView } from './mirrors.ts';
import { waiting } from './waiting.ts';
import { categoryName, kindName, person, roleName, severityName, statusName } from './vocabulary.ts';

/** An incident as lists and headers show it. `number` is the reference people say aloud: "INC-247"; a drill's is "DRILL-3". */
export const incidentView = z.object({
  id: z.uuid(),
  number: z.string(),
  url: z.string(),
  title: z.string(),
  summary: z.nullable(z.string()),
  kind: kindName,
  severity: severityName,
  status: statusName,
  category: categoryName,
  lead: z.nullable(person),
  declaredBy: z.nullable(person),
  declaredAt: z.string(),
  /** When it stopped being open: resolved, declined, merged or canceled. */
  endedAt: z.nullable(z.string()),
  learned: z.nullable(z.string()),
  /** Seen by those who take part in it only. */
  isPrivate: z.boolean(),
  /** Why it was no incident. */
  declined: z.nullable(z.string()),
  /** The number of the one where people go on. */
  mergedInto: z.nullable(z.string()),
  seq: z.number(),
});
export type IncidentView = z.infer<typeof incidentView>;

/** `GET /api/v1/statuses`, in their order within a category. One that is archived is kept by the incidents that stand at it. */
export const statusView = z.object({
  name: statusName,
  category: categoryName,
  rank: z.number(),
  shipped: z.boolean(),
  archived: z.boolean(),
});
export const statusList = z.object({ statuses: z.array(statusView) });
export type StatusList = z.infer<typeof statusList>;

/** `GET /api/v1/incidents?open=true|false`: the worst first of those that are open, else the latest ended first. */
export const incidentList = z.object({ incidents: z.array(incidentView), ...goesOn });
export type IncidentList = z.infer<typeof incidentList>;

/** `GET /api/v1/incidents/:id/events?after=SEQ`: in order; a room goes on, so `next` is always a number to ask from. */
export const eventPage = z.object({ events: z.array(roomEvent), next: z.number(), more: z.boolean() });
export type EventPage = z.infer<typeof eventPage>;

/**
 * `PUT /api/v1/incidents/:id/read` with `{ seq }` answers where the mark is now. It never goes back. `roles`: up to where
 * they have said that they read of roles which others gave them.
 */
export const readMark = z.object({ seq: z.number(), at: z.string(), roles: z.optional(z.number()) });

/** `GET /api/v1/unread`: messages of others not read yet, by incident; only open ones that this person has been in. */
export const unreadCounts = z.object({ unread: z.record(z.string(), z.number()) });

/** Somebody who takes part; an observer watches. */
export const participant = z.extend(person, { observer: z.boolean() });
export type Participant = z.infer<typeof participant>;

/** `GET /api/v1/incidents/:id/addable?named=bo`: at most eight of each, by name. */
export const addable = z.object({
  people: z.array(person),
  teams: z.array(z.object({ id: z.string(), name: z.string(), members: z.number() })),
});
export type Addable = z.infer<typeof addable>;

/** A role as a room shows it: what whoever takes it is told, and who has it. */
export const roleView = z.object({
  key: z.string(),
  name: z.string(),
  instructions: z.string(),
  retired: z.boolean(),
  holder: z.nullable(person),
});
export type RoleView = z.infer<typeof roleView>;

/** `GET /api/v1/incidents/:id/snapshot`: what a room shows before its events are read. */
export const roomSnapshot = z.object({
  protocol: z.number(),
  incident: incidentView,
  people: z.array(participant),
  /** Those that can be given, and a retired one while somebody has it. */
  roles: z.array(roleView),
  mirrors: z.array(mirrorView),
  /** What is switched off for now and missed in a room, in sentences. */
  givenUp: z.optional(z.array(z.string())),
  /** The last update, and what is waited for, at `incident.seq`. */
  waiting: z.optional(waiting),
  /** How far whoever asks has read, on any device; null when they were never here. */
  read: z.optional(z.nullable(readMark)),
});
export type RoomSnapshot = z.infer<typeof roomSnapshot>;

/** `GET /api/v1/me`. `may` names what this person may do anywhere; whoever leads an incident may there what a responder may. */
export const me = z.object({ person, role: roleName, may: z.array(z.string()) });
export type Me = z.infer<typeof me>;

/** `GET /api/v1/chats`: the chats that rooms are mirrored in. */
export const chatList = z.object({
  chats: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      pretend: z.boolean(),
      state: z.enum(['starting', 'ok', 'suspect', 'down', 'recovering', 'unauthorized', 'failed']),
      since: z.nullable(z.string()),
      say: z.string(),
    }),
  ),
});
export type ChatList = z.infer<typeof chatList>;

/** Every error is `application/problem+json` (RFC 9457). `detail` says what happened and what to do next. */
export const problem = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() });
