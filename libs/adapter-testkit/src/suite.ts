import type { Start } from './run-case.ts';

/** One adapter on one harness, which the cases of the contract are tried on. */
export interface Suite {
  /** The adapter, as the report names it. */
  readonly name: string;
  readonly start: Start;
}
