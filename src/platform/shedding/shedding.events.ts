import type { WorkClass } from './work.types.ts';

/** In the organisation's stream: a class of work was given up or taken up again. */
export interface WorkSwitched {
  readonly class: WorkClass;
  /** Null: nobody's word counts any more, load decides. */
  readonly off: boolean | null;
  readonly why: string;
  readonly until: string | null;
  /** Set when it concerns one process only: its file, or its load. */
  readonly process?: string;
}

/** What is announced of it, by type. */
export interface SheddingEvents {
  'work.switched': WorkSwitched;
  'work.shed': WorkSwitched;
  'work.given-back': WorkSwitched;
}
