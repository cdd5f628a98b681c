import type { Start } from './run-case.ts';

/** One adapter on one harness, which the cases of the contract are tried on. */
export interface Suite {
  /** The adapter, as the report names it. */
  readonly name: string;
  readonly start: Start;
  /** Mistakes that nobody can make on this chat: the ids of mutants, each with the reason that the report then shows. */
  readonly immune?: Readonly<Record<string, string>>;
}
