import * as z from 'zod/mini';
import { audience } from './announcements.ts';
import { handOverCard } from './hand-over.ts';
import { categoryName, kindName, person, severityName, statusName, surface, via } from './vocabulary.ts';

/** What every event of a room carries. `at` is when it was recorded, `displayAt` where it stands among the others; both ISO 8601, UTC. `displayAt` sorts as text, then by `seq`. */
const envelope = {
  /** The room's own counter: 1, 2, 3, … without a gap. The only order there is. */
  seq: z.number(),
  id: z.string(),
  at: z.string(),
  displayAt: z.string(),
  /** Arrived after its time (read back after an outage, or delivered late): shown at `displayAt`, with a mark. */
  late: z.boolean(),
  by: z.nullable(person),
  via,
};

const event = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, data: S) =>
  z.object({ ...envelope, type: z.literal(type), data: z.object(data) });

/** A file of a room, as its event records it. */
export const file = {
  fileId: z.string(),
  name: z.string(),
  /** What its bytes are; the sender is not asked. */
  mediaType: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** What a picture shows, for whoever cannot see it. */
  alt: z.optional(z.string()),
  /** The message it goes with, which may arrive later. */
  messageId: z.optional(z.string()),
};

/** A file that a message came with, as its chat told of it. Whether its bytes came as well, `file.added` and `file.lost` say. */
export const namedFile = z.object({ fileId: z.string(), name: z.string(), size: z.number() });

/** `category` is that of `to`; what is older than categories was active. */
const moved = { from: statusName, to: statusName, category: z.optional(categoryName) };
const named = z.object({ id: z.string(), reference: z.string() });
const mirror = { mirrorId: z.string(), surface };
/** `room`: as its chat calls it. */
const announced = { announcementId: z.string(), surface, room: z.string(), audience };
const message = {
  messageId: z.string(),
  text: z.string(),
  html: z.string(),
  mentions: z.optional(z.array(person)),
  /** Of a message that came from a chat with files. Of an edit, all that it has then, where those changed. */
  files: z.optional(z.array(namedFile)),
};
const answered = { about: z.string(), nudgeId: z.optional(z.string()) };
/** What somebody wrote in it (Markdown), made into markup that fits into a sentence, safe to insert. */
const written = { html: z.optional(z.string()) };
const entry = { entryId: z.string(), text: z.string(), ...written, happenedAt: z.string() };

export const roomEvent = z.discriminatedUnion('type', [
  /** Somebody declared it. From here on it has its number, its log and its room. */
  event('incident.declared', {
    reference: z.string(),
    title: z.string(),
    summary: z.optional(z.string()),
    severity: severityName,
    status: statusName,
    category: z.optional(categoryName),
    kind: kindName,
    private: z.optional(z.boolean()),
  }),
  /** How bad it is, as people set it; anyone may. */
  event('incident.severity-changed', { from: severityName, to: severityName, reason: z.optional(z.string()), ...written }),
  /** Where it stands. */
  event('incident.status-changed', moved),
  /** What it is called from now on. */
  event('incident.renamed', { from: z.string(), to: z.string() }),
  /** What is known, in a few sentences; null when it was taken away. */
  event('incident.summary-changed', { from: z.nullable(z.string()), to: z.nullable(z.string()), ...written }),
  /** What sort of thing it turned out to be. */
  event('incident.kind-changed', { from: kindName, to: kindName }),
  /** It is an incident: it leaves triage. */
  event('incident.accepted', moved),
  /** It is none, and why. */
  event('incident.declined', { ...moved, reason: z.string(), ...written }),
  /** It is the same as another one, where people go on. Its own log ends here and stays readable. */
  event('incident.merged', { ...moved, into: named }),
  /** Another one turned out to be the same as this one. */
  event('incident.merged-in', { incident: named }),
  /** Somebody has a role now, or nobody does (`to` is null). Handing over is one event. `name` is what the role was called then, `card` what whoever takes it over from somebody has to know. */
  event('incident.role-changed', {
    role: z.string(),
    name: z.string(),
    from: z.nullable(person),
    to: z.nullable(person),
    card: z.optional(handOverCard),
  }),
  /** The same of the lead, as it was written before there were other roles. */
  event('incident.lead-changed', { from: z.nullable(person), to: z.nullable(person) }),
  /** It is over. `learned` answers: what will not happen again? */
  event('incident.resolved', { to: z.optional(statusName), learned: z.string(), ...written }),
  /** Only those who take part see it from now on, or everybody does again. */
  event('incident.privacy-changed', { private: z.boolean() }),
  /**
   * Somebody takes part from now on, to act, or as an `observer` to watch. By whom they were let in. With a `mirrorId` they came
   * into that mirror's room in its chat.
   */
  event('participant.joined', { person, observer: z.optional(z.boolean()), mirrorId: z.optional(z.string()) }),
  /** A team was called in: `people` are those of it who took no part before, and do from now on. `observer`: to watch. */
  event('participant.team-added', { teamId: z.string(), team: z.string(), people: z.array(person), observer: z.optional(z.boolean()) }),
  /** Somebody takes no part any more. They gave their roles back before. */
  event('participant.left', { person }),
  /** An admin who took no part in a private incident let themselves in. */
  event('participant.let-in', { person }),
  /**
   * In a private incident: two who were met as different people are one (`on`), and each of their accounts sees it from now on as the
   * other does; or they are two again.
   */
  event('participant.accounts-joined', { person, one: person, on: z.boolean() }),
  /** Somebody said something: `text` as written (Markdown), `html` made from it here and safe to insert; `replyTo` is what it answers. */
  event('message.posted', { ...message, replyTo: z.optional(z.string()) }),
  /** What a message says from now on. What it said before stays in the log. */
  event('message.edited', message),
  /** The message is taken back and not shown any more. */
  event('message.deleted', { messageId: z.string() }),
  /** A file is in the room; its bytes were kept before. */
  event('file.added', file),
  /** A file that a message came with will never be here: why, and what to do. */
  event('file.lost', { fileId: z.string(), name: z.string(), messageId: z.string(), why: z.string(), href: z.optional(z.string()) }),
  /** A file's bytes are gone for good. */
  event('file.removed', { fileId: z.string(), name: z.string() }),
  /** Somebody's reaction to a message, `on` or taken back. `emoji` is its short name, or the sign where it has none. */
  event('message.reacted', { messageId: z.string(), emoji: z.string(), on: z.boolean() }),
  /** A message stands on the timeline, or not any more. */
  event('message.pinned', { messageId: z.string(), on: z.boolean() }),
  /** Written down later than it happened. Its id is the event's; `happenedAt` is its place on the timeline. */
  event('timeline.entry-added', entry),
  /** What such an entry says from now on. What it said before stays in the log. */
  event('timeline.entry-edited', entry),
  /** The timeline leaves something out (`on`), or shows it again. `itemId` is the id of its event. */
  event('timeline.item-hidden', { itemId: z.string(), on: z.boolean() }),
  /** Somebody told where it stands. A severity and a status in it are changes too, in events of their own just before. `nextUpdateBy` is when the next one was promised. */
  event('update.shared', {
    text: z.optional(z.string()),
    ...written,
    severity: z.optional(severityName),
    status: z.optional(statusName),
    nextUpdateBy: z.optional(z.string()),
  }),
  /** Muster asked for what is missing: `about` is `update`, or the role that nobody has. `since` is the number of the event that it counts from; `to` is who leads. */
  event('nudge.given', { about: z.string(), dueAt: z.string(), since: z.number(), to: z.optional(person) }),
  /** Somebody put it off: it comes again at `until`. Without a `nudgeId` it had not come yet. */
  event('nudge.snoozed', { ...answered, until: z.string() }),
  /** Somebody let it pass. It comes again at `until`; without one, when its next time comes. */
  event('nudge.skipped', { ...answered, until: z.optional(z.string()) }),
  /** The chat's room for this incident is being made. */
  event('mirror.requested', mirror),
  /** The chat's room exists; messages go both ways. */
  event('mirror.opened', { ...mirror, name: z.string(), permalink: z.optional(z.string()) }),
  /** The chat's room could not be made, and why. */
  event('mirror.failed', { ...mirror, why: z.string() }),
  /** Somebody gave the chat's room another name there. */
  event('mirror.renamed', { ...mirror, name: z.string(), from: z.string() }),
  /** Somebody wrote another topic for the chat's room there, or took it away (empty). One that they wrote is left as it is. */
  event('mirror.topic-changed', { ...mirror, name: z.string(), topic: z.string() }),
  /** The chat would not have something of its room kept as it is to be, and why. Said once. */
  event('mirror.unkept', {
    ...mirror,
    name: z.string(),
    what: z.enum(['name', 'topic', 'card', 'bookmark', 'archived', 'unarchived', 'reaction']),
    why: z.string(),
  }),
  /** Muster archives the chat's room, by the organisation's rule: it has been over, and quiet, for `days`. The room is told so there, as the last. */
  event('mirror.archiving', { ...mirror, name: z.string(), days: z.number() }),
  /** The chat's room was archived there: what is said here waits until it is back. `byRule`: Muster did, as the room was told. */
  event('mirror.archived', { ...mirror, name: z.string(), byRule: z.optional(z.literal(true)) }),
  /** The chat's room is back, and is told what waited. */
  event('mirror.unarchived', { ...mirror, name: z.string() }),
  /** Muster is not in the chat's room any more: nothing is heard there, and what is said here waits. */
  event('mirror.shut-out', { ...mirror, name: z.string() }),
  /** Muster is in the chat's room again, and reads what was said there meanwhile. */
  event('mirror.let-in', { ...mirror, name: z.string() }),
  /** Others can read in the chat's room now than before. A private incident goes on in another one when it was made public. */
  event('mirror.audience-changed', { ...mirror, name: z.string(), audience: z.enum(['public', 'private', 'shared']) }),
  /** Somebody took the incident's card away in the chat. It is made again once (`again`). */
  event('mirror.card-removed', { ...mirror, again: z.boolean() }),
  /** The chat would not send somebody out of its private room, or bring them in, and why. A person has to. */
  event('mirror.stuck', { ...mirror, name: z.string(), person, wanted: z.enum(['in', 'out']), why: z.string() }),
  /** The chat gives reason to doubt it. Posts still go out. */
  event('mirror.suspect', { ...mirror, since: z.string(), why: z.string() }),
  /** The chat is down, and what is said here waits for it. `saidBy`: by whose word, where Muster does not see it itself. `cutOff`: Muster reaches nothing outside, so it may not be the chat. */
  event('mirror.parked', {
    ...mirror,
    since: z.string(),
    why: z.string(),
    saidBy: z.optional(person),
    cutOff: z.optional(z.literal(true)),
  }),
  /** The chat answers again, or somebody says so (`saidBy`); the two histories are being merged. */
  event('mirror.catching-up', { ...mirror, since: z.string(), saidBy: z.optional(person) }),
  /** The chat has what it missed; the mirror is whole again. */
  event('mirror.resumed', mirror),
  /** Somebody asked that `count` messages are said again in these chats, which may not have them: one of the room (`messageId`), or all there are. */
  event('say-again.asked', { messageId: z.optional(z.string()), surfaces: z.array(surface), count: z.number() }),
  /**
   * One honest summary of what an outage cost. `learnt` counts the reactions and pins that were set or taken off in the chat meanwhile,
   * as its history tells; of those in `mayLack` it does not tell, or not all.
   */
  event('gap.closed', {
    ...mirror,
    from: z.string(),
    to: z.string(),
    inbound: z.number(),
    outbound: z.number(),
    unreadUntil: z.optional(z.string()),
    learnt: z.optional(z.object({ reactions: z.number(), pins: z.number(), mayLack: z.array(z.enum(['reactions', 'pins'])) })),
  }),
  /** Somebody asked that it is announced, whatever the rules say; `byRule`: where incidents are announced was changed in the settings. */
  event('announcement.asked', { byRule: z.optional(z.literal(true)) }),
  /** It is announced in a room of others, in one post that is kept up to date. */
  event('announcement.posted', { ...announced, permalink: z.optional(z.string()) }),
  /** The chat refuses the announcement, and what to do about it. Told once. */
  event('announcement.failed', { ...announced, why: z.string() }),
  /** Somebody took the announcement away in the chat. It is not made again unless somebody asks. */
  event('announcement.removed', announced),
  /** The announcement shows it no more: it became private, or nothing is announced there any more. */
  event('announcement.withdrawn', { ...announced, why: z.enum(['private', 'rule']) }),
  /** A change that was asked for too late to be applied blindly; whoever may can apply it, once. `mentions`: whom its words name. */
  event('command.offered', { text: z.string(), askedAt: z.string(), mentions: z.optional(z.array(person)) }),
  /** Somebody applied, under their own name, what another had asked for too late. */
  event('command.applied', { offerId: z.string(), text: z.string(), askedBy: z.nullable(person) }),
  /** Something that could not be read is kept aside; the room goes on. */
  event('inbox.unreadable', { count: z.number() }),
  /** This person may not see it. The number is kept so that a gap always means a loss. */
  event('hidden', {}),
]);
export type RoomEvent = z.infer<typeof roomEvent>;
export type RoomEventOf<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>;
