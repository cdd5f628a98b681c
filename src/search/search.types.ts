import type { Database } from '#src/platform/database/database';
import type { Term } from './asked.ts';

/** Reads on whatever connection: a verb's own transaction, or any. */
export type Reads = Pick<Database, 'query'>;

/** A term, or one of several that it may have been meant to be. */
export type TermQuery = Term & { readonly alike?: readonly string[] };
