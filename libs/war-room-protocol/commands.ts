import * as z from 'zod/mini';
import { limits, severityName, statusName } from './vocabulary.ts';

const command = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, body: S) =>
  z.object({ id: z.uuid(), type: z.literal(type), body: z.object(body) });

const line = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/**
 * What a person does in a room, as `POST /api/v1/incidents/:id/commands`. `id` is made by the sender (UUIDv7) and is the
 * idempotency key: the same id with the same body again gets the same answer and changes nothing.
 */
export const roomCommand = z.discriminatedUnion('type', [
  command('message', { text: line(limits.messageChars) }),
  /** The composer's slash commands, in the words of the chats: "/severity sev1 checkout is down". */
  command('command', { text: line(limits.messageChars) }),
  command('severity', { to: severityName, reason: z.optional(z.string().check(z.maxLength(limits.reasonChars))) }),
  command('status', { to: statusName }),
  /** `me`, a person's id, or null for nobody. */
  command('lead', { to: z.nullable(z.string()) }),
  /** `learned`: what will not happen again? */
  command('resolve', { learned: line(limits.learnedChars) }),
  /** Seen by those who take part in it only, or by everybody again. */
  command('privacy', { private: z.boolean() }),
]);
export type RoomCommand = z.infer<typeof roomCommand>;

/** 200. `seq` is the room's number of what was done; null when nothing changed. `say` is for the sender alone. */
export const commandDone = z.object({ seq: z.nullable(z.number()), say: z.optional(z.string()) });
export type CommandDone = z.infer<typeof commandDone>;

/** `POST /api/v1/incidents`, with an `Idempotency-Key` header. */
export const declareRequest = z.object({
  title: line(limits.titleChars),
  severity: z._default(severityName, 'SEV3'),
  summary: z.optional(z.string().check(z.maxLength(limits.summaryChars))),
  private: z.optional(z.boolean()),
});
export type DeclareRequest = z.input<typeof declareRequest>;
