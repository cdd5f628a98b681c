import type { Suite } from '../suite.ts';

/** A program that tries adapters, as whoever calls it knows it. */
export interface Program {
  /** How it is called with an adapter: `npx chatport-kit FILE`. */
  readonly call: string;
  /** What may be named, in a sentence. */
  readonly choice: string;
  /** The suites of what was named. Throws `Misunderstood`. */
  suitesOf(named: string): Promise<readonly Suite[]>;
  /** The folder in which files are named. */
  readonly from: string;
  say(line: string): void;
}
