import type { ChatEvent } from '@musterhq/chat-port';
import type { Whose } from '../slack-names.ts';

/** An event with what makes it the same wherever it arrives. */
export interface Named {
  readonly id: string;
  readonly lane: string;
  readonly event: ChatEvent;
  /** The platform's own time, where it differs from the event's. */
  readonly at?: number;
}

/** What surrounds an event: its envelope from Slack. */
export interface Around {
  readonly whose: Whose;
  readonly eventId: string;
  readonly at: number;
  /** Slack's own stamp of the event, for ids. Unlike the event's id it is the same in what Slack sends twice. */
  readonly stamp: string;
}

export function unfamiliar(name: string, { eventId, stamp }: Around): Named {
  return { id: `unknown:${eventId || `${name}:${stamp}`}`, lane: 'unknown', event: { type: 'unknown', name } };
}
