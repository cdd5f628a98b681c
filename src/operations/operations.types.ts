import type { QuarantineKind } from '#src/platform/quarantine/quarantine.types';
import type { WorkClass, WorkState } from '#src/platform/shedding/work.types';

/** Something that could not be handled, as the screen and the API show it. */
export interface AsideView {
  readonly id: string;
  readonly kind: QuarantineKind;
  /** What it was, without its words: those are for the room it belongs to. */
  readonly what: string;
  readonly incident: string | null;
  /** Why it was put aside. */
  readonly problem: string;
  readonly tries: number;
  readonly since: string;
  /** `replaying`: somebody asked, and a worker has not ended it yet. */
  readonly state: 'aside' | 'replaying' | 'handled' | 'dropped';
  /** What came of the last decision. */
  readonly outcome: string | null;
  /** What stays missing when it is dropped. */
  readonly missing: string;
}

export interface ProcessView {
  readonly id: string;
  readonly roles: readonly string[];
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly seenAt: string;
  readonly alive: boolean;
  readonly load: Load;
}

/** How busy a process is, over the seconds before it last said so. */
export interface Load {
  /** Nine of ten turns of its event loop were late by less than this. */
  readonly loopDelayMs: number;
  /** Questions to the database that wait for a connection. */
  readonly poolWaiting: number;
  /** The classes of work that it has given up. */
  readonly off: readonly WorkClass[];
}

export interface QueueView {
  readonly name: string;
  readonly length: number;
  readonly oldest: string | null;
}

export interface OperationsView {
  readonly processes: readonly ProcessView[];
  readonly queues: readonly QueueView[];
  readonly quarantine: readonly AsideView[];
  /** In the order in which they are given up, as the process that answers sees them. */
  readonly work: readonly WorkState[];
}
