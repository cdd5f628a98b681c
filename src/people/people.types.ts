import type { ActorFact, SurfaceFact, ViaFact } from '#src/platform/log/event.types';

export type PersonId = string;
export type Role = 'guest' | 'member' | 'responder' | 'admin';

/** What a token may be used for, within what its person may: to see, to do, and to look after the organisation besides. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who does something, and from where: every command takes one, every event records it. */
export interface Actor {
  readonly person: ActorFact;
  readonly via: ViaFact;
  /** Of the token that it is done with. None for everything: who asks in a chat or by a session. */
  readonly scopes?: readonly Scope[] | null;
}

/** Somebody we know: by a browser's session, or by a token of the API. */
export interface SignedIn {
  readonly person: { readonly id: PersonId; readonly name: string };
  readonly role: Role;
  /** A guest's session is good for one incident only. */
  readonly incidentId: string | null;
  /** Of a token: what it may be used for. Null for everything: a session, and the token that Muster was started with. */
  readonly scopes: readonly Scope[] | null;
  /** Which session or token it is; opens nothing. */
  readonly badge: string;
  /** By a session that has not shown for a while who has it: an open laptop may do much, and not what lets others in or takes all along. */
  readonly isStale?: boolean;
}

export interface AtTheDoor extends SignedIn {
  readonly via: SurfaceFact;
}

export const actorOf = ({ person, via, scopes }: AtTheDoor): Actor => ({ person, via, scopes });

export const WEB: SurfaceFact = { id: 'web', name: 'web' };
export const API: SurfaceFact = { id: 'api', name: 'API' };
