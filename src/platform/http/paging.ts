import * as z from 'zod/mini';
import { BadRequest } from './problems.ts';

/** No page is longer. */
const MOST = 500;

/** The way into a log: the number of the last event that one has. */
export const seqCursor = z.coerce.number().check(z.int(), z.minimum(0));

/** How every list that grows is asked for: at most `limit`, of what comes behind `after`, which is the `next` of the page before. */
export const pageRequest = <Cursor extends z.ZodMiniType>(after: Cursor, usual = MOST) => ({
  after: z.optional(after),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST)), usual),
});

export interface PageOf {
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Cuts what was read, one more than asked for, to the page. `next` stays where it was when there is nothing. */
export function cut<T, N>(found: readonly T[], { after, limit }: { readonly after: N; readonly limit: number }, nextOf: (last: T) => N) {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: last === undefined ? after : nextOf(last), more: found.length > limit };
}

/** Nothing behind an `after` that is not there would read as the end. @throws BadRequest */
export async function mustBeKnown(
  after: string | undefined,
  found: readonly unknown[],
  look: (id: string) => Promise<readonly unknown[]>,
): Promise<void> {
  if (after !== undefined && found.length === 0 && (await look(after)).length === 0)
    throw new BadRequest('There is nothing here that `after` names. Ask without it, and then with the `next` that comes.', 409);
}
