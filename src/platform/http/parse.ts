import type * as z from 'zod/mini';
import { isStorable } from '#src/platform/database/storable';
import { describeIssues } from './describe-issues.ts';
import { BadRequest } from './problems.ts';

/**
 * Checks what came from outside, once, at the door. `example` is a right one, shown to whoever sent a wrong one.
 *
 * @throws BadRequest naming every field that is wrong, and what a right one is
 */
export function parse<Schema extends z.ZodMiniType>(schema: Schema, given: unknown, example?: unknown): z.output<Schema> {
  const result = schema.safeParse(given ?? {});
  if (result.success) {
    const unusable = unstorable(result.data, []);
    if (!unusable) return result.data;
    throw new BadRequest(`${unusable.join('.')}: contains a NUL or half a character, which cannot be kept. Remove it and send it again.`);
  }
  const right = example === undefined ? '' : ` For example: ${JSON.stringify(example)}.`;
  throw new BadRequest(`${describeIssues(result.error.issues, given)}.${right} Correct it and send it again.`);
}

/** Where in a checked value, which is small and flat, a text is that the database refuses. */
function unstorable(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = unstorable(inner, [...path, key]);
    if (found) return found;
  }
  return null;
}
