import type { ChatEvent, Envelope } from '@musterhq/chat-port';
import type { Tx } from '#src/platform/database/database';

/** An envelope as it lies in the inbox. */
export interface InboxItem {
  readonly instance: string;
  readonly tenant: string;
  readonly lane: string;
  readonly seq: number;
  readonly envelopeId: string;
  readonly occurredAt: Date;
  readonly admittedAt: Date;
  /** Read back from history after an outage, in this gap. */
  readonly gapId: string | null;
  readonly event: ChatEvent;
  /** For logs only: of the request it came by. */
  readonly trace: string | null;
}

/** What is to be done with one kind of event. Listed in the listening capability's module. */
export interface InboxHandler {
  readonly types: readonly ChatEvent['type'][];
  /** Network first, outside any transaction: names to look up. May be called again. A throw is a failed attempt. */
  prepare?(item: InboxItem): Promise<void>;
  /** In the transaction that marks the item done: both happen or neither. */
  handle(tx: Tx, item: InboxItem): Promise<void>;
  /** It could not be handled and never will be: told where people look. In the transaction that puts it aside. */
  putAside?(tx: Tx, item: InboxItem): Promise<void>;
}

export type Admitted = (instance: string, batch: readonly Envelope[]) => void;

const INTERACTIONS: readonly ChatEvent['type'][] = ['command', 'action', 'form', 'shortcut'];

/** Somebody is waiting for an answer: these are handled by the process that received them, at once. */
export const isInteraction = (event: ChatEvent): boolean => INTERACTIONS.includes(event.type);

/** It cannot be handled yet, through no fault of its own: the lane waits a moment and the attempt is not counted. */
export class NotYet extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotYet';
  }
}
