import type { Origin } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf, wiresOf } from '#libs/wire/wire';

/** Who we are to Teams. */
export interface Us {
  /** The instance's id. */
  readonly adapter: string;
  readonly appId: string;
  /** The channel whose threads are rooms. */
  readonly channel?: string;
  /** Graph can be asked what was attached to a message. */
  readonly asks?: boolean;
}

/** A bot's id among people is its application's, with 28 before it. */
export const isUs = ({ appId }: Us, id: unknown): boolean => id === `28:${appId}`;

export function originOf(us: Us, { from }: Wire): Origin {
  const { id, role } = wireOf(from);
  if (isUs(us, id)) return 'self';
  return role === 'bot' || stringOf(id)?.startsWith('28:') ? 'bot' : 'human';
}

/** Where a message calls somebody by name, first one first. */
export const mentionsOf = ({ entities }: Wire): Wire[] => wiresOf(entities).filter(({ type }) => type === 'mention');

/** Where it calls us. */
export const ourMentions = (us: Us, activity: Wire): Wire[] =>
  mentionsOf(activity).filter(({ mentioned }) => isUs(us, wireOf(mentioned).id));
