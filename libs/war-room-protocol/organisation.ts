import * as z from 'zod/mini';
import { goesOn } from './goes-on.ts';
import { person, surface } from './vocabulary.ts';

/** One change of what belongs to no incident: who, when, from where, and what it was before and after. */
export const auditEntry = z.object({
  seq: z.number(),
  at: z.string(),
  by: z.nullable(person),
  via: surface,
  type: z.string(),
  what: z.nullable(z.string()),
  before: z.unknown(),
  after: z.unknown(),
});

/** `GET /api/v1/audit`: a log, so `next` is always a number to ask from. */
export const auditPage = z.object({ changes: z.array(auditEntry), next: z.number(), more: z.boolean() });

/** Somebody in the organisation. Guests, who only practise, are not among them. */
export const colleague = z.object({ id: z.string(), name: z.string(), role: z.enum(['member', 'responder', 'admin']) });

/** `GET /api/v1/people`, by name. */
export const colleagueList = z.object({ people: z.array(colleague), ...goesOn });

/** Somebody with all there is to tell them from others of the same name. `accounts`: in chats, with the mail that the chat tells. */
const knownPerson = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  metAt: z.string(),
  signsIn: z.boolean(),
  incidents: z.number(),
  accounts: z.array(z.object({ chat: z.string(), user: z.string(), mail: z.nullable(z.string()), isMailVerified: z.boolean() })),
});

/**
 * `GET /api/v1/people/joins`: who is read as whom and by which evidence, who may be one, which chats are believed, and
 * which mailboxes are nobody's own. `suggestions`: at most fifty, the best first.
 */
export const peopleJoins = z.object({
  joins: z.array(z.object({ person: knownPerson, to: knownPerson, evidence: z.enum(['idp', 'mail', 'admin', 'claim']), at: z.string() })),
  suggestions: z.array(z.object({ one: knownPerson, other: knownPerson, because: z.enum(['idp', 'mail', 'name']), shared: z.string() })),
  chats: z.array(z.object({ id: z.string(), name: z.string(), trusted: z.boolean() })),
  sharedMailboxes: z.array(z.string()),
  ...goesOn,
});

/** `POST /api/v1/me/claims`: to be written in the other place, `/incident this-is-me CODE`. Good once. */
export const claimCode = z.object({ code: z.string(), expiresAt: z.string() });

/** `POST /api/v1/me/claims/confirm`: as whom one is known elsewhere. */
export const claimed = z.object({ name: z.string() });

/** `POST /api/v1/invitations`: shown once. */
export const invitation = z.object({ url: z.string(), expiresAt: z.string() });

/** A role that can be had in an incident: what people write, what it is called, what whoever takes it is told. */
export const incidentRole = z.object({
  key: z.string(),
  name: z.string(),
  instructions: z.string(),
  shipped: z.boolean(),
  retired: z.boolean(),
});

/** `GET /api/v1/roles` */
export const incidentRoleList = z.object({ roles: z.array(incidentRole) });

/** People who are called together by one name. */
export const teamView = z.object({ id: z.string(), name: z.string(), archived: z.boolean(), members: z.array(person) });
export type TeamView = z.infer<typeof teamView>;

/** `GET /api/v1/teams`, by name, the archived ones last. */
export const teamList = z.object({ teams: z.array(teamView) });

/** A token of the API, without what it is. `scopes`: null is everything that its person may. */
export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  person,
  scopes: z.nullable(z.array(z.enum(['read', 'write', 'admin']))),
  madeAt: z.string(),
  expiresAt: z.nullable(z.string()),
  lastUsedAt: z.nullable(z.string()),
});

/** `GET /api/v1/tokens`: one's own; an admin sees everybody's. */
export const tokenList = z.object({ tokens: z.array(tokenView), ...goesOn });

/** `POST /api/v1/tokens`: `token` is shown this once. */
export const tokenMade = z.extend(tokenView, { token: z.string() });
