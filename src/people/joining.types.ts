import type { PersonId } from './people.types.ts';

/** Why two are taken for one, the strongest first. Names are none: they only make somebody look. */
export const EVIDENCE = ['idp', 'mail', 'admin', 'claim'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** An account of a chat, with what its chat says of it. */
export interface KnownAccount {
  readonly chat: string;
  readonly user: string;
  readonly mail: string | null;
  readonly isMailVerified: boolean;
}

/** Somebody with all there is to tell them from others of the same name. */
export interface KnownPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly role: string;
  readonly metAt: string;
  readonly accounts: readonly KnownAccount[];
  /** Has a browser or a token here. */
  readonly signsIn: boolean;
  /** How many incidents they took part in. */
  readonly incidents: number;
}

/** A person that is read as another. */
export interface Join {
  readonly person: KnownPerson;
  readonly to: KnownPerson;
  readonly evidence: Evidence;
  readonly at: string;
}

/** Two that may be one: why somebody should look, and nothing more. */
export interface Suggestion {
  readonly one: KnownPerson;
  readonly other: KnownPerson;
  readonly because: 'idp' | 'mail' | 'name';
  /** The mail or the name that they share. */
  readonly shared: string;
}

/** Joined, or taken apart, as others are told of it in the same transaction. */
export interface JoinChange {
  readonly id: string;
  readonly person: { readonly id: PersonId; readonly name: string };
  readonly one: { readonly id: PersonId; readonly name: string };
  readonly on: boolean;
}
