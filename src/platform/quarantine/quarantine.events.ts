import type { QuarantineKind } from './quarantine.types.ts';

/** In the organisation's stream: what became of something that could not be handled. */
export interface Quarantined {
  readonly id: string;
  readonly kind: QuarantineKind;
  readonly key: readonly (string | number)[];
  /** Why it was put aside; for the others, what came of it or why it was dropped. */
  readonly why: string;
}

/** What is announced of it, by type. */
export interface QuarantineEvents {
  'quarantine.put-aside': Quarantined;
  'quarantine.replay-asked': Quarantined;
  'quarantine.replayed': Quarantined;
  'quarantine.replay-failed': Quarantined;
  'quarantine.dropped': Quarantined;
}
