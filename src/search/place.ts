import * as z from 'zod/mini';
import { NoSuchPlace } from './search.errors.ts';

const place = z.strictObject({
  of: z.enum(['incidents', 'said']),
  isNamed: z.boolean(),
  at: z.iso.datetime(),
  id: z.uuid(),
  seq: z.int(),
  isNearly: z.boolean(),
});

/** Where a page of results ended. */
export type Place = z.infer<typeof place>;

export const toCursor = (ended: Place): string => Buffer.from(JSON.stringify(ended)).toString('base64url');

/** @throws NoSuchPlace */
export function placeOf(cursor: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new NoSuchPlace();
  }
}
