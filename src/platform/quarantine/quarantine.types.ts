import type { ActorFact, SurfaceFact } from '#src/platform/log/event.types';
import type { Tx } from '#src/platform/database/database';

export const QUARANTINE_KINDS = ['inbox', 'follower', 'delivery', 'webhook'] as const;
/** Where it lies: a message of a chat, an event that a follower should have acted on, something a chat was to be told, a webhook whose receiver does not answer, or one event for it. */
export type QuarantineKind = (typeof QUARANTINE_KINDS)[number];

/** How it is called in its own table. Kept as JSON, so a number is a number. */
export type QuarantineKey = readonly (string | number)[];

export interface ToPutAside {
  readonly kind: QuarantineKind;
  readonly key: QuarantineKey;
  readonly problem: string;
  readonly tries: number;
}

/** Who asked for it, and from where. */
export interface Asker {
  readonly person: ActorFact;
  readonly via: SurfaceFact;
}

/** Handles again what was put aside, in the worker, and says in a sentence what came of it. */
export interface Replayer {
  readonly kind: QuarantineKind;
  /** Network first, outside of the transaction. */
  prepare?(key: QuarantineKey): Promise<void>;
  /** In the transaction that ends the quarantine: both happen or neither. */
  replay(tx: Tx, key: QuarantineKey): Promise<string>;
}
