import * as z from 'zod/mini';
import { categoryName, kindName, limits, severityName, statusName } from './vocabulary.ts';

const command = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, body: S) =>
  z.object({ id: z.uuid(), type: z.literal(type), body: z.object(body) });

const minutesAhead = z.int().check(z.minimum(1), z.maximum(limits.aheadMinutes));
const line = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/**
 * What a person does in a room, as `POST /api/v1/incidents/:id/commands`. `id` is made by the sender (UUIDv7) and is the
 * idempotency key: the same id with the same body again gets the same answer and changes nothing.
 */
export const roomCommand = z.discriminatedUnion('type', [
  /** `replyTo`: the message that this one answers. */
  command('message', { text: line(limits.messageChars), replyTo: z.optional(z.uuid()) }),
  /** One's own message, as it should read now. What it said before stays in the log. */
  command('edit', { messageId: z.uuid(), text: line(limits.messageChars) }),
  /** One's own; an admin and whoever leads may take away anybody's. */
  command('delete', { messageId: z.uuid() }),
  /** `emoji`: a sign or its short name, "👍" or "+1". Again changes nothing. */
  command('react', { messageId: z.uuid(), emoji: line(limits.emojiChars), on: z.boolean() }),
  /** On the timeline, or off it. */
  command('pin', { messageId: z.uuid(), on: z.boolean() }),
  /** Once more for the chats that did not take it, or of which nobody knows: this message, or everything of the room. */
  command('say-again', { messageId: z.optional(z.uuid()) }),
  /** What happened at a time of its own: "at 14:05 the deploy went out". The command's id is the entry's. */
  command('entry', { text: line(limits.entryChars), at: z.iso.datetime({ offset: true }) }),
  command('edit-entry', { entryId: z.uuid(), text: line(limits.entryChars), at: z.iso.datetime({ offset: true }) }),
  /** Takes something off the timeline, or puts it back. `itemId`: the id of its event. */
  command('hide', { itemId: z.uuid(), on: z.boolean() }),
  /** The composer's slash commands, in the words of the chats: "/severity sev1 checkout is down". */
  command('command', { text: line(limits.messageChars) }),
  /** What somebody asked for too late, under one's own name, once. `offerId`: the id of the event that offers it. */
  command('apply', { offerId: z.uuid() }),
  command('severity', { to: severityName, reason: z.optional(z.string().check(z.maxLength(limits.reasonChars))) }),
  command('status', { to: statusName }),
  /** `me`, a person's id, or null for nobody. */
  command('lead', { to: z.nullable(z.string()) }),
  /** `role`: its key, such as "comms"; `to` as for the lead, which is the role "lead". */
  command('role', { role: line(limits.roleKeyChars), to: z.nullable(z.string()) }),
  /** Where it stands, all in one: at least one of the four. `nextUpdateIn`: minutes until the next one is promised. */
  command('update', {
    text: z.optional(line(limits.updateChars)),
    severity: z.optional(severityName),
    status: z.optional(statusName),
    nextUpdateIn: z.optional(minutesAhead),
  }),
  /** Puts off what Muster asks for. `nudgeId`: the nudge that is answered; without it, the one that waits, or the next one. */
  command('snooze', { nudgeId: z.optional(z.uuid()), minutes: z.optional(minutesAhead) }),
  /** Lets it pass this time. */
  command('skip', { nudgeId: z.optional(z.uuid()) }),
  /** Takes part, to act or to watch. */
  command('join', { observer: z.optional(z.boolean()) }),
  /** Takes no part any more, and gives one's roles back. */
  command('leave', {}),
  /** Lets somebody in. `person`: an id, or the whole name. */
  command('add', { person: line(limits.nameChars), observer: z.optional(z.boolean()) }),
  /** Lets in whoever is in a team now, and nobody who joins it later. `team`: an id, or the whole name. */
  command('add-team', { team: line(limits.teamNameChars), observer: z.optional(z.boolean()) }),
  /** Sends somebody out. Of a private incident they see nothing any more. */
  command('remove', { person: line(limits.nameChars) }),
  /** `learned`: what will not happen again? */
  command('resolve', { learned: line(limits.learnedChars) }),
  command('reopen', {}),
  command('rename', { title: line(limits.titleChars) }),
  command('summary', { summary: z.string().check(z.maxLength(limits.summaryChars)) }),
  /** What sort of thing it is. A drill stays one, and nothing else becomes one. */
  command('kind', { to: kindName }),
  command('accept', {}),
  command('decline', { reason: line(limits.reasonChars) }),
  /** `into`: "INC-247", "247" or the uuid of the one where people go on. */
  command('merge', { into: line(40) }),
  /** In every room that was chosen for announcements, whatever the rules say; again where the post was taken away. */
  command('announce', {}),
  /** Seen by those who take part in it only, or by everybody again. */
  command('privacy', { private: z.boolean() }),
]);
export type RoomCommand = z.infer<typeof roomCommand>;

export { commandDone, type CommandDone } from './answers.ts';

/** `POST /api/v1/incidents`, with an `Idempotency-Key` header. */
export const declareRequest = z.object({
  title: line(limits.titleChars),
  severity: z._default(severityName, 'SEV3'),
  summary: z.optional(z.string().check(z.maxLength(limits.summaryChars))),
  private: z.optional(z.boolean()),
  kind: z.optional(kindName),
  /** Somebody else is to say whether it is an incident. */
  triage: z.optional(z.boolean()),
});
export type DeclareRequest = z.input<typeof declareRequest>;

/** `POST /api/v1/statuses` */
export const statusToAdd = z.object({ name: line(30), category: categoryName });

/** `PATCH /api/v1/statuses/:name`: what is left out stays. `place`: 1 is where an incident enters the category. */
export const statusToChange = z.object({
  name: z.optional(line(30)),
  place: z.optional(z.int().check(z.minimum(1), z.maximum(1_000))),
  archived: z.optional(z.boolean()),
});
export type StatusToChange = z.infer<typeof statusToChange>;

/** `POST /api/v1/tokens`. Without `expiresAt` it is good until it is revoked. */
export const tokenToMake = z.object({
  name: line(40),
  scopes: z.array(z.enum(['read', 'write', 'admin'])).check(z.minLength(1), z.maxLength(3)),
  expiresAt: z.optional(z.nullable(z.iso.datetime({ offset: true }))),
});

const roleName = line(limits.roleNameChars);
const instructions = z.string().check(z.trim(), z.maxLength(limits.instructionsChars));

/** `POST /api/v1/roles`. The key is what people write: "/incident role comms me". */
export const roleToAdd = z.object({ key: line(limits.roleKeyChars), name: roleName, instructions: z._default(instructions, '') });

/** `PATCH /api/v1/roles/:key`: what is left out stays. A role that is retired is given to nobody any more. */
export const roleToChange = z.object({
  name: z.optional(roleName),
  instructions: z.optional(instructions),
  retired: z.optional(z.boolean()),
});
export type RoleToChange = z.infer<typeof roleToChange>;

/** `PATCH /api/v1/people/:id`. A guest only practises and is given no role. */
export const roleToGive = z.object({ role: z.enum(['member', 'responder', 'admin']) });

/** `POST /api/v1/people/joins` and `…/apart`: ids of two that are one, or two. */
export const twoPeople = z.object({ one: z.uuid(), other: z.uuid() });

/** The same in a form, where names may be written. */
export const twoNames = z.object({ one: line(limits.nameChars), other: line(limits.nameChars) });

/** `PUT /api/v1/people/chats/:id`: whether what this chat says of who somebody is joins people by itself. */
export const chatTrust = z.object({ trusted: z.boolean() });

/** `PUT /api/v1/people/shared-mailboxes`: whether several people read this one. */
export const mailboxToShare = z.object({ address: line(320).check(z.regex(/^[^\s@]+@[^\s@]+$/)), shared: z.boolean() });

/** `POST /api/v1/me/claims/confirm` */
export const claimToConfirm = z.object({ code: line(20) });

const teamName = line(limits.teamNameChars);

/** `POST /api/v1/teams` */
export const teamToMake = z.object({ name: teamName });

/** `PATCH /api/v1/teams/:id`: what is left out stays. */
export const teamToChange = z.object({ name: z.optional(teamName), archived: z.optional(z.boolean()) });
export type TeamToChange = z.infer<typeof teamToChange>;

/** `POST /api/v1/teams/:id/members`. `person`: an id, or the whole name. */
export const memberToAdd = z.object({ person: line(limits.nameChars) });
