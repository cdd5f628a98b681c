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

/** Attempts at one item; after as many without an end it is put aside. */
export const CLAIMS_BEFORE_QUARANTINE = 3;

export interface ClaimedItem extends InboxItem {
  /** Attempts begun, this one included. */
  readonly claims: number;
  readonly problem: string | null;
}

export interface Lane {
  readonly instance: string;
  readonly tenant: string;
  readonly lane: string;
  /** The last number given out when it was leased. */
  readonly seq: string;
  /** Its next item was begun by a process that never ended it: perhaps it ended the process. */
  readonly suspect: boolean;
}

/** What is to be done with one kind of event. Listed in the listening capability's module. */
export interface InboxHandler<Transaction = Tx> {
  readonly types: readonly ChatEvent['type'][];
  /** Network first, outside any transaction: names to look up. May be called again. A throw is a failed attempt. */
  prepare?(item: InboxItem): Promise<void>;
  /** In the transaction that marks the item done: both happen or neither. */
  handle(tx: Transaction, item: InboxItem): Promise<void>;
  /** It could not be handled and never will be: told where people look. In the transaction that puts it aside. */
  putAside?(tx: Transaction, item: InboxItem): Promise<void>;
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
