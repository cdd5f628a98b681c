import * as z from 'zod/mini';
import type { Person } from './vocabulary.ts';
import { kindName, severityName, surface } from './vocabulary.ts';

/** For whom a room is told: everybody in the company, or those who talk to customers. */
export const audience = z.enum(['everyone', 'support']);
export type Audience = z.infer<typeof audience>;

/** What an admin sets: `room` is the room's link or its id in that chat. `tenant` is needed where the chat has several workspaces. */
export const announcementToSet = z.object({
  room: z.string().check(z.trim(), z.minLength(1), z.maxLength(300)),
  severity: severityName,
  kinds: z.array(kindName).check(z.minLength(1)),
  tenant: z.optional(z.string()),
});
export type AnnouncementToSet = z.infer<typeof announcementToSet>;

export const announcementRule = z.object({
  chat: surface,
  tenant: z.string(),
  audience,
  room: z.string(),
  roomName: z.string(),
  severity: severityName,
  kinds: z.array(kindName),
  /** Why the chat refused the last announcement there, and what to do; null since it took one. */
  trouble: z.nullable(z.string()),
});

export const announcementRules = z.object({ rules: z.array(announcementRule) });

/** Where something is announced, as its events tell it. */
interface Announced {
  readonly surface: { readonly name: string };
  readonly room: string;
  readonly audience: Audience;
}

const readers: Record<Audience, string> = { everyone: '', support: ' for support' };

export const announcedWords = ({ surface: { name }, room, audience: whose }: Announced): string =>
  `Announced${readers[whose]} in ${name}, ${room}`;

export const askedToAnnounceWords = (by: Person | null, { byRule }: { readonly byRule?: true | undefined }): string =>
  byRule ? `${by?.name ?? 'Muster'} changed where incidents are announced` : `${by?.name ?? 'Muster'} asked to announce it`;

export const notAnnouncedWords = ({ surface: { name }, room, why }: Announced & { readonly why: string }): string =>
  `It could not be announced in ${name}, ${room}. ${why}`;

export const announcementRemovedWords = ({ surface: { name }, room }: Announced): string =>
  `Somebody took its announcement away in ${name}, ${room}. It is not made again, unless somebody writes /announce.`;

export const withdrawnWords = ({ surface: { name }, room, why }: Announced & { readonly why: 'private' | 'rule' }): string =>
  `Its announcement in ${name}, ${room}, shows it no more: ${why === 'private' ? 'it is private' : 'nothing is announced there any more'}`;
